import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#services/runtime/log.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { aBankTerminal, askedBytes, secrets } from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { openAcquirer } from './app.ts'
import { acquirerSuite } from './suite.ts'

// The URL of a PostgreSQL for tests; test/postgres.ts starts one.
const url = process.env.ZPOS_TEST_POSTGRES

if (url) {
  acquirerSuite(() => openPostgres({ url }))
  lockedTerminal(url)
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
