import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markings } from '../document/mark.ts'
import { units } from '../units.ts'
import { importWords } from '../words/import.ts'
import { languages } from '../words/language.ts'
import { markingWords } from '../words/marking.ts'
import { operationsWords } from '../words/operations.ts'
import { stockWords } from '../words/stock.ts'
import { fileColumns } from './file-columns.ts'
import { columnsNamed } from './file-heads.ts'
import { type FileCell, readRow } from './file-row.ts'
import { tileColours } from './tile.ts'

const columns = {
  name: 0,
  price: 1,
  codes: 2,
  unit: 3,
  vat: 4,
  group: 5,
  favourite: 6,
  marking: 7,
  colour: 8,
}
const text = (value: string): FileCell => ({ is: 'text', text: value })
const number = (value: number): FileCell => ({ is: 'number', value })
const date: FileCell = { is: 'date', text: '12.05.2026' }

/** What a row with this one cell is read as, or what is wrong with it. */
function cellRead(field: keyof typeof columns, cell: FileCell) {
  const cells: FileCell[] = [text('Хлеб'), text('1,98'), null, null, null, null, null]
  cells[columns[field]] = cell
  const read = readRow({ line: 2, cells, merged: () => false }, columns)
  return 'draft' in read ? read.draft[field] : read.faults.map(({ fault }) => fault).join()
}

test('a price is what a person would read there, and nothing is guessed', () => {
  const prices: [FileCell, number | string][] = [
    [text('1,98'), 198],
    [text('1.98'), 198],
    [text('2'), 200],
    [text('1 234,50'), 123_450],
    [text('1\u00a0234\u202f567,5 руб.'), 123_456_750],
    [text('12,5 BYN'), 1250],
    [number(1.98), 198],
    [number(0.1 + 0.2), 30],
    [number(1.985), 'price-fraction'],
    [text('1,234'), 'price-fraction'],
    [text('1,234.50'), 'price'],
    [text('12 5'), 'price'],
    [text('1,98 $'), 'price'],
    [text('0'), 'price-range'],
    [text('-5'), 'price-range'],
    [number(-1), 'price-range'],
    [number(1e15), 'price-range'],
    [number(Number.NaN), 'price-fraction'],
    [date, 'price-date'],
    [text('12.05.2026'), 'price-date'],
    [text('2026-05-12'), 'price-date'],
    [text('12.май'), 'price-date'],
    [text('май.12'), 'price-date'],
    [text('дорого'), 'price'],
    [text(' '), 'missing'],
    [null, 'missing'],
    [{ is: 'error', text: '#REF!' }, 'formula'],
  ]
  for (const [cell, read] of prices)
    assert.equal(cellRead('price', cell), read, JSON.stringify(cell))
})

test('a code is taken as it stands; one that lost its zeros as a number has them proved', () => {
  const codes: [FileCell, string[] | string][] = [
    [text('4810000000018'), ['4810000000018']],
    [text('00017 4810000000018'), ['00017', '4810000000018']],
    [text('00017,4810000000018; 7'), ['00017', '4810000000018', '7']],
    [text('4810000000018.0'), ['4810000000018']],
    [text('4810000000018,00'), ['4810000000018']],
    [text('A-17/b'), ['A-17/b']],
    [text('4,81E+12'), ['4,81E+12']],
    [text('5012,4810000000018'), ['5012', '4810000000018']],
    [text('A,b|c'), ['A,b|c']],
    [text('кот'), 'code'],
    [text('1'.repeat(65)), 'code'],
    [text(Array.from({ length: 21 }, (_, n) => `c${n}`).join(' ')), 'too-many-codes'],
    [number(4_810_000_000_018), ['4810000000018']],
    [number(17), ['17']],
    // EAN-13 0012345678905, EAN-8 01234565, UPC-A 036000291452
    [number(12_345_678_905), ['0012345678905']],
    [number(1_234_565), ['01234565']],
    [number(36_000_291_452), ['0036000291452']],
    // The check digit does not prove it: a shop's own number.
    [number(12_345_678_901), ['12345678901']],
    [number(4.81e18), 'code-rounded'],
    [number(17.5), 'code'],
    [number(-17), 'code'],
    [date, 'code-date'],
    [null, []],
  ]
  for (const [cell, read] of codes)
    assert.deepEqual(cellRead('codes', cell), read, JSON.stringify(cell))
})

