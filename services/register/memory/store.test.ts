import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import type { Operation } from '#core/register/operation.ts'
import { soughtBy } from '#core/register/receipt-search.ts'
import { operationsWords } from '#core/words/operations.ts'
import { checkProjections } from '#sim/projection-audit.ts'
import { goods, openTill } from '#test/till.ts'
import { briefOf } from './brief.ts'
import { readJournal } from './journal.ts'
import { openRegisterDb, openRegisterStore } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-old-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Databases of before the lines were packed: shops of the simulator in the midst of trouble. */
const olds = join(import.meta.dirname, '../../../test/golden/old')

const everything = soughtBy({}, operationsWords.ru.kinds)

for (const name of readdirSync(olds)) {
  test(`a database of an older version opens and goes on: ${name}`, () => {
    const path = join(folder, name)
    writeFileSync(path, brotliDecompressSync(readFileSync(join(olds, name))))
    const before = new DatabaseSync(path)
    const rows = before.prepare('select * from operation order by seq').all()
    const hashes = before.prepare('select seq, hash from journal order by seq').all()
    before.close()

    const db = openRegisterDb(path)
    const store = openRegisterStore(db, Date.now)
    assert.deepEqual(db.prepare('select seq, hash from journal order by seq').all(), hashes)
    assert.ok(rows.length > 20)
    for (const row of rows) {
      const was: Operation = JSON.parse(String(row.body))
      const { operation: is } = store.listed(String(row.id)) ?? {}
      assert.deepEqual(essence(is as Operation), essence(was))
    }
    const listed = rows.filter((row) => row.listed === 1)
    const list = store.list(everything, { before: null, limit: 1000 })
    assert.deepEqual(
      list.map(({ brief }) => [brief.id, brief.number, brief.uid, brief.shift, brief.at]),
      listed.reverse().map((row) => [row.id, row.number, row.uid, row.shift, row.at]),
    )
    for (const { brief } of list) {
      const { operation } = store.listed(brief.id) ?? {}
      assert.deepEqual(brief, operation && briefOf(operation))
    }
    checkProjections(db)
    store.set('clearing', 'off', 'Анна')
    assert.equal([...readJournal(db)].length, hashes.length + 1)
    store.close()
  })
}

/** What of an operation must outlast every version; sentences may be told otherwise. */
const essence = ({ state, signed, ...operation }: Operation) => ({
  ...operation,
  state: state && { ...state, why: undefined, facts: undefined },
  sealed: signed?.sealed,
})

test('operations kept in memory are those that the journal makes', async () => {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 10_000 })
  till.set({ requestsLost: 1 })
  await till.begin('sale', goods(700))
  till.set({ answersLost: 1 })
  await till.begin('sale', goods(500))
  const sale = (await till.begin('sale', goods(300))).body.id
  await till.begin('refund', { of: sale })
  await till.watch()
  const ids = (await till.list()).map(({ id }: { id: string }) => id)
  const views = () => Promise.all(ids.map((id: string) => till.view(id)))
  const kept = await views()
  assert.ok(kept.length >= 5)
  await till.restart()
  assert.deepEqual(await views(), kept)
})
