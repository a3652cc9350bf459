import { memoryPostgres } from '#test/embedded-postgres.ts'
import { acquirerSuite } from './suite.ts'

acquirerSuite(memoryPostgres)
