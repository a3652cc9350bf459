import type { Send } from '#core/api/client.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import type { ReleaseKey } from '#core/updating/metadata.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Cookies } from '#services/runtime/sign-in.ts'
import type { Postgres } from '#services/runtime/sql.ts'

export type OfficePorts = {
  db: Postgres
  clock: Clock
  log: Log
  /** What it signs leases with, and the keys that its own were ever signed with. */
  key: OperatorKey
  verify: VerifyBy
  /** What it has announced of its keys; without it nothing ever was. */
  keyChanges?: () => SignedKeyChange[]
  /** What second factors are wrapped under; a key of this life alone where it is not given. */
  factorKey?: string
  /** Mail goes: whoever is invited gets a letter. */
  mails?: boolean
  /** How browsers are known; by a key of this life alone where it is not given. */
  cookies?: Omit<Cookies, 'name'>
  /** Clients top up their accounts by a press, as on the stand. */
  takesDemoPayments: boolean
  /** The operator's keys: what tills show of its word is believed by them; without them nothing. */
  believesOperator?: VerifyBy
  /** The bank whose feed it reads; without one nothing is known of transactions. */
  bank?: Send | undefined
  /** Without it no releases are published. */
  releases?: ReleasePorts
}

/** What the office publishes releases with. */
export type ReleasePorts = {
  /** Where archives lie. */
  folder: string
  /** What it signs snapshot and timestamp with; targets and root are signed elsewhere. */
  key: ReleaseKey
  /** The first root, where one was laid down; later ones are brought by staff. */
  firstRoot: () => string | null
}
