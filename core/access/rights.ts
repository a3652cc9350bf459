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
] as const
/** What the operator's own people may, beside what every account may. */
export const operatorRights = ['register.block'] as const

export type RegisterRight = (typeof registerRights)[number]
export type OperatorRight = (typeof operatorRights)[number]
export type Right = RegisterRight | OperatorRight

/** The right that a request needs follows from one of its fields. */
export type RightByField = { field: string; rights: Readonly<Record<string, Right>> }
/** Who may call: anybody, whoever has signed in, or whoever has the right. */
export type Access = 'public' | 'signed-in' | Right | RightByField

/** The right that this input needs; null: it is enough to have signed in. */
export function rightFor(access: Exclude<Access, 'public'>, input: object): Right | null {
  if (access === 'signed-in') return null
  if (typeof access === 'string') return access
  const value = String((input as Record<string, unknown>)[access.field])
  const right = access.rights[value]
  assert(right, `${access.field} «${value}» has no right`)
  return right
}

/** All rights that some input of the endpoint may need. */
export function rightsIn(access: Access): readonly Right[] {
  if (access === 'public' || access === 'signed-in') return []
  return typeof access === 'string' ? [access] : [...new Set(Object.values(access.rights))]
}
