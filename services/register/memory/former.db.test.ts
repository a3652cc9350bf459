import assert from 'node:assert/strict'
import { type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { SUITE } from '#core/document/document.ts'
import { HOUR } from '#core/time.ts'
import { faultIn } from '#core/words/device.ts'
import { languages } from '#core/words/language.ts'
import { messageIn, noticeIn, operationsWords } from '#core/words/operations.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { newKey } from '#shop/enrolment.ts'
import { goods, issuer, openTill } from '#test/till.ts'
import { readJournal } from './journal.ts'
import { openOperations } from './operations.ts'
import { rebuild } from './projection.ts'
import { openReading } from './reading.ts'
import { openRegisterDb } from './store.ts'

// Databases of a version whose journals and projections held sentences; see the dumps' heads.

const folder = join(import.meta.dirname, '../../../test/golden/former')
const told = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))

/** A database of its own out of a dump, in a file: what opens it brings it up to date. */
function restored(name: 'register' | 'sko'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'zpos-former-')), `${name}.sqlite`)
  const db = new DatabaseSync(path)
  db.exec(readFileSync(join(folder, `${name}.sql`), 'utf8'))
  db.close()
  return path
}

const lines = (db: Sqlite) =>
  db.prepare('select seq, at, body, hash from journal order by seq').all()

/** All that the projections hold, as it is read. */
function held(db: Sqlite) {
  const read = openReading(db, openOperations(db))
  const ids = told.operations.map(({ id }: { id: string }) => id)
  return {
    operations: ids.map((id: string) => read.listed(id)),
    ledger: read.ledger(),
    cards: read.cardTransactions(null, 100),
    days: read.cardDays(),
    postings: db.prepare('select operation, account, amount from posting order by seq').all(),
  }
}

test('an old register opens, its journal stands, and rebuilding gives the same', () => {
  const path = restored('register')
  const asWritten = lines(new DatabaseSync(path))
  const db = openRegisterDb(path)
  assert.deepEqual(lines(db), asWritten, 'no line was touched')
  assert.equal([...readJournal(db)].length, asWritten.length)
  const before = held(db)
  rebuild(db)
  assert.deepEqual(held(db), before)
  assert.doesNotMatch(JSON.stringify(before.operations), /"why"/)
})

function openFormer() {
  const sko = openSkoDb(restored('sko'))
  const key = newKey()
  signAnew(sko, key)
  return openTill({ register: openRegisterDb(restored('register')), sko }, key)
}

/** The key that signed them was not kept: nothing else of a document follows from it. */
function signAnew(sko: Sqlite, key: KeyObject): void {
  const put = sko.prepare('update document set signature = ? where number = ?')
  for (const { number, body } of sko.prepare('select number, body from document').all()) {
    const signature = sign(null, Buffer.from(String(body)), key).toString('base64')
    put.run(`${SUITE}:${signature}`, Number(number))
  }
}

test('what an old register said of each operation is said to the letter', async () => {
  const till = await openFormer()
  till.clock.advance(2 * HOUR)
  assert.equal(told.operations.length, 24)
  for (const { id, state, message, notice } of told.operations) {
    const view = await till.view(id)
    assert.equal(view.state, state, id)
    const said = view.message && { code: view.message.code, ...messageIn('ru', view.message) }
    // Once it was checked, it is not said to be unchecked any more.
    const wanted = message && { ...message, text: message.text.replace(UNCHECKED, '') }
    assert.deepEqual(said, wanted, id)
    const { tone } = notice ?? {}
    assert.deepEqual(view.notice && { id, tone, ...noticeIn('ru', view.notice) }, notice, id)
  }
  const { days } = (await till.ask('GET', '/api/card-days')).body
  const found = days[0].differences.map(operationsWords.ru.difference)
  assert.deepEqual(
    found,
    told.day.map(({ text }: { text: string }) => text),
  )
})

const UNCHECKED = ', пока не проверено'
// The till of the test counts its ids anew.
const FRESH = '0197a2b4-0000-7000-8000-00000000ffff'

test('work goes on over old databases: a red receipt is cleared up, a sale is made', async () => {
  const till = await openFormer()
  till.clock.advance(2 * HOUR)
  const { open } = await till.status()
  assert.equal(open.length, 1)
  await till.clearing(true)
  await till.watch()
  const red = await till.view(open[0])
  assert.deepEqual([red.state, red.notice.code], ['registered', 'registered'])
  const wish = { ...goods(500), id: FRESH, kind: 'sale' }
  const sale = await till.ask('POST', '/api/operations', { body: wish, as: 'Ольга' })
  assert.deepEqual([sale.body.state, sale.body.number], ['registered', red.number + 1])
  const { cash, skoCash } = await till.facts()
  assert.equal(cash, skoCash)
  await till.print()
  assert.match(till.papers().at(-1) ?? '', /ПЛАТЕЖНЫЙ ДОКУМЕНТ/)
})

test('an old СКО refuses a repeat with the words of then, and a new one with facts', () => {
  const db = openSkoDb(restored('sko'))
  const store = openSkoStore(db)
  const rows = db.prepare('select operation, fault, why from tombstone').all()
  assert.ok(rows.some(({ why }) => why !== null) && rows.some(({ why }) => why === null))
  for (const { operation, why } of rows) {
    const { fault, facts = {} } = store.tombstone(issuer.device, String(operation)) ?? assert.fail()
    for (const language of languages) {
      const said = faultIn(language, fault, facts)
      assert.ok(why === null || said.endsWith(`: ${why}`), said)
    }
  }
  const buried = { fault: 'AVQFR_BAD_RECEIPT_NUMBER', facts: { expected: 7 } } as const
  store.bury(issuer.device, 'an operation', { at: 0, refusal: buried })
  assert.deepEqual(store.tombstone(issuer.device, 'an operation'), buried)
})
