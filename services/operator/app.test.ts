import { openPostgres } from '#services/runtime/postgres.ts'
import { operatorSuite } from './suite.ts'

operatorSuite(() => openPostgres({ memory: true }))
