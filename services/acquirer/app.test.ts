import { openPostgres } from '#services/runtime/postgres.ts'
import { acquirerSuite } from './suite.ts'

acquirerSuite(() => openPostgres({ memory: true }))
