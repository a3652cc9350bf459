import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeKey } from '../document/barcode.ts'
import { kopecks } from '../money.ts'
import { type KeptGoods, openComparing } from './comparing.ts'
import type { GoodsDraft } from './file-row.ts'

const bread: KeptGoods = {
  id: 1,
  name: 'Хлеб',
  codes: ['4810000000018', '00017'],
  price: kopecks(198),
  vat: 10,
  unit: 'piece',
  group: 'Хлеб',
  favourite: false,
  marking: 'none',
  colour: null,
  picture: null,
  isRetired: false,
}
const milk: KeptGoods = Object.assign({}, bread, {
  id: 2,
  name: 'Молоко',
  codes: ['25', '400000000000'],
})
const bag: KeptGoods = Object.assign({}, bread, { id: 3, name: 'Пакет', codes: [] })
const twin: KeptGoods = Object.assign({}, bag, { id: 4, name: 'Близнец' })
const other: KeptGoods = Object.assign({}, bag, { id: 5, name: 'Близнец' })
const old: KeptGoods = Object.assign({}, bread, {
  id: 6,
  name: 'Квас',
  codes: ['66'],
  isRetired: true,
})
const kept = [bread, milk, bag, twin, other, old]

const aFile = () =>
  openComparing(
    {
      byId: (id) => kept.find((each) => each.id === id) ?? null,
      byCode: (code) =>
        kept.find(({ codes }) => codes.some((each) => codeKey(each) === codeKey(code))) ?? null,
      byName: (name) => kept.filter((each) => each.name === name),
    },
    { group: 'Разное', unit: 'piece', vat: 20 },
  )
const nothing: GoodsDraft = {
  id: undefined,
  name: undefined,
  codes: [],
  price: undefined,
  group: undefined,
  unit: undefined,
  vat: undefined,
  favourite: undefined,
  marking: undefined,
  colour: undefined,
}
const row = (said: Partial<GoodsDraft>): GoodsDraft => Object.assign({}, nothing, said)
const compared = (said: Partial<GoodsDraft>) => aFile()(2, row(said))
const faultIn = (said: Partial<GoodsDraft>) => {
  const found = compared(said)
  return found.is === 'bad' ? found.faults[0] : found.is
}

test('what the file does not tell stays as it was', () => {
  assert.deepEqual(compared({ codes: ['17'] }), { is: 'same' })
  const dearer = compared({ codes: ['17'], price: kopecks(210) })
  assert.ok(dearer.is === 'changed')
  assert.deepEqual(dearer.form, {
    name: 'Хлеб',
    codes: bread.codes,
    price: 210,
    vat: 10,
    unit: 'piece',
    group: 'Хлеб',
    favourite: false,
    marking: 'none',
    colour: null,
    picture: null,
  })
})

test('no row takes a code away: another one is added behind those that are there', () => {
  const more = compared({ codes: ['0017', '99'] })
  assert.ok(more.is === 'changed')
  assert.deepEqual(more.form.codes, ['4810000000018', '00017', '99'])
})

test('goods are known by number, code or name, and by nothing that fits two', () => {
  assert.equal(compared({ id: 3, name: 'Пакет' }).is, 'same')
  assert.equal(compared({ id: 1, name: 'Батон', codes: ['17'] }).is, 'changed')
  assert.equal(compared({ name: 'Пакет' }).is, 'same')
  assert.deepEqual(faultIn({ id: 2, name: 'Хлеб' }), {
    field: 'id',
    fault: 'other-goods',
    name: 'Молоко',
  })
  assert.deepEqual(faultIn({ codes: ['17', '25'] }), {
    field: 'codes',
    fault: 'codes-of-two',
    name: 'Хлеб',
  })
  assert.deepEqual(faultIn({ name: 'Близнец' }), {
    field: 'name',
    fault: 'ambiguous',
    name: 'Близнец',
  })
  assert.deepEqual(faultIn({ id: 3, name: 'Пакет', codes: ['25', '400000000000'] }), {
    field: 'codes',
    fault: 'code-taken',
    said: '25',
    name: 'Молоко',
  })
  assert.equal(faultIn({ id: 777, codes: ['17'] }), 'same', 'a number of nobody is no obstacle')
})

test('goods that are not there are new, and must say what they are and cost', () => {
  const found = compared({ name: 'Сыр', price: kopecks(1500), codes: ['7', '007'] })
  assert.deepEqual(found, {
    is: 'new',
    form: {
      name: 'Сыр',
      codes: ['7'],
      price: 1500,
      vat: 20,
      unit: 'piece',
      group: 'Разное',
      favourite: false,
      marking: 'none',
      colour: null,
      picture: null,
    },
  })
  const free = compared({ name: 'Сыр', price: kopecks(1), vat: null, unit: 'kg', group: 'Сыры' })
  assert.ok(free.is === 'new')
  assert.deepEqual([free.form.vat, free.form.unit, free.form.group], [null, 'kg', 'Сыры'])
  assert.deepEqual(faultIn({ name: 'Сыр' }), { field: 'price', fault: 'missing' })
  assert.deepEqual(faultIn({ codes: ['7'] }), { field: 'name', fault: 'missing' })
})

test('what a spreadsheet leaves of a barcode is no code, unless the shop has it', () => {
  for (const code of ['4,81E+12', '4.81e12', '4E+12', '4810000000000']) {
    const said = { field: 'codes', fault: 'code-rounded', said: code }
    assert.deepEqual(faultIn({ name: 'Сыр', price: kopecks(1), codes: [code] }), said)
  }
  for (const code of ['7E3', '4810000000025', '1200000', '2900000200000']) {
    assert.equal(faultIn({ name: 'Сыр', price: kopecks(1), codes: [code] }), 'new', code)
  }
  assert.equal(faultIn({ codes: ['400000000000'] }), 'same')
})

test('goods off sale are not brought back in passing', () => {
  assert.deepEqual(faultIn({ codes: ['66'] }), { field: 'name', fault: 'retired' })
})

test('no two rows of a file stand for the same goods or have the same code', () => {
  const compare = aFile()
  const fault = (line: number, said: Partial<GoodsDraft>) => {
    const found = compare(line, row(said))
    return found.is === 'bad' ? found.faults.map((each) => [each.field, each.fault, each.line]) : []
  }
  const price = kopecks(100)
  assert.deepEqual(fault(2, { name: 'Сыр', price, codes: ['0071'] }), [])
  assert.deepEqual(fault(3, { name: 'Сыр 2', price, codes: ['71'] }), [['codes', 'twice', 2]])
  assert.deepEqual(fault(4, { codes: ['17'], price }), [])
  assert.deepEqual(fault(5, { codes: ['4810000000018'], price }), [['name', 'twice', 4]])
  assert.deepEqual(fault(6, { name: 'Лимон', price }), [])
  assert.deepEqual(fault(7, { name: 'Лимон', price }), [['name', 'twice', 6]])
  assert.deepEqual(fault(8, { name: 'Сыр', price, codes: ['72'] }), [], 'by its code another one')
})
