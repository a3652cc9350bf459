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
  'sessions-ended',
  'password-chosen',
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
export type ActName = (typeof actNames)[number]

/** The act as one that is known; of another version's acts the name alone is left. */
export const knownAct = (what: string): ActName | null =>
  actNames.find((name) => name === what) ?? null
