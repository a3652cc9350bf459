import { type FileCell, type FileRow, MOST_COLUMNS } from '#core/goods/file-row.ts'
import { DAY } from '#core/time.ts'
import { tableFault } from './table-fault.ts'
import { localName, placeOf, xmlParser } from './table-xml.ts'

type Sheet = {
  texts: readonly string[]
  dates: readonly boolean[]
  isFrom1904: boolean
  merged: ReadonlyMap<number, readonly [number, number][]>
  mostRows: number
}

/** Reads the XML of a sheet as it comes: `write` answers the rows that are whole by then. */
export function openSheet(sheet: Sheet) {
  const parser = xmlParser()
  const rows: FileRow[] = []
  let [count, line, place] = [0, 0, 0]
  let cells: FileCell[] = []
  let cell: Raw | null = null
  let into: 'value' | 'text' | null = null
  parser.on('opentag', ({ name, attributes: { r, t, s } }) => {
    switch (localName(name)) {
      case 'row':
        line = r === undefined ? line + 1 : Number(r)
        cells = []
        place = 0
        break
      case 'c':
        place = r === undefined ? place : placeOf(/^[A-Z]{0,3}/.exec(r)?.[0] ?? '')
        cell = { kind: t ?? 'n', isDate: sheet.dates[Number(s ?? 0)] === true, text: '', value: '' }
        break
      case 'v':
        into = 'value'
        break
      case 't':
        into = 'text'
        break
      case 'f':
      case 'rPh':
        into = null
        if (cell && localName(name) === 'f') cell.isFormula = true
        break
    }
  })
  parser.on('text', (text) => {
    if (cell && into) cell[into] += text
  })
  parser.on('closetag', ({ name }) => {
    const local = localName(name)
    if (local === 'v' || local === 't') into = null
    if (local === 'c' && cell) {
      if (place >= 0 && place < MOST_COLUMNS) put(cells, place, cellOf(cell, sheet))
      place += 1
      cell = null
    }
    if (local !== 'row' || cells.every((each) => each === null)) return
    count += 1
    if (count > sheet.mostRows + 1) throw tableFault('too-many-rows')
    const ranges = sheet.merged.get(line) ?? []
    const isIn = (at: number) => ranges.some(([from, to]) => at >= from && at <= to)
    rows.push({ line, cells, merged: isIn })
  })
  return {
    write: (xml: string): FileRow[] => {
      parser.write(xml)
      return rows.splice(0)
    },
    end: (): FileRow[] => {
      parser.close()
      return rows.splice(0)
    },
  }
}

type Raw = { kind: string; isDate: boolean; isFormula?: boolean; text: string; value: string }

function put(cells: FileCell[], place: number, cell: FileCell): void {
  while (cells.length < place) cells.push(null)
  cells[place] = cell
}

function cellOf(raw: Raw, sheet: Sheet): FileCell {
  const { kind, value, text, isFormula } = raw
  if (kind === 'inlineStr') return text === '' ? null : { is: 'text', text }
  if (kind === 'e') return { is: 'error', text: value }
  if (value === '') return isFormula ? { is: 'error', text: '' } : null
  switch (kind) {
    case 's': {
      const shared = sheet.texts[Number(value)]
      return shared === undefined ? { is: 'error', text: value } : textCell(shared)
    }
    case 'b':
      return textCell(value === '1' ? 'true' : 'false')
    case 'd':
      return { is: 'date', text: value.slice(0, 10).split('-').reverse().join('.') }
    case 'n': {
      const number = Number(value)
      if (Number.isNaN(number)) return { is: 'error', text: value }
      return raw.isDate ? dateCell(number, sheet) : { is: 'number', value: number }
    }
    default:
      return textCell(value)
  }
}

const textCell = (text: string): FileCell => (text === '' ? null : { is: 'text', text })

/** Days are counted from 1899-12-30, or from 1904-01-01 (ECMA-376, 18.17.4.1). */
function dateCell(serial: number, { isFrom1904 }: Sheet): FileCell {
  const at = (serial - 25_569 + (isFrom1904 ? 1462 : 0)) * DAY
  // Beyond what a date can be it is a number in an odd dress.
  if (!(Math.abs(at) < 8e15)) return { is: 'number', value: serial }
  const [year, month, day] = new Date(at).toISOString().slice(0, 10).split('-')
  return { is: 'date', text: `${day}.${month}.${year}` }
}