test('a name is one line that looks like what it is', () => {
  const names: [FileCell, string][] = [
    [text(' Сок «Добрый» '), 'Сок «Добрый»'],
    [number(7), '7'],
    [text("'=1+1"), '=1+1'],
    [text("''=1+1"), "'=1+1"],
    [text("'70-е"), "'70-е"],
    [text('две\nстроки'), 'unprintable'],
    [text('сок\u202e100'), 'unprintable'],
    [text('сок\u0000'), 'unprintable'],
    [text('сок\ud800'), 'unprintable'],
    [text('с\ufffdк'), 'encoding'],
    [text('х'.repeat(129)), 'too-long'],
    [text(''), 'missing'],
  ]
  for (const [cell, read] of names) assert.equal(cellRead('name', cell), read, JSON.stringify(cell))
})

test('a unit and a rate are known by their names, unknown ones are named', () => {
  for (const name of ['шт', 'Шт.', 'штука', 'pcs'])
    assert.equal(cellRead('unit', text(name)), 'piece')
  for (const name of ['м²', 'м2', 'кв.м', 'кв. м.'])
    assert.equal(cellRead('unit', text(name)), 'm2')
  for (const name of ['бутылка', 'шт/кг']) assert.equal(cellRead('unit', text(name)), 'unit')
  for (const language of languages) {
    const { units: names } = operationsWords[language]
    for (const unit of units) assert.equal(cellRead('unit', text(names[unit])), unit)
    assert.equal(cellRead('vat', text(importWords[language].noVat)), null)
    assert.equal(cellRead('favourite', text(importWords[language].yes)), true)
    for (const kind of markings) {
      assert.equal(cellRead('marking', text(markingWords[language].kinds[kind])), kind)
    }
    for (const colour of tileColours) {
      assert.equal(cellRead('colour', text(stockWords[language].colours[colour])), colour)
    }
  }
  const rates: [FileCell, number | null | string | undefined][] = [
    [text('20'), 20],
    [text('20 %'), 20],
    [text('10%'), 10],
    [text('0,00'), 0],
    [number(0.2), 20],
    [number(25), 25],
    [number(0), 0],
    [text('Без НДС'), null],
    [text('18%'), 'vat'],
    [number(0.18), 'vat'],
    [date, 'vat'],
    [text(''), undefined],
  ]
  for (const [cell, read] of rates) assert.equal(cellRead('vat', cell), read, JSON.stringify(cell))
  assert.equal(cellRead('favourite', text('Да')), true)
  assert.equal(cellRead('favourite', number(0)), false)
  assert.equal(cellRead('favourite', text('может')), 'favourite')
  assert.equal(cellRead('marking', text('СИ + УКЗ')), 'both')
  assert.equal(cellRead('marking', text('код')), 'marking')
  assert.equal(cellRead('marking', number(1)), 'marking')
  assert.equal(cellRead('colour', text('нет')), null)
  assert.equal(cellRead('colour', text('тёмно-синий')), 'colour')
})

test('all that is wrong with a row is told, and a place that is no cell of it is no value', () => {
  const cells = [text('Хлеб'), text('?'), null, text('?')]
  const read = readRow({ line: 7, cells, merged: (place) => place === 0 }, columns)
  assert.deepEqual(read, {
    faults: [
      { field: 'name', fault: 'merged', said: 'Хлеб' },
      { field: 'price', fault: 'price', said: '?' },
      { field: 'unit', fault: 'unit', said: '?' },
    ],
  })
})

test('what is not told stays untold', () => {
  const read = readRow({ line: 2, cells: [text('1')], merged: () => false }, { price: 0 })
  assert.deepEqual(read, {
    draft: {
      id: undefined,
      name: undefined,
      codes: [],
      price: 100,
      group: undefined,
      unit: undefined,
      vat: undefined,
      favourite: undefined,
      marking: undefined,
      colour: undefined,
    },
  })
})

test('columns are known by their heads in each language, and of two alike neither is', () => {
  const ru = [
    '№ п/п',
    'Наименование товара',
    'Штрих-код',
    'Цена, руб.',
    'Ед. изм.',
    'Ставка НДС (%)',
  ]
  assert.deepEqual(columnsNamed(ru), { name: 1, codes: 2, price: 3, unit: 4, vat: 5 })
  assert.deepEqual(columnsNamed(['Назва', 'Цана', 'Група тавараў']), {
    name: 0,
    price: 1,
    group: 2,
  })
  for (const language of languages) {
    const heads = fileColumns.map((column) => importWords[language].columns[column])
    assert.deepEqual(Object.values(columnsNamed(heads)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], language)
  }
  assert.deepEqual(columnsNamed(['PRICE', 'Name', 'EAN-13']), { price: 0, name: 1, codes: 2 })
  assert.deepEqual(columnsNamed(['Название', 'Цена', 'Цена']), { name: 0 })
  assert.deepEqual(columnsNamed(['Название', 'Цена закупочная', 'Цвет']), { name: 0 })
})
