import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { aService, sale } from '#test/tsrv-client.ts'

// A command is what it means, and never less than what was sent.

test('the same operation is known by its meaning, however it is written', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const headers = { operation_id: randomUUID() }
  const first = await ok('create_sale', sale(), headers)
  const bare = sale().sale
  const backwards = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(backwards)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, each]) => [name, backwards(each)]),
          )
        : value
  assert.deepEqual(await ok('create_sale', bare, headers), first)
  assert.deepEqual(await ok('create_sale', backwards(sale()), headers), first)
  const dearer = { ...bare, cheque_discount: '0.01' }
  assert.equal(await fault('create_sale', dearer, headers), 'ZPOS_OPERATION_DIFFERS')
  assert.equal(await ok('next_cheque_number'), 3)
})

test('no code of a marked unit is left out unseen, and none looks like another line', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const marked = (markings: object[]) => sale({ items: [{ ...sale().sale.items[0], markings }] })
  const wrong = [
    [{ si: 'a' }, { si: 'b' }],
    [{ ukz: 'a' }, { ukz: 'b' }],
    [{}],
    [{ si: 'a\n1' }],
    [{ ukz: 'a\u202eb' }],
  ]
  for (const markings of wrong) {
    const said = await fault('create_sale', marked(markings))
    assert.equal(said, 'TSRV_DESERIALIZE_ERROR', JSON.stringify(markings))
  }
  for (const markings of [[{ si: 'a\x1db', ukz: 'c' }], [{ ukz: 'c' }, { si: 'a\x1db' }]]) {
    const made = await ok('create_sale', marked(markings))
    const { body } = made.document as { body: string }
    assert.deepEqual(JSON.parse(body).lines[0].mark, { si: 'a\x1db', ukz: 'c' })
  }
})

test('one mark is one piece, once in a document, and the refusal names the field', async () => {
  const { call, ok, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const bread = sale().sale.items[0]
  const item = (change: object) => ({ ...bread, price: '7.00', quantity: '1.000', ...change })
  const si = (code: string) => [{ si: code }]
  const tries: [object[], string, string][] = [
    [[item({ markings: si('a'), quantity: '5.000' })], 'ONE_UNIT', 'items.0.quantity'],
    [[item({ markings: si('a'), quantity: '0.500' })], 'ONE_UNIT', 'items.0.quantity'],
    [[item({}), item({ markings: si('a'), quantity: '2.000' })], 'ONE_UNIT', 'items.1.quantity'],
    [[item({ markings: si('a') }), item({ markings: si('a') })], 'TWICE', 'items.1.markings'],
    [
      [item({ markings: [{ si: 'a' }, { ukz: 'u' }] }), item({ markings: [{ ukz: 'u' }] })],
      'TWICE',
      'items.1.markings',
    ],
  ]
  for (const [items, fault, field] of tries) {
    const payments = [{ payment_type: 'cash', value: '100.00' }]
    for (const [action, command] of [
      ['create_sale', { sale: { ...sale().sale, items, payments } }],
      ['create_money_back', { money_back: { ...sale().sale, items, payments } }],
    ] as const) {
      const data = (await call(action, command)).data as { name: string; facts: { field: string } }
      assert.deepEqual([data.name, data.facts.field], [`ZPOS_MARK_${fault}`, field], action)
    }
  }
  assert.equal(await ok('next_cheque_number'), 2, 'nothing was signed')
})

test('a number that is expected is written as one', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  for (const expected_number of [true, '0x1', ' 1 ', '1e0', null, '', -1, 1.5]) {
    const said = await fault('open_shift', undefined, { expected_number })
    assert.equal(said, 'TSRV_INVALID_HEADER', String(expected_number))
  }
  await ok('open_shift', undefined, { expected_number: '1' })
})
