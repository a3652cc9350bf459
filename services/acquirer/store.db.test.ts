import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#services/runtime/log.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { aBankCard, aBankTerminal, askedBytes, secrets } from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { openAcquirer } from './app.ts'
import { feedAfter } from './feed.ts'
import { acquirerSuite } from './suite.ts'

// The URL of a PostgreSQL for tests; scripts/postgres.ts starts one.
const url = process.env.ZPOS_TEST_POSTGRES

if (url) {
  acquirerSuite(() => openPostgres({ url }))
  lockedTerminal(url)
  lateCommit(url)
} else test('the bank over a PostgreSQL server', { skip: 'ZPOS_TEST_POSTGRES не задан' })

function lockedTerminal(url: string): void {
  test('a terminal whose row is locked keeps no other waiting, however much it asks', async (t) => {
    const db = await openPostgres({ url })
    const clock = aClock()
    const ground = { db, clock, bank: await openAcquirer({ db, clock, log: silentLog, secrets }) }
    const stuck = await aBankTerminal(ground)
    const other = await aBankTerminal(ground)
    const locked = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    t.after(() => {
      released.resolve()
      return db.close()
    })
    const lock = db.transaction(async (sql) => {
      await sql.query('set local idle_in_transaction_session_timeout = 0')
      await sql.query('select from terminal where terminal = $1 for update', [stuck.terminal])
      locked.resolve()
      await released.promise
    })
    await locked.promise
    const echo = stuck.compose({ kind: 'echo' })
    const asked = Array.from({ length: 30 }, () =>
      ground.bank.answer(askedBytes(echo, stuck.key)).then(
        (answered) => answered && 'answered',
        () => 'failed',
      ),
    )
    assert.equal((await other.say(other.compose({ kind: 'echo' }))).fields[39], '800')
    // Both close the line: «unknown», and whoever asked asks what became of it.
    assert.deepEqual([...new Set(await Promise.all(asked))].sort(), ['failed', null])
    released.resolve()
    await lock
    assert.equal((await stuck.say(stuck.compose({ kind: 'echo' }))).fields[39], '800')
  })
}

function lateCommit(url: string): void {
  test('what is committed late stands behind every cursor that was handed out', async (t) => {
    const db = await openPostgres({ url })
    t.after(() => db.close())
    const clock = aClock()
    const ground = { db, clock, bank: await openAcquirer({ db, clock, log: silentLog, secrets }) }
    const card = await aBankCard(ground)
    const [late, quick] = [await aBankTerminal(ground), await aBankTerminal(ground)]
    await late.charged(card.read)
    const page = async (after: string | null) => feedAfter(db, { after, limit: 1000 })
    let cursor: string | null = null
    for (let told = -1; told !== 0; ) {
      const next = await page(cursor)
      told = next.items.length
      cursor = next.cursor
    }
    const written = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const lock = db.transaction(async (sql) => {
      await sql.query(`insert into unfed(terminal, position) values ($1, 1)`, [late.terminal])
      written.resolve()
      await released.promise
    })
    await written.promise
    const paid = await quick.charged(card.read)
    const before = await page(cursor)
    assert.deepEqual(
      before.items.map((item) => item.is === 'entry' && item.operation),
      [paid.operation],
      'whoever is not committed keeps nobody waiting',
    )
    released.resolve()
    await lock
    const behind = await page(before.cursor)
    assert.deepEqual(
      behind.items.map(({ terminal }) => terminal),
      [late.terminal],
    )
    const pages = await Promise.all(Array.from({ length: 8 }, () => page(cursor)))
    for (const each of pages) assert.deepEqual(each.items, [...before.items, ...behind.items])
  })
}
