import { Readable } from 'node:stream'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'
import { formatMoney, type Kopecks } from '#core/money.ts'
import { DAY, HOUR, type Moment, printedMoment } from '#core/time.ts'

/** A cell knows what it is: a number stays a number, a text is never taken for a formula. */
export type Cell =
  | { is: 'text'; text: string }
  | { is: 'number'; value: number }
  | { is: 'money'; sum: Kopecks }
  | { is: 'moment'; at: Moment }
  | null
export type Table = { head: readonly string[]; rows: AsyncIterable<readonly Cell[]> }

/** What a spreadsheet would reckon with (CSV injection) is marked; a reader can undo it. */
const harmless = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** CSV in UTF-8 with a byte order mark, «;» between cells and a decimal comma, line by line. */
export async function* csvOf({ head, rows }: Table): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\ufeff${csvLine(head.map((text) => ({ is: 'text', text })))}`)
  let lines: string[] = []
  for await (const row of rows) {
    lines.push(csvLine(row))
    if (lines.length < TOGETHER) continue
    yield Buffer.from(lines.join(''))
    lines = []
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''))
}

/** Rows that leave in one piece. */
const TOGETHER = 200

const csvLine = (row: readonly Cell[]): string => `${row.map(csvCell).join(';')}\r\n`

function csvCell(cell: Cell): string {
  switch (cell?.is) {
    case undefined:
      return ''
    case 'text': {
      const text = harmless(cell.text)
      return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    }
    case 'number':
      return String(cell.value)
    case 'money':
      return formatMoney(cell.sum).replace('.', ',')
    case 'moment':
      return printedMoment(cell.at)
    default:
      return cell satisfies never
  }
}

// XLSX is a zip of a few small files and one long one, the sheet, which is packed as it is made.

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const OPEN = 'http://schemas.openxmlformats.org'
const MAIN = `xmlns="${OPEN}/spreadsheetml/2006/main"`
const BETWEEN = `${OPEN}/officeDocument/2006/relationships`
const KIND = 'application/vnd.openxmlformats-'
const MONEY = 1
const MOMENT = 2
const BOLD = 3

const part = (path: string, kind: string): string =>
  `<Override PartName="/xl/${path}.xml" ContentType="${KIND}officedocument.spreadsheetml.${kind}"/>`
const relations = (...of: readonly (readonly [kind: string, path: string])[]): string => {
  const rows = of.map(
    ([kind, path], n) =>
      `<Relationship Id="rId${n + 1}" Type="${BETWEEN}/${kind}" Target="${path}"/>`,
  )
  const all = `xmlns="${OPEN}/package/2006/relationships"`
  return `<Relationships ${all}>${rows.join('')}</Relationships>`
}

const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': [
    `<Types xmlns="${OPEN}/package/2006/content-types">`,
    `<Default Extension="rels" ContentType="${KIND}package.relationships+xml"/>`,
    '<Default Extension="xml" ContentType="application/xml"/>',
    part('workbook', 'sheet.main+xml'),
    part('worksheets/sheet1', 'worksheet+xml'),
    part('styles', 'styles+xml'),
    '</Types>',
  ].join(''),
  '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
  'xl/workbook.xml': [
    `<workbook ${MAIN} xmlns:r="${BETWEEN}">`,
    '<sheets><sheet name="zPOS" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ].join(''),
  'xl/_rels/workbook.xml.rels': relations(
    ['worksheet', 'worksheets/sheet1.xml'],
    ['styles', 'styles.xml'],
  ),
  'xl/styles.xml': [
    `<styleSheet ${MAIN}><numFmts count="1">`,
    '<numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm:ss"/></numFmts>',
    '<fonts count="2"><font/><font><b/></font></fonts>',
    '<fills count="2"><fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>',
    '<cellXfs count="4"><xf/><xf numFmtId="2" applyNumberFormat="1"/>',
    '<xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>',
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join(''),
}
const SHEET = 'xl/worksheets/sheet1.xml'

/** An XLSX workbook of one sheet, packed while its rows are read: memory does not grow with it. */
export async function* xlsxOf(table: Table): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = []
  let at = 0
  const place = (chunk: Uint8Array): Uint8Array => {
    at += chunk.length
    return chunk
  }
  for (const [name, text] of Object.entries(parts)) {
    const bytes = Buffer.from(XML + text)
    const packed = deflateRawSync(bytes)
    const sizes = { crc: crc32(bytes), packed: packed.length, size: bytes.length }
    const entry = { name, at, ...sizes }
    entries.push(entry)
    yield place(headerOf(entry, false))
    yield place(packed)
  }
  const sheet = { name: SHEET, at, crc: 0, packed: 0, size: 0 }
  entries.push(sheet)
  yield place(headerOf(sheet, true))
  const measured = async function* (): AsyncGenerator<Uint8Array> {
    for await (const xml of sheetXml(table)) {
      const bytes = Buffer.from(xml)
      sheet.crc = crc32(bytes, sheet.crc)
      sheet.size += bytes.length
      yield bytes
    }
  }
  const source = Readable.from(measured(), { objectMode: false })
  const packer = createDeflateRaw()
  source.on('error', (error) => packer.destroy(error))
  try {
    for await (const chunk of source.pipe(packer)) {
      sheet.packed += chunk.length
      yield place(chunk)
    }
  } finally {
    source.destroy()
  }
  yield place(sizesOf(sheet))
  const start = at
  for (const entry of entries) yield place(listingOf(entry, entry === sheet))
  yield endOf(entries.length, { start, length: at - start })
}

async function* sheetXml({ head, rows }: Table): AsyncGenerator<string> {
  yield `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">`
  yield '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
  yield '<sheetFormatPr defaultRowHeight="15" defaultColWidth="18"/><sheetData>'
  yield `<row>${head.map((text) => textCell(text, BOLD)).join('')}</row>`
  let lines: string[] = []
  for await (const row of rows) {
    lines.push(`<row>${row.map(xmlCell).join('')}</row>`)
    if (lines.length < TOGETHER) continue
    yield lines.join('')
    lines = []
  }
  yield `${lines.join('')}</sheetData></worksheet>`
}

