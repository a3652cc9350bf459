/** What an account of a cabinet does about itself and the people of its client. */
export const accountActNames = [
  'sessions-ended',
  'factor-on',
  'factor-off',
  'recovery-used',
  'signed-in',
  'signed-out',
  'person-invited',
  'person-uninvited',
  'person-joined',
  'person-changed',
  'person-disabled',
  'person-enabled',
  'password-changed',
] as const
export type AccountActName = (typeof accountActNames)[number]

/** What people do at the operator that is written down for ever (C2). */
export const actNames = [
  'warn',
  'unwarn',
  'block',
  'unblock',
  'operation-confirmed',
  'operation-denied',
  'enrol-look',
  'enrol-confirm',
  'enrol-refuse',
  'enrol-wrong',
  'device-retired',
  'looked',
  'view',
  'view-ended',
  'staff-invited',
  'staff-role',
  'staff-disabled',
  'staff-enabled',
  'password-chosen',
  ...accountActNames,
] as const
export type ActName = (typeof actNames)[number]

/** What people do at the office that is written down for ever. */
export const officeActNames = [
  'contract.save',
  'contract.conclude',
  'contract.end',
  'equipment.save',
  'equipment.retire',
  'subscribe',
  'subscription.stop',
  'renewal.on',
  'renewal.off',
  'order',
  'payment',
  'payout',
  'entry.undo',
  'tariff.add',
  'tariff.price',
  'tariff.undo',
  'version.require',
  'release.publish',
  ...accountActNames,
] as const
export type OfficeActName = (typeof officeActNames)[number]

/** The act as one that is known; of another version's acts the name alone is left. */
export const knownAct = (what: string): ActName | null =>
  actNames.find((name) => name === what) ?? null
