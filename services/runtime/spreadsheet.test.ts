import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateRawSync } from 'node:zlib'
import { kopecks } from '#core/money.ts'
import { type Cell, csvOf, type Table, xlsxOf } from './spreadsheet.ts'

async function* given(rows: readonly (readonly Cell[])[]) {
  yield* rows
}
const table = (...rows: (readonly Cell[])[]): Table => ({
  head: ['Что', 'Сумма'],
  rows: given(rows),
})
const text = (value: string): Cell => ({ is: 'text', text: value })

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
const csv = async (...rows: (readonly Cell[])[]) => (await whole(csvOf(table(...rows)))).toString()

/** A file of the workbook, by the list at the archive's end; its sums are checked. */
function unpacked(workbook: Buffer, name: string): string {
  const end = workbook.lastIndexOf('PK\u0005\u0006')
  let at = workbook.readUInt32LE(end + 16)
  for (let left = workbook.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(workbook.toString('latin1', at, at + 4), 'PK\u0001\u0002')
    const length = workbook.readUInt16LE(at + 28)
    const listed = workbook.toString('utf8', at + 46, at + 46 + length)
    const crc = workbook.readUInt32LE(at + 16)
    const [packed, size] = [workbook.readUInt32LE(at + 20), workbook.readUInt32LE(at + 24)]
    const header = workbook.readUInt32LE(at + 42)
    assert.equal(workbook.toString('latin1', header, header + 4), 'PK\u0003\u0004')
    at += 46 + length
    if (listed !== name) continue
    const bytes = inflateRawSync(workbook.subarray(header + 30 + length).subarray(0, packed))
    assert.deepEqual([bytes.length, crc32(bytes)], [size, crc])
    return bytes.toString()
  }
  assert.fail(`no ${name}`)
}

test('CSV: a mark of order, semicolons, decimal commas, quotes where they are needed', async () => {
  const row = [text('Хлеб; «ржаной» "1"'), { is: 'money', sum: kopecks(123456) }] as const
  const moment = [{ is: 'moment', at: Date.UTC(2026, 10, 27, 7, 45, 1) }, null] as const
  assert.equal(
    await csv(row, moment, [{ is: 'number', value: 7 }, text('два\nряда')]),
    [
      '\ufeffЧто;Сумма',
      '"Хлеб; «ржаной» ""1""";1234,56',
      '27.11.2026 10:45:01;',
      '7;"два\nряда"',
      '',
    ].join('\r\n'),
  )
})

test('a text is never taken for a formula, and a number is never a text', async () => {
  for (const start of ['=', '+', '-', '@', '\t']) {
    assert.ok((await csv([text(`${start}1+1`), null])).includes(`\n'${start}1+1;`), start)
  }
  const negative = await csv([null, { is: 'money', sum: kopecks(-5) }])
  assert.ok(negative.includes(';-0,05'))
  const sheet = unpacked(
    await whole(xlsxOf(table([text('=1+1'), { is: 'money', sum: kopecks(-5) }]))),
    'xl/worksheets/sheet1.xml',
  )
  assert.ok(sheet.includes(">'=1+1</t>"))
  assert.ok(sheet.includes('<v>-0.05</v>'))
})

test('XLSX: an archive whose sums are right, of a sheet that is well formed XML', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => [
    text(`<&> ${i} \u0000\ud800 "ё"`),
    { is: 'money', sum: kopecks(i) } as const,
  ])
  const workbook = await whole(xlsxOf(table(...rows)))
  const sheet = unpacked(workbook, 'xl/worksheets/sheet1.xml')
  assert.equal(sheet.match(/<row>/g)?.length, 5001)
  assert.ok(sheet.includes('&lt;&amp;&gt; 4999 \ufffd "ё"'))
  for (const name of ['[Content_Types].xml', 'xl/workbook.xml', 'xl/styles.xml', '_rels/.rels']) {
    assert.match(unpacked(workbook, name), /^<\?xml/)
  }
  const again = await whole(xlsxOf(table(...rows)))
  assert.ok(again.equals(workbook), 'the same rows make the same file')
})

test('a workbook that nobody reads to its end lets its rows go', async () => {
  let isEnded = false
  async function* endless(): AsyncGenerator<readonly Cell[]> {
    try {
      for (let i = 0; ; i += 1) yield [{ is: 'number', value: i }, text(String(Math.sin(i)))]
    } finally {
      isEnded = true
    }
  }
  let seen = 0
  for await (const chunk of xlsxOf({ head: ['а', 'б'], rows: endless() })) {
    seen += chunk.length
    if (seen > 100_000) break
  }
  await new Promise(setImmediate)
  assert.ok(isEnded)
})
