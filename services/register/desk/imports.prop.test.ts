import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { test } from 'node:test'
import fc from 'fast-check'
import { goodsForm } from '#core/api/register-stock.ts'
import { fileColumns } from '#core/goods/file-columns.ts'
import { units } from '#core/units.ts'
import { importWords } from '#core/words/import.ts'
import { languages } from '#core/words/language.ts'
import { csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import { openImporting } from '../catalogue/importing.ts'
import { openStock } from '../catalogue/stock.ts'
import { openRegisterDb } from '../memory/store.ts'
import { exportedRows } from './imports.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-export-'))
let shops = 0

const signs = fc.constantFrom(...`абвЁёйї ИМя"';,|\t=+-@&<>()%№1.0e`, '\u00a0', '😀')
const text = (longest: number) =>
  fc
    .array(signs, { minLength: 1, maxLength: longest })
    .map((all) => all.join('').replace(/\t/g, '\t '))
const code = fc.oneof(
  fc
    .stringMatching(/^[\x21-\x7e]{1,20}$/)
    .filter((each) => !/^\d+[.,]0{1,3}$|^\d{4,}[,;|]/.test(each)),
  fc.stringMatching(/^0{0,3}[1-9]\d{3,12}$/),
)
const goods = fc
  .record({
    name: text(40),
    codes: fc.array(code, { maxLength: 4 }),
    price: fc.integer({ min: 1, max: 9_999_999_999_999 }),
    vat: fc.constantFrom(0, 10, 20, 25, null),
    unit: fc.constantFrom(...units),
    group: text(20),
    favourite: fc.boolean(),
  })
  .map((typed) => goodsForm.safeParse(typed).data)

test('goods that were exported are imported as «nothing changes»', async () => {
  const kept = fc.array(goods, { minLength: 1, maxLength: 40 })
  const form = fc.constantFrom('csv', 'xlsx')
  await fc.assert(
    fc.asyncProperty(kept, form, fc.constantFrom(...languages), async (rows, as, language) => {
      shops += 1
      const db = openRegisterDb(join(folder, `${shops}.sqlite`))
      const now = () => 1000
      const stock = openStock(db, now)
      const giveWay = async () => {}
      let count = 0
      for (const [n, row] of rows.entries()) {
        const by = { person: 'Ольга', request: `${n}` }
        if (row && stock.add(row, by).kind === 'done') count += 1
      }
      const head = fileColumns.map((column) => importWords[language].columns[column])
      const table = { head, rows: exportedRows({ stock, giveWay }, language) }
      const importing = openImporting({ db, stock, now, elapsed: now, giveWay, wake: () => {} })
      const chunks: Uint8Array[] = []
      for await (const chunk of as === 'csv' ? csvOf(table) : xlsxOf(table)) chunks.push(chunk)
      const file = new Blob([Buffer.concat(chunks)]).stream() as ReadableStream<Uint8Array>
      const sent = await importing.upload('goods', file)
      assert.ok(sent.kind === 'done')
      const { id } = sent.value
      importing.read(id, { isHeadless: false, unsaid: { group: 'x', unit: 'kg', vat: 0 } })
      await importing.settled()
      const seen = importing.view(id)
      const faults = importing.faults(id, 0)
      const changes = importing.changes(id, 0)
      assert.ok(seen.kind === 'done')
      const told = JSON.stringify([faults, changes])
      assert.deepEqual(seen.value.counts, { new: 0, changed: 0, same: count, bad: 0 }, told)
      db.close()
    }),
    { numRuns: 6, endOnFailure: true },
  )
})
