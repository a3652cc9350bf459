import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import { gtinCheckDigit } from '#core/document/barcode.ts'
import { GS } from '#core/document/mark.ts'
import { kopecks } from '#core/money.ts'
import { checkProjections } from '#sim/projection-audit.ts'
import { openTill } from '#test/till.ts'
import { openGoods } from '../catalogue/goods.ts'

const gtinOf = (body: string) => `${body}${gtinCheckDigit(body)}`
const SHOES = gtinOf('481234500001')
const SCENT = gtinOf('481234500002')
const PLAIN = gtinOf('481234500003')
const shoe = (serial: string) => `010${SHOES}21${serial.padEnd(13, '0')}${GS}93aB1x`
const UKZ = `${'1'.repeat(27)}ABC`

const shelf = [
  { name: 'Туфли', code: SHOES, marking: 'si' as const },
  { name: 'Духи', code: SCENT, marking: 'both' as const },
  { name: 'Губка', code: PLAIN, marking: 'none' as const },
].map((row) => ({
  ...row,
  price: kopecks(1000),
  vat: 20 as const,
  unit: 'piece' as const,
  group: 'Г',
}))

async function aShop() {
  const till = await openTill()
  openGoods(till.disk, till.clock.now).add(shelf)
  await till.begin('shift-opening')
  const line = (code: string, more: object = {}) => ({ code, quantity: 1000, ...more })
  const unit = (serial: string, more: object = {}) =>
    line(SHOES, { mark: { si: shoe(serial) }, ...more })
  const sell = (lines: object[], more: object = {}) =>
    till.begin('sale', { lines, payments: [{ means: 'cash', sum: 1000 * lines.length }], ...more })
  const refundAll = (of: string) => till.begin('refund', { of })
  const ask = (body: object) => till.ask('POST', '/api/units', { body })
  return { till, line, unit, sell, refundAll, ask }
}

const fault = ({ body }: { body: { field?: string; fault?: string; code?: string } }) =>
  body.code ?? [body.field, body.fault]

test('the code of a unit is signed, kept by the operator, and not printed', async () => {
  const { till, unit, line, sell } = await aShop()
  const sold = await sell([unit('a'), line(PLAIN)])
  assert.equal(sold.body.state, 'registered')
  const { lines } = sold.body.document
  assert.deepEqual(lines[0].mark, { si: shoe('a'), ukz: null })
  assert.ok(!('mark' in lines[1]))
  await till.deliver()
  assert.deepEqual((await till.stored()).at(-1), sold.body.number)
  assert.deepEqual(await till.quarantine(), [])
  await till.print()
  const paper = till.papers().at(-1) ?? ''
  assert.match(paper, /\[M\] Туфли/)
  assert.doesNotMatch(paper, /93aB1x|\[M\] Губка/)
})

test('marked goods are sold with the code of the unit, one unit a line', async () => {
  const { unit, line, sell } = await aShop()
  assert.deepEqual(fault(await sell([line(SHOES)])), ['lines.0.mark', 'mark-missing'])
  const two = { ...unit('a'), quantity: 2000 }
  assert.deepEqual(fault(await sell([two])), ['lines.0.quantity', 'mark-one-unit'])
  assert.deepEqual(fault(await sell([unit('a'), unit('a')])), ['lines.1.mark', 'mark-twice'])
  const foreign = line(PLAIN, { mark: { si: shoe('a') } })
  assert.deepEqual(fault(await sell([foreign])), ['lines.0.mark.si', 'mark-of-other-goods'])
  const half = line(SCENT, { mark: { ukz: UKZ } })
  assert.deepEqual(fault(await sell([half])), ['lines.0.mark', 'mark-missing'])
  const wrong = line(SHOES, { mark: { si: `010${SHOES}2` } })
  assert.deepEqual(fault(await sell([wrong])), ['lines.0.mark.si', 'mark-serial'])
  // Nothing of all that has begun anything.
  assert.equal((await sell([unit('a')])).body.state, 'registered')
})

test('a shop scans what its setting says, and who has not the right does not set it', async () => {
  const { till, line, sell } = await aShop()
  const set = (as: string, marking: string) =>
    till.ask('PUT', '/api/settings', { as, body: { marking } })
  assert.equal((await set('Анна', 'off')).status, 403)
  const si = `010${SCENT}21${'s'.repeat(13)}`
  assert.deepEqual(fault(await sell([line(SCENT, { mark: { si } })])), [
    'lines.0.mark',
    'mark-missing',
  ])
  assert.equal((await set('Ольга', 'si')).status, 200)
  assert.equal((await till.status()).marking, 'si')
  assert.equal((await sell([line(SCENT, { mark: { si } })])).body.state, 'registered')
  await set('Ольга', 'off')
  assert.equal((await sell([line(SHOES)])).body.state, 'registered')
  const { acts } = (await till.ask('GET', '/api/acts', { as: 'Ольга' })).body
  const changes = acts.flatMap(
    ({ facts }: { facts: { changes?: object[] } }) => facts.changes ?? [],
  )
  assert.ok(changes.some((each: object) => 'field' in each && each.field === 'marking'))
})

