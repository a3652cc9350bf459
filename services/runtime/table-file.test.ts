import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { FileCell } from '#core/goods/file-row.ts'
import { zipOf } from '../../test/zip.ts'
import { type Cell, xlsxOf } from './spreadsheet.ts'
import { tableBounds, tableFaultOf } from './table-fault.ts'
import { tableRows } from './table-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-table-'))
let files = 0

async function read(bytes: string | Uint8Array, bounds = tableBounds) {
  files += 1
  const path = join(folder, `${files}`)
  writeFileSync(path, bytes)
  const rows: [line: number, ...cells: unknown[]][] = []
  for await (const some of tableRows(path, bounds)) {
    for (const { line, cells } of some) rows.push([line, ...cells.map(plain)])
  }
  return rows
}
const plain = (cell: FileCell) => {
  if (cell === null) return null
  return cell.is === 'text' ? cell.text : cell.is === 'number' ? cell.value : cell
}
const faultIn = async (bytes: string | Uint8Array, bounds = tableBounds) => {
  const error: unknown = await read(bytes, bounds).then(
    () => null,
    (thrown) => thrown,
  )
  return tableFaultOf(error)?.fault ?? `not refused: ${error}`
}

/** Windows-1251 of a text of Cyrillic letters and ASCII. */
const in1251 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((sign) => {
      const code = sign.charCodeAt(0)
      if (sign === '\u0451') return 0xb8
      return code >= 0x410 && code <= 0x44f ? code - 0x350 : code
    }),
  )

const csv = 'Название;Цена\r\nХлеб ржаной;1,98\r\nМёд;12\r\n'
const rowsOfCsv = [
  [1, 'Название', 'Цена'],
  [2, 'Хлеб ржаной', '1,98'],
  [3, 'Мёд', '12'],
]

test('CSV is read in whatever encoding it came', async () => {
  const utf16le = Buffer.from(`\ufeff${csv}`, 'utf16le')
  for (const bytes of [
    Buffer.from(csv),
    Buffer.from(`\ufeff${csv}`),
    in1251(csv),
    utf16le,
    Buffer.from(utf16le).swap16(),
    utf16le.subarray(2),
    Buffer.from(utf16le.subarray(2)).swap16(),
  ]) {
    assert.deepEqual(await read(bytes), rowsOfCsv, bytes.subarray(0, 8).toString('hex'))
  }
})

test('one broken letter does not turn a whole file of UTF-8 into another alphabet', async () => {
  const bytes = Buffer.from(csv)
  const at = bytes.indexOf('Мёд')
  bytes[at + 1] = 0x28
  const rows = await read(bytes)
  assert.deepEqual(rows[1], rowsOfCsv[1])
  assert.match(String(rows[2]?.[1]), /\ufffd/)
})

test('CSV is read with whatever separator, quotes and line ends it has', async () => {
  for (const sign of [';', ',', '\t', '|']) {
    const text = `Название${sign}Цена\n"Хлеб${sign} ""ржаной"""${sign}2\n`
    assert.deepEqual((await read(text))[1], [2, `Хлеб${sign} "ржаной"`, '2'], sign)
  }
  assert.deepEqual((await read(`sep=,\r\n${csv.replaceAll(';', ',')}`))[0], rowsOfCsv[0])
  const rows = await read('Имя;Цена\n\n"две\nстроки";1\nСок "Добрый";2\nкороткая\n')
  assert.deepEqual(rows.slice(1), [
    [3, 'две\nстроки', '1'],
    [5, 'Сок "Добрый"', '2'],
    [6, 'короткая'],
  ])
})

