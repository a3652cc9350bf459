import type { SaxesTagPlain } from 'saxes'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { FileRow } from '#core/goods/file-row.ts'
import { type TableBounds, tableFault } from './table-fault.ts'
import { openSheet } from './table-sheet.ts'
import { localName, placeOf, xmlParser } from './table-xml.ts'

/** The rows of the first sheet of an XLSX, some at once; all that is unpacked is bounded. */
export async function* xlsxRows(path: string, bounds: TableBounds): AsyncGenerator<FileRow[]> {
  const zip = await openZip(path, bounds)
  try {
    const { sheet, isFrom1904 } = await workbookOf(zip)
    const texts = await textsOf(zip)
    const dates = await dateStylesOf(zip)
    const merged = await mergedIn(zip, sheet)
    const reading = openSheet({ texts, dates, isFrom1904, merged, mostRows: bounds.rows })
    for await (const chunk of unpacked(zip, sheet, bounds.sheetBytes)) yield reading.write(chunk)
    yield reading.end()
  } finally {
    zip.file.close()
  }
}

type Zip = { file: ZipFile; entries: ReadonlyMap<string, Entry>; bounds: TableBounds }

async function openZip(path: string, bounds: TableBounds): Promise<Zip> {
  const file = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw tableFault('broken')
  })
  if (file.entryCount > bounds.entries) throw tableFault('too-large')
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of file.eachEntry()) entries.set(entry.fileName, entry)
  } catch {
    throw tableFault('broken')
  }
  return { file, entries, bounds }
}

/** What the archive says of sizes is not believed: bytes are counted as they come out. */
async function* unpacked(
  { file, entries }: Zip,
  name: string,
  mostBytes: number,
): AsyncGenerator<string> {
  const entry = entries.get(name)
  if (!entry) return
  if (entry.isEncrypted()) throw tableFault('broken')
  const decoder = new TextDecoder()
  let count = 0
  try {
    for await (const chunk of await file.openReadStreamPromise(entry)) {
      count += chunk.length
      if (count > mostBytes) throw tableFault('too-large')
      yield decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    // Of zlib or of the archive's own sums.
    throw error instanceof Error && 'tableFault' in error ? error : tableFault('broken')
  }
  yield decoder.decode()
}

type Open = (tag: SaxesTagPlain, name: string) => void

/** Goes through a small part of the workbook. */
async function walk(zip: Zip, name: string, open: Open) {
  const parser = xmlParser()
  parser.on('opentag', (tag) => open(tag, localName(tag.name)))
  let isThere = false
  for await (const chunk of unpacked(zip, name, zip.bounds.partBytes)) {
    isThere = true
    parser.write(chunk)
  }
  if (isThere) parser.close()
}

/** An attribute, whatever its prefix is called. */
const attribute = ({ attributes }: SaxesTagPlain, name: string): string | undefined => {
  const [, value] = Object.entries(attributes).find(([each]) => localName(each) === name) ?? []
  return value
}

const WORKBOOK = 'xl/workbook.xml'

/** The first sheet that is shown. */
async function workbookOf(zip: Zip): Promise<{ sheet: string; isFrom1904: boolean }> {
  if (!zip.entries.has(WORKBOOK)) throw tableFault('no-sheet')
  const sheets: string[] = []
  const targets = new Map<string, string>()
  let isFrom1904 = false
  const open = (tag: SaxesTagPlain, name: string) => {
    if (name === 'workbookPr') isFrom1904 = /^(1|true)$/.test(attribute(tag, 'date1904') ?? '')
    // `id` is of the relation, `sheetId` is not.
    if (name !== 'sheet' || /hidden/i.test(attribute(tag, 'state') ?? '')) return
    const relation = Object.entries(tag.attributes).find(([each]) => /:id$/.test(each))
    if (relation) sheets.push(relation[1])
  }
  await walk(zip, WORKBOOK, open)
  const relations = (tag: SaxesTagPlain, name: string) => {
    const [id, target] = [attribute(tag, 'Id'), attribute(tag, 'Target')]
    if (name === 'Relationship' && id !== undefined && target !== undefined) {
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    }
  }
  await walk(zip, 'xl/_rels/workbook.xml.rels', relations)
  const sheet = targets.get(sheets[0] ?? '')
  if (sheet === undefined || !zip.entries.has(sheet)) throw tableFault('no-sheet')
  return { sheet, isFrom1904 }
}

/** Texts that cells name by their number. */
async function textsOf(zip: Zip): Promise<string[]> {
  const { textBytes, texts: most } = zip.bounds
  const texts: string[] = []
  const parser = xmlParser()
  let [text, isText, isPhonetic] = ['', false, false]
  parser.on('opentag', ({ name }) => {
    const local = localName(name)
    if (local === 'si') text = ''
    if (local === 'rPh') isPhonetic = true
    isText = local === 't' && !isPhonetic
  })
  parser.on('text', (more) => {
    if (isText) text += more
  })
  parser.on('closetag', ({ name }) => {
    const local = localName(name)
    isText = false
    if (local === 'rPh') isPhonetic = false
    if (local === 'si' && texts.push(text) > most) throw tableFault('too-large')
  })
  for await (const chunk of unpacked(zip, 'xl/sharedStrings.xml', textBytes)) parser.write(chunk)
  return texts
}

/** Styles by which a number is a day, a time or both (ECMA-376, 18.8.30). */
async function dateStylesOf(zip: Zip): Promise<boolean[]> {
  const own = new Map<string, boolean>()
  const dates: boolean[] = []
  let isInCells = false
  const open = (tag: SaxesTagPlain, name: string) => {
    if (name === 'cellXfs' || name === 'cellStyleXfs') isInCells = name === 'cellXfs'
    const id = attribute(tag, 'numFmtId') ?? '0'
    if (name === 'numFmt') own.set(id, isDateFormat(attribute(tag, 'formatCode') ?? ''))
    if (name === 'xf' && isInCells) dates.push(own.get(id) ?? isDateNumber(Number(id)))
  }
  await walk(zip, 'xl/styles.xml', open)
  return dates
}

const isDateNumber = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58)

const isDateFormat = (code: string): boolean =>
  /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, ''))

const MERGE = /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g
/** Longer than such a tag is. */
const TAIL = 100

/**
 * Places that are one with others, by line: they stand behind the rows in the sheet, and are wanted
 * before these are read.
 */
async function mergedIn(zip: Zip, sheet: string): Promise<Map<number, [number, number][]>> {
  const merged = new Map<number, [number, number][]>()
  let [tail, count] = ['', 0]
  for await (const chunk of unpacked(zip, sheet, zip.bounds.sheetBytes)) {
    const text = tail + chunk
    let end = 0
    for (const { 0: tag, 1: left = '', 2: from, 3: right = '', 4: to, index } of text.matchAll(
      MERGE,
    )) {
      end = index + tag.length
      const last = Math.min(Number(to), zip.bounds.rows * 2)
      for (let line = Number(from); line <= last; line += 1) {
        count += 1
        if (count > zip.bounds.mergedRows) throw tableFault('too-large')
        const known = merged.get(line)
        const places: [number, number] = [placeOf(left), placeOf(right)]
        if (known) known.push(places)
        else merged.set(line, [places])
      }
    }
    tail = text.slice(Math.max(end, text.length - TAIL))
  }
  return merged
}
