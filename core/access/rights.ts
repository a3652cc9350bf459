import { assert } from '../assert.ts'

/** What the register's people may be entitled to (R26). */
export const registerRights = [
  'sale',
  'refund',
  'annul',
  'cash.move',
  'shift',
  'report',
  'price.change',
  'price.free',
  'discount',
  'red.resolve',
  'clearing.switch',
  'correct',
  'goods.edit',
  'people.edit',
  'settings.edit',
  'backup',
  'update',
  'journal.read',
  'support',
] as const
/** What the operator's own people may, beside what every account may. */
export const operatorRights = [
  'clients.read',
  'client.view',
  'acts.read',
  'register.warn',
  'register.block',
  'operation.decide',
  'staff.edit',
  'device.enrol',
  'documents.export',
  'client.people',
] as const
/** What accounts of the zPOS cabinet may, beside seeing what is their own. */
export const officeRights = [
  'billing.edit',
  'acts.read',
  'orders.place',
  'transactions.export',
  'client.people',
] as const

export type RegisterRight = (typeof registerRights)[number]
export type OperatorRight = (typeof operatorRights)[number]
export type OfficeRight = (typeof officeRights)[number]
export type Right = RegisterRight | OperatorRight | OfficeRight

/** The right that a request needs follows from the value of one of its fields. */
export type RightByValue = { field: string; rights: Readonly<Record<string, Right>> }
/** Each field that a request has needs a right of its own. */
export type RightByField = { fields: Readonly<Record<string, Right>> }
/** A right that may be lent for one request: what is asked says so. */
export type LendableRight = { lendable: RegisterRight }
/** Who may call: anybody, whoever has signed in, or whoever has the right. */
export type Access = 'public' | 'signed-in' | Right | RightByValue | RightByField | LendableRight

/** The rights that this input needs, beside having signed in. */
export function rightsFor(access: Exclude<Access, 'public'>, input: object): readonly Right[] {
  if (access === 'signed-in') return []
  if (typeof access === 'string') return [access]
  if ('lendable' in access) return [access.lendable]
  const sent = input as Record<string, unknown>
  if ('fields' in access) {
    const { fields } = access
    return Object.keys(fields).flatMap((name) =>
      sent[name] === undefined ? [] : (fields[name] ?? []),
    )
  }
  const right = access.rights[String(sent[access.field])]
  assert(right, `every value of ${access.field} has its right`)
  return [right]
}