test('what is no table is named', async () => {
  assert.equal(await faultIn(''), 'empty')
  assert.equal(await faultIn(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'old-xls')
  assert.equal(await faultIn(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'not-table')
  assert.equal(await faultIn('Имя;Цена\n"не закрыта;1\nХлеб;2\n'), 'csv-quotes')
  assert.equal(await faultIn('PK\u0003\u0004 и больше ничего'), 'broken')
  assert.equal(await faultIn(zipOf({ 'content.xml': '<office/>' })), 'no-sheet')
})

test('a file larger than the bounds is named before it is held', async () => {
  const small = Object.assign({}, tableBounds, { rows: 2, fileBytes: 200 })
  assert.equal(await faultIn('a;b\n1;2\n1;2\n1;2\n', small), 'too-many-rows')
  assert.equal(await faultIn('a'.repeat(201), small), 'too-large')
  const long = Object.assign({}, tableBounds, { lineBytes: 100 })
  assert.equal(await faultIn(`a;b\n${'x'.repeat(1000)};1\n`, long), 'csv-quotes')
})

const rich = '<r><t>Сок </t></r><r><t>«Добрый»</t></r><rPh sb="0" eb="1"><t>СОК</t></rPh>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** A workbook as spreadsheets write them, whose sheet has this XML between its rows' tags. */
function workbook(rows: string, { after = '', sheet }: { after?: string; sheet?: string } = {}) {
  return zipOf({
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="r"><sheets>
      <sheet name="скрыт" sheetId="1" state="hidden" r:id="rId7"/>
      <sheet name="Товары" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet5.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst ${MAIN}><si><t>Название</t></si><si>${rich}</si></sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}><numFmts>
      <numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>
      <numFmt numFmtId="165" formatCode="0.00&quot; dm&quot;"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>
        <xf numFmtId="165"/></cellXfs>
      </styleSheet>`,
    'xl/worksheets/sheet5.xml':
      sheet ?? `<worksheet ${MAIN}><sheetData>${rows}</sheetData>${after}</worksheet>`,
  })
}

test('XLSX: a cell is what it shows: a text, a number, a day, a formula’s last value', async () => {
  const rows = await read(
    workbook(`<row r="1"><c r="A1" t="s"><v>0</v></c>
        <c r="C1" t="inlineStr"><is><t>Цена</t></is></c></row>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"/><c r="C3" s="3"><v>1.98</v></c>
        <c r="D3" s="1"><v>46154</v></c><c r="E3" s="2"><v>46154.5</v></c></row>
      <row r="4"><c r="A4" t="str"><f>B1&amp;"x"</f><v>итог</v></c><c r="B4"><f>1+1</f></c>
        <c r="C4"><f>1+1</f><v>2</v></c><c r="D4" t="e"><v>#REF!</v></c>
        <c r="E4" t="b"><v>1</v></c></row>
      <row r="5"><c r="A5"/></row>
      <row><c><v>4810000000018</v></c><c><v>4.810000000018E12</v></c></row>`),
  )
  const day = { is: 'date', text: '12.05.2026' }
  assert.deepEqual(rows, [
    [1, 'Название', null, 'Цена'],
    [3, 'Сок «Добрый»', null, 1.98, day, day],
    [4, 'итог', { is: 'error', text: '' }, 2, { is: 'error', text: '#REF!' }, 'true'],
    [6, 4_810_000_000_018, 4_810_000_000_018],
  ])
})

test('XLSX: merged places are told with their row, though the sheet tells them last', async () => {
  const after =
    '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B4:C4"/></mergeCells>'
  const row = (at: number) => `<row r="${at}"><c r="A${at}"><v>1</v></c></row>`
  files += 1
  const path = join(folder, `${files}`)
  writeFileSync(path, workbook([1, 2, 3, 4].map(row).join(''), { after }))
  const merged: string[] = []
  for await (const some of tableRows(path)) {
    for (const each of some) {
      merged.push(`${each.line}:${[0, 1, 2, 3].filter((place) => each.merged(place)).join('')}`)
    }
  }
  assert.deepEqual(merged, ['1:', '2:0', '3:0', '4:12'])
})

test('XLSX: a bomb ends with a name, whatever its archive says of sizes', async () => {
  const tight = Object.assign({}, tableBounds, { sheetBytes: 100_000, rows: 3 })
  const spaces = ' '.repeat(200_000)
  const bomb = workbook(spaces)
  assert.ok(deflateRawSync(spaces).length < 1000)
  assert.equal(await faultIn(bomb, tight), 'too-large')
  const many = workbook('<row><c><v>1</v></c></row>'.repeat(5))
  assert.equal(await faultIn(many, tight), 'too-many-rows')
  const merged = '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
  const few = Object.assign({}, tableBounds, { mergedRows: 100 })
  assert.equal(await faultIn(workbook('', { after: merged }), few), 'too-large')
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
  assert.equal(await faultIn(workbook('', { sheet: entities })), 'broken')
  assert.equal(await faultIn(workbook('<row><c><v>1</c></row>')), 'broken')
  const cut = Buffer.from(workbook('<row><c><v>1</v></c></row>'))
  cut.fill(0x55, 200, 260)
  assert.equal(await faultIn(cut), 'broken')
})

async function* given(rows: readonly (readonly Cell[])[]) {
  yield* rows
}

test('XLSX as this system writes it is read as it was written', async () => {
  const chunks: Uint8Array[] = []
  const cells: Cell[] = [{ is: 'text', text: '=Хлеб & <соль>' }, { is: 'number', value: 20 }, null]
  const table = { head: ['Название', 'НДС', 'Код'], rows: given([cells]) }
  for await (const chunk of xlsxOf(table)) chunks.push(chunk)
  assert.deepEqual(await read(Buffer.concat(chunks)), [
    [1, 'Название', 'НДС', 'Код'],
    [2, "'=Хлеб & <соль>", 20, null],
  ])
})
