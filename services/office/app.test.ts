import { memoryPostgres } from '#test/embedded-postgres.ts'
import { officeSuite } from './suite.ts'

officeSuite(memoryPostgres)