function xmlCell(cell: Cell): string {
  switch (cell?.is) {
    case undefined:
      return '<c/>'
    case 'text':
      return textCell(harmless(cell.text), 0)
    case 'number':
      return `<c><v>${cell.value}</v></c>`
    case 'money':
      return `<c s="${MONEY}"><v>${formatMoney(cell.sum)}</v></c>`
    case 'moment':
      return `<c s="${MOMENT}"><v>${serialOf(cell.at)}</v></c>`
    default:
      return cell satisfies never
  }
}

const textCell = (text: string, style: number): string =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** Days since 1899-12-30 by the clock of Minsk, as spreadsheets count them. */
const serialOf = (at: Moment): string => ((at + 3 * HOUR) / DAY + 25_569).toFixed(8)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** What XML 1.0 has no place for is left out. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, (sign) => entities[sign] ?? sign)

// The zip itself: APPNOTE 4.3, without encryption, in one volume.

type Entry = { name: string; at: number; crc: number; packed: number; size: number }

/** 1 January 1980, the first day that a zip knows: two exports of the same are the same. */
const DATE = 0x0021
const STREAMED = 0x0008

/** What both headers of an entry tell; `streamed`: the sizes come behind it. */
function described({ crc, packed, size, name }: Entry, streamed: boolean): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(streamed ? STREAMED : 0, 2)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt16LE(DATE, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

function headerOf(entry: Entry, streamed: boolean): Buffer {
  return Buffer.concat([
    Buffer.from('PK\u0003\u0004'),
    described(entry, streamed),
    Buffer.from(entry.name),
  ])
}

function sizesOf({ crc, packed, size }: Entry): Buffer {
  const fields = Buffer.alloc(16)
  fields.write('PK\u0007\u0008')
  fields.writeUInt32LE(crc, 4)
  fields.writeUInt32LE(packed, 8)
  fields.writeUInt32LE(size, 12)
  return fields
}

function listingOf(entry: Entry, streamed: boolean): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.at, 10)
  const madeBy = Buffer.from([20, 0])
  return Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    madeBy,
    described(entry, streamed),
    rest,
    Buffer.from(entry.name),
  ])
}

function endOf(count: number, { start, length }: { start: number; length: number }): Buffer {
  const fields = Buffer.alloc(22)
  fields.write('PK\u0005\u0006')
  fields.writeUInt16LE(count, 8)
  fields.writeUInt16LE(count, 10)
  fields.writeUInt32LE(length, 12)
  fields.writeUInt32LE(start, 16)
  return fields
}
