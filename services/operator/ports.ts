import type { OfficeAddress } from '#core/api/operator-enrolment.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Cookies } from '#services/runtime/sign-in.ts'
import type { Postgres } from '#services/runtime/sql.ts'

export type OperatorPorts = {
  db: Postgres
  clock: Clock
  log: Log
  /** What it signs with, and the keys that its own statements were ever signed with. */
  key: OperatorKey
  verify: VerifyBy
  /** What it has announced of its keys; without it nothing ever was. */
  keyChanges?: () => SignedKeyChange[]
  /** Its public keys, PEM, for whoever is enrolled, and where people find the cabinet. */
  publicKeys?: () => string
  cabinetUrl?: string
  /** Where tills ask for leases, and the office's public keys now; told to whoever is enrolled. */
  office?: (() => OfficeAddress) | undefined
  /** What second factors are wrapped under; a key of this life alone where it is not given. */
  factorKey?: string
  /** Mail goes: whoever is invited gets a letter. */
  mails?: boolean
  /** How browsers are known; by a key of this life alone where it is not given. */
  cookies?: Omit<Cookies, 'name'>
}
