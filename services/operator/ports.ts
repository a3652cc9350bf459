import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'

export type OperatorPorts = { db: Postgres; clock: Clock; log: Log }
