import { memoryPostgres } from '#test/embedded-postgres.ts'
import { operatorSuite } from './suite.ts'

operatorSuite(memoryPostgres)
