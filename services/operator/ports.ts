import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'

export type OperatorPorts = {
  db: Postgres
  clock: Clock
  log: Log
  /** What it signs with, and the keys that its own statements were ever signed with. */
  key: OperatorKey
  verify: VerifyBy
}
