import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { migrate } from '#services/runtime/postgres.ts'
import { memoryPostgres } from '#test/embedded-postgres.ts'
import { prepareOperatorDb } from './ingest.ts'
import { measuresOf } from './measures.ts'

const schema = join(import.meta.dirname, '../schema')

test('a block of the version before is carried over, with who set it and when', async () => {
  const db = await memoryPostgres()
  const former = mkdtempSync(join(tmpdir(), 'zpos-schema-'))
  for (const name of readdirSync(schema).filter((name) => name < '0005')) {
    cpSync(join(schema, name), join(former, name))
  }
  await migrate(db, former)
  rmSync(former, { recursive: true })
  await db.query(`insert into client(unp, company) values ('191000002', '')`)
  const [old, free, unwritten] = [200_000_001, 200_000_002, 200_000_003]
  for (const number of [old, free, unwritten]) {
    await db.query(
      `insert into register(number, unp, place, address) values ($1, '191000002', '', '')`,
      [number],
    )
  }
  await db.query(`update register set blocked = 'долг' where number <> $1`, [free])
  await db.query(
    `insert into act(at, email, register, what, reason)
     values (7, 'first@demo.by', $1, 'block', 'долг'), (8, 'first@demo.by', $1, 'unblock', null),
            (9, 'staff@demo.by', $1, 'block', 'долг')`,
    [old],
  )
  await prepareOperatorDb(db)
  const stand = await measuresOf(db, [old, free, unwritten], 100)
  const block = (from: number) => [{ kind: 'block', reason: 'долг', from, till: null }]
  assert.deepEqual([stand(old), stand(free), stand(unwritten)], [block(9), [], block(0)])
  const rows = await db.query('select set_by, set_at from measure where register = $1', [old])
  assert.deepEqual(rows, [{ set_by: 'staff@demo.by', set_at: 9 }])
  await db.close()
})
