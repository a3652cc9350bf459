import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualRoles } from '#core/access/roles.ts'
import { nextId, openTill } from '#test/till.ts'
import { openPeople } from '../catalogue/people.ts'

const bread = {
  id: null,
  name: 'Хлеб',
  code: null,
  price: 255,
  vat: 10,
  unit: 'piece',
  group: '',
}
const line = {
  key: 1,
  goods: bread,
  price: 255,
  quantity: 1000,
  wrong: null,
  discount: '',
  markup: '',
  reason: null,
  mark: null,
  resold: false,
}
const receipt = { lines: [line], discount: '5%', markup: '', reason: null, grant: null }

async function aCounter() {
  const till = await openTill()
  await till.begin('shift-opening')
  const park = (id: string, more: object = {}) =>
    till.ask('PUT', `/api/parked/${id}`, {
      body: { act: nextId(), name: 'Ирина, 3-й столик', sum: 242, receipt, ...more },
    })
  const bring = (id: string, act = nextId(), as = 'Анна') =>
    till.ask('POST', `/api/parked/${id}/bring-back`, { as, body: { act } })
  const list = async () => (await till.ask('GET', '/api/parked')).body.receipts
  return { till, park, bring, list }
}

test('what another cashier will see stands where it is put, and each line is one', async () => {
  const { park, bring } = await aCounter()
  const turned = 'a\u202eb'
  const mark = { si: `0104810000000018215\x1d93aB1x`, ukz: null }
  for (const [field, lines, more] of [
    ['lines.1.key', [line, line]],
    ['lines.0.discount', [{ ...line, discount: turned }]],
    ['lines.0.markup', [{ ...line, markup: 'a\nb' }]],
    ['lines.0.wrong', [{ ...line, wrong: turned }]],
    ['lines.0.goods.code', [{ ...line, goods: { ...bread, code: turned } }]],
    ['lines.0.goods.group', [{ ...line, goods: { ...bread, group: turned } }]],
    ['lines.0.mark.si', [{ ...line, mark: { ...mark, si: `${mark.si}\n` } }]],
    ['lines.0.mark.ukz', [{ ...line, mark: { si: null, ukz: turned } }]],
    ['discount', [line], { discount: turned }],
    ['markup', [line], { markup: turned }],
  ] as [string, object[], object?][]) {
    const { status, body } = await park(nextId(), { receipt: { ...receipt, lines, ...more } })
    assert.deepEqual([status, body.field], [400, `receipt.${field}`])
  }
  const id = nextId()
  const whole = { ...receipt, lines: [line, { ...line, key: 2, mark, wrong: '1,5,' }] }
  assert.equal((await park(id, { receipt: whole })).status, 200)
  assert.deepEqual((await bring(id)).body.receipt, whole)
})

test('N9: a receipt put aside outlives a kill and a shift; another brings it back', async () => {
  const { till, park, bring, list } = await aCounter()
  const id = nextId()
  assert.equal((await park(id)).status, 200)
  assert.equal((await till.status()).parked, 1)
  await till.restart()
  await till.begin('shift-closing')
  await till.begin('shift-opening')
  const [waiting] = await list()
  assert.deepEqual(
    [waiting.id, waiting.name, waiting.person, waiting.sum, waiting.lines, waiting.goods],
    [id, 'Ирина, 3-й столик', 'Анна', 242, 1, 'Хлеб'],
  )
  const { body, status } = await bring(id, nextId(), 'Ольга')
  assert.equal(status, 200)
  assert.deepEqual(body.receipt, receipt)
  assert.deepEqual([await list(), (await till.status()).parked], [[], 0])
})

test('N9: of two who bring a receipt back one has it, however often she asks', async () => {
  const { park, bring } = await aCounter()
  const id = nextId()
  await park(id)
  const first = nextId()
  assert.equal((await bring(id, first)).status, 200)
  await assert.doesNotReject(async () =>
    assert.deepEqual((await bring(id, first)).body.receipt, receipt),
  )
  assert.equal((await bring(id)).body.code, 'parked.gone')
  assert.equal((await bring(nextId())).body.code, 'parked.gone')
})

test('N9: what waits is nobody’s to pay, what was paid is not put aside', async () => {
  const { till, park, bring } = await aCounter()
  const [aside, paid] = [nextId(), nextId()]
  openPeople(till.disk, till.clock).setRole('cashier', usualRoles.administrator)
  const sell = (id: string) =>
    till.ask('POST', '/api/operations', {
      body: {
        id,
        kind: 'sale',
        lines: [{ name: 'Хлеб', price: 255, quantity: 1000, vat: 10 }],
        payments: [{ means: 'cash', sum: 255 }],
      },
    })
  await park(aside)
  const refused = await sell(aside)
  assert.deepEqual([refused.status, refused.body.code], [409, 'receipt.parked'])
  await bring(aside)
  assert.equal((await sell(aside)).body.state, 'registered')
  assert.equal((await park(aside)).body.code, 'receipt.sold')
  await sell(paid)
  const { body } = await park(paid)
  assert.deepEqual([body.code, body.operation], ['receipt.sold', paid])
})

test('what cannot be put aside is told by its field', async () => {
  const { park } = await aCounter()
  const put = async (change: object) => (await park(nextId(), change)).body.field
  assert.equal(await put({ name: 'я'.repeat(65) }), 'name')
  assert.equal(await put({ name: 'Стол\u202e5' }), 'name')
  assert.equal(await put({ receipt: { ...receipt, lines: [] } }), 'receipt.lines')
  assert.equal(
    await put({ receipt: { ...receipt, lines: [{ ...line, quantity: 0 }] } }),
    'receipt.lines.0.quantity',
  )
  assert.equal(await put({ receipt: { ...receipt, discount: '9'.repeat(33) } }), 'receipt.discount')
})

test('nobody finds a receipt again among hundreds: there is an end to them', async () => {
  const { till, park, bring } = await aCounter()
  const ids = Array.from({ length: 200 }, nextId)
  for (const id of ids) assert.equal((await park(id)).status, 200)
  const late = { act: nextId() }
  assert.equal((await park(nextId(), late)).body.code, 'parked.full')
  await bring(ids[0] ?? '')
  assert.equal((await park(nextId(), late)).body.code, 'parked.full', 'comes again, late')
  assert.equal((await park(nextId())).status, 200)
  assert.equal((await till.status()).parked, 200)
})
