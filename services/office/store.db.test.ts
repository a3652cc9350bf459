import { test } from 'node:test'
import { openPostgres } from '#services/runtime/postgres.ts'
import { officeSuite } from './suite.ts'

// The URL of a PostgreSQL for tests; test/postgres.ts starts one.
const url = process.env.ZPOS_TEST_POSTGRES

if (url) officeSuite(() => openPostgres({ url }))
else test('the office over a PostgreSQL server', { skip: 'ZPOS_TEST_POSTGRES не задан' })