test('a unit that was sold is sold again by a person’s word, or once it came back', async () => {
  const { till, unit, sell, refundAll, ask } = await aShop()
  const first = await sell([unit('a'), unit('b')])
  const again = await sell([unit('a')])
  assert.equal(again.body.code, 'mark.sold')
  assert.deepEqual(
    [again.body.facts.number, again.body.operation],
    [first.body.number, first.body.id],
  )
  const told = await ask({ mark: { si: `]d2${shoe('a')}` }, goods: 1 })
  assert.deepEqual(told.body.mark, { si: shoe('a'), ukz: null })
  assert.equal(told.body.sold.operation, first.body.id)
  const part = await till.begin('refund', {
    of: first.body.id,
    lines: [{ mark: { si: shoe('b') }, quantity: 1000 }],
  })
  assert.deepEqual(part.body.document.lines[0].mark, { si: shoe('b'), ukz: null })
  assert.equal((await ask({ mark: { si: shoe('b') } })).body.sold, null)
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold.number, first.body.number)
  assert.equal((await sell([unit('b')])).body.state, 'registered')
  assert.equal((await sell([unit('b')])).body.code, 'mark.sold')
  const knowingly = await sell([unit('a', { resold: true })])
  assert.equal(knowingly.body.state, 'registered')
  const { acts } = (await till.ask('GET', '/api/acts?what=sold-again', { as: 'Ольга' })).body
  assert.deepEqual(
    acts.map(({ person, facts }: { person: string; facts: { subject: string } }) => [
      person,
      facts.subject,
    ]),
    [['Анна', 'Туфли']],
  )
  await refundAll(first.body.id)
  // It came back from the first sale; from the second it has not.
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold.operation, knowingly.body.id)
})

test('a unit comes back whole, and so does what is sold by the piece', async () => {
  const { till, unit, line, sell, refundAll, ask } = await aShop()
  const lines = [unit('a'), line(PLAIN, { quantity: 3000 })]
  const { id: of } = (await sell(lines, { payments: [{ means: 'cash', sum: 4000 }] })).body
  const part = (each: object[]) => till.begin('refund', { of, lines: each })
  const torn = ['lines.0.quantity', 'whole-pieces']
  assert.deepEqual(fault(await part([{ line: 0, quantity: 500 }])), torn)
  assert.deepEqual(fault(await part([{ mark: { si: shoe('a') }, quantity: 400 }])), torn)
  assert.deepEqual(fault(await part([{ code: PLAIN, quantity: 1500 }])), torn)
  assert.equal((await sell([unit('a')])).body.code, 'mark.sold')
  assert.equal((await part([{ code: PLAIN, quantity: 2000 }])).body.state, 'registered')
  assert.equal((await refundAll(of)).body.state, 'registered')
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold, null)
})

test('an annulment gives its units back', async () => {
  const { till, unit, sell, ask } = await aShop()
  const { id } = (await sell([unit('a')])).body
  assert.equal((await till.begin('annulment', { of: id })).body.state, 'registered')
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold, null)
  assert.equal((await sell([unit('a')])).body.state, 'registered')
})

test('a unit of a red receipt is held until its outcome is known, over a restart', async () => {
  const { till, unit, sell, ask } = await aShop()
  await till.clearing(false)
  till.set({ requestsLost: 1 })
  const red = await sell([unit('a')])
  assert.equal(red.body.state, 'red')
  await till.restart()
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.code, 'mark.held')
  assert.equal((await sell([unit('a')])).body.code, 'mark.held')
  assert.equal((await ask({ mark: { si: shoe('b') } })).body.sold, null)
  await till.clearing(true)
  await till.watch()
  assert.equal((await till.view(red.body.id)).state, 'failed')
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold, null)
  assert.equal((await sell([unit('a')])).body.state, 'registered')
})

test('a lost answer that turns out to be a document leaves the unit sold', async () => {
  const { till, unit, sell, ask } = await aShop()
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const red = await sell([unit('a')])
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.code, 'mark.held')
  await till.clearing(true)
  await till.watch()
  assert.equal((await till.view(red.body.id)).state, 'registered')
  await till.restart()
  assert.equal((await ask({ mark: { si: shoe('a') } })).body.sold.operation, red.body.id)
  checkProjections(till.disk)
})

test('a unit in a receipt put aside is in that receipt alone', async () => {
  const { till, unit, sell, ask } = await aShop()
  const mark = { si: shoe('a'), ukz: null }
  const goods = {
    id: 1,
    name: 'Туфли',
    code: SHOES,
    price: 1000,
    vat: 20,
    unit: 'piece',
    group: 'Г',
  }
  const typed = { wrong: null, discount: '', markup: '', reason: null }
  const line = { key: 1, goods, price: 1000, quantity: 1000, mark, ...typed }
  const receipt = { lines: [line], discount: '', markup: '', reason: null, grant: null }
  const id = v7()
  const park = { act: v7(), name: 'Анна', sum: 1000, receipt }
  assert.equal((await till.ask('PUT', `/api/parked/${id}`, { body: park })).status, 200)
  const refused = await sell([unit('a')])
  assert.deepEqual([refused.body.code, refused.body.facts.said], ['mark.parked', 'Анна'])
  assert.equal((await ask({ mark, goods: 1 })).body.code, 'mark.parked')
  assert.equal((await ask({ mark, goods: 1, sale: id })).body.sold, null)
  const back = await till.ask('POST', `/api/parked/${id}/bring-back`, { body: { act: v7() } })
  assert.deepEqual(back.body.receipt.lines[0].mark, mark)
  assert.equal((await sell([unit('a')])).body.state, 'registered')
})
