import {
  type OfficeRight,
  type OperatorRight,
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

export const staffRoleNames = ['support', 'supervisor', 'administrator'] as const
export type StaffRoleName = (typeof staffRoleNames)[number]

const ofSupport: readonly OperatorRight[] = ['clients.read', 'client.view']

/** What the operator's own people may, by their role (R26). */
export const staffRoles: Readonly<Record<StaffRoleName, readonly OperatorRight[]>> = {
  support: ofSupport,
  supervisor: [
    ...ofSupport,
    'acts.read',
    'register.warn',
    'register.block',
    'operation.decide',
    'device.enrol',
  ],
  administrator: operatorRights.filter(
    (right) => right !== 'documents.export' && right !== 'client.people',
  ),
}

/** What a client's account may beside reading what is its own. */
export const clientRights: readonly OperatorRight[] = [
  'device.enrol',
  'documents.export',
  'client.people',
]

export const clientRoleNames = ['owner', 'accountant', 'viewer'] as const
export type ClientRole = (typeof clientRoleNames)[number]

/** Of a client's people the owner may all that a client may. */
export const clientRoles: Readonly<Record<ClientRole, readonly OperatorRight[]>> = {
  owner: clientRights,
  accountant: ['documents.export'],
  viewer: [],
}

/** What an account of the operator's cabinet may; staff without a role may nothing. */
export const rightsOfAccount = ({
  role,
  clientRole,
  staffRole,
}: {
  role: 'client' | 'staff'
  clientRole: ClientRole
  staffRole: StaffRoleName | null
}): readonly OperatorRight[] => {
  if (role === 'client') return clientRoles[clientRole]
  return staffRole === null ? [] : staffRoles[staffRole]
}

const ofAccountant: readonly OfficeRight[] = ['orders.place', 'transactions.export']

/** What an account of the zPOS cabinet may beside seeing what is its own (R18). */
export const officeRoles: Readonly<Record<ClientRole | 'staff', readonly OfficeRight[]>> = {
  owner: [...ofAccountant, 'client.people'],
  accountant: ofAccountant,
  viewer: [],
  staff: ['billing.edit', 'acts.read', 'orders.place'],
}

export const rightsAtOffice = ({
  role,
  clientRole,
}: {
  role: 'client' | 'staff'
  clientRole: ClientRole
}): readonly OfficeRight[] => officeRoles[role === 'staff' ? role : clientRole]

/** Whether somebody has the right; nobody has none. */
export const may = <R extends string>(
  person: { rights: readonly R[] } | null | undefined,
  right: NoInfer<R>,
): boolean => person?.rights.includes(right) ?? false
