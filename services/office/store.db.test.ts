import { test } from 'node:test'
import { openPostgres } from '#services/runtime/postgres.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { officeSuite } from './suite.ts'

/** The operator's tables have the same names: no two services share a database. */
async function ownDatabase(server: string): Promise<Postgres> {
  const admin = await openPostgres({ url: server })
  await admin.query('drop database if exists office_suite with (force)')
  await admin.query('create database office_suite')
  await admin.close()
  const own = new URL(server)
  own.pathname = '/office_suite'
  return openPostgres({ url: own.href })
}

// The URL of a PostgreSQL for tests; scripts/postgres.ts starts one.
const url = process.env.ZPOS_TEST_POSTGRES

if (url) officeSuite(() => ownDatabase(url))
else test('the office over a PostgreSQL server', { skip: 'ZPOS_TEST_POSTGRES не задан' })
