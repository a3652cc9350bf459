import { test } from 'node:test'
import { openPostgres } from '#services/runtime/postgres.ts'
import { operatorSuite } from './suite.ts'

// The URL of a PostgreSQL for tests; scripts/postgres.ts starts one.
const url = process.env.ZPOS_TEST_POSTGRES

if (url) operatorSuite(() => openPostgres({ url }))
else test('the operator over a PostgreSQL server', { skip: 'ZPOS_TEST_POSTGRES не задан' })
