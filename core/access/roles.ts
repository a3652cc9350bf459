import {
  type OfficeRight,
  type OperatorRight,
  officeRights,
  operatorRights,
  type RegisterRight,
  registerRights,
} from './rights.ts'

export const roleNames = ['cashier', 'administrator'] as const
export type RoleName = (typeof roleNames)[number]

/** A set of rights, and how far that of `discount` goes. */
export type Role = {
  rights: readonly RegisterRight[]
  /** Of the price, whole percent 0…100, discounts and markups each; 100: without a limit. */
  discountPercent: number
}

/** What the roles may as long as a shop has not decided otherwise (R26). */
export const usualRoles: Readonly<Record<RoleName, Role>> = {
  cashier: {
    rights: ['sale', 'refund', 'annul', 'cash.move', 'shift', 'report', 'discount', 'red.resolve'],
    discountPercent: 20,
  },
  administrator: { rights: registerRights, discountPercent: 100 },
}

/** What an account of the operator's cabinet may beside reading what is its own (R20). */
export const operatorRoles: Readonly<Record<'client' | 'staff', readonly OperatorRight[]>> = {
  client: ['device.enrol', 'documents.export', 'client.people'],
  staff: operatorRights.filter(
    (right) => right !== 'documents.export' && right !== 'client.people',
  ),
}

export const clientRoleNames = ['owner', 'accountant', 'viewer'] as const
export type ClientRole = (typeof clientRoleNames)[number]

/** Of a client's people the owner may all that a client may. */
export const clientRoles: Readonly<Record<ClientRole, readonly OperatorRight[]>> = {
  owner: operatorRoles.client,
  accountant: ['documents.export'],
  viewer: [],
}

/** What an account of the office's cabinet may beside what is its own (R18). */
export const officeRoles: Readonly<Record<'client' | 'staff', readonly OfficeRight[]>> = {
  client: [],
  staff: officeRights,
}

/** Whether somebody has the right; nobody has none. */
export const may = <R extends string>(
  person: { rights: readonly R[] } | null | undefined,
  right: NoInfer<R>,
): boolean => person?.rights.includes(right) ?? false
