import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MAX_SUM } from '#core/money.ts'
import { HOUR } from '#core/time.ts'
import { openWorld } from '#sim/world.ts'

const bread = { name: 'Хлеб', price: 159, quantity: 2000, vat: 10 }
const sale = { kind: 'sale', lines: [bread], payments: [{ means: 'cash', sum: 500 }] }
let made = 0
const newId = () => {
  made += 1
  return `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
}

/** A register with its device, the shift open. */
async function aTill(terminal?: null) {
  const world = await openWorld(() => false, undefined, terminal)
  await world.revive()
  const post = async (wish: object, id = newId()) => {
    const answer = await world.ask('POST', '/api/operations', { id, ...wish })
    assert.ok(answer, 'the register answered')
    return answer
  }
  const documents = () => Number(world.sko.disk.prepare('select count(*) n from document').get()?.n)
  assert.equal((await post({ kind: 'shift-opening' })).body.state, 'registered')
  return { world, post, documents }
}

test('identical requests at once make one operation', async () => {
  const { post, documents } = await aTill()
  const id = newId()
  const answers = await Promise.all([post(sale, id), post(sale, id), post(sale, id)])
  assert.deepEqual(new Set(answers.map(({ body }) => body.number)), new Set([2]))
  assert.equal(documents(), 2)
})

test('different requests at once are done one after another', async () => {
  const { post, documents } = await aTill()
  const answers = await Promise.all([post(sale), post(sale), post(sale)])
  assert.deepEqual(answers.map(({ body }) => body.number).sort(), [2, 3, 4])
  assert.equal(documents(), 4)
})

test('a list read in pieces is whole, and its pages meet', async () => {
  const { world, post } = await aTill()
  const sums = Array.from({ length: 90 }, (_, place) => 100 + place)
  for (const sum of sums) await post({ kind: 'deposit', sum })
  const listed: number[] = []
  let next: number | null = null
  do {
    const from: string = next === null ? '' : `&before=${next}`
    const answer = await world.ask('GET', `/api/operations?kind=deposit&limit=85${from}`)
    assert.ok(answer)
    listed.push(...answer.body.operations.map(({ sum }: { sum: number }) => sum))
    next = answer.body.next
  } while (next !== null)
  assert.deepEqual(listed, sums.toReversed())
})

test('the same id with another request is refused and changes nothing', async () => {
  const { post, documents } = await aTill()
  const id = newId()
  await post(sale, id)
  const { status, body } = await post({ kind: 'deposit', sum: 100 }, id)
  assert.equal(status, 409)
  assert.equal(body.code, 'operation.differs')
  assert.equal(documents(), 2)
})

test('a refusal is whole: a code, a sentence and the next step', async () => {
  const { post } = await aTill()
  const { status, body } = await post({ kind: 'withdrawal', sum: 1 })
  assert.equal(status, 409)
  assert.deepEqual([body.kind, body.code], ['refused', 'drawer.not-enough'])
  assert.ok(body.message.includes('0.00') && body.next.length > 10)
  assert.equal((await post({ kind: 'shift-opening' })).body.code, 'shift.opened')
})

const dear = { price: MAX_SUM, quantity: 1000, discount: MAX_SUM }
const badRequests: [object, string][] = [
  [{ kind: 'sale', lines: [], payments: [] }, 'lines'],
  [{ kind: 'sale', lines: [{ ...bread, quantity: 0 }], payments: [] }, 'lines.0.quantity'],
  [{ kind: 'sale', lines: [{ ...bread, quantity: 1.5 }], payments: [] }, 'lines.0.quantity'],
  [{ kind: 'sale', lines: [{ ...bread, price: -1 }], payments: [] }, 'lines.0.price'],
  [{ kind: 'sale', lines: [{ ...bread, vat: 19 }], payments: [] }, 'lines.0.vat'],
  [{ kind: 'sale', lines: [{ ...bread, discount: 500 }], payments: [] }, 'lines.0'],
  [{ kind: 'sale', lines: [{ goods: 999, quantity: 1000 }], payments: [] }, 'lines.0.goods'],
  [{ kind: 'sale', lines: [{ code: '4810000000018', quantity: 1000 }] }, 'lines.0.name'],
  [{ kind: 'sale', lines: Array(501).fill(bread), payments: [] }, 'lines'],
  [{ kind: 'sale', lines: [bread], payments: [{ means: 'gold', sum: 1 }] }, 'payments.0.means'],
  [{ kind: 'sale', lines: [bread], markup: MAX_SUM, payments: [] }, 'markup'],
  [{ kind: 'sale', lines: [bread], discount: 319, payments: [] }, 'discount'],
  [{ kind: 'sale', lines: Array(2).fill({ ...bread, ...dear }), discount: 1 }, 'lines'],
  [{ kind: 'deposit' }, 'sum'],
  [{ kind: 'deposit', sum: 0 }, 'sum'],
  [{ kind: 'deposit', sum: '5.00' }, 'sum'],
  [{ kind: 'deposit', sum: 1e15 }, 'sum'],
  [{ kind: 'party' }, 'kind'],
  [{}, 'kind'],
]

test('bad input names its field and changes nothing', async () => {
  const { post, documents, world } = await aTill()
  for (const [wish, field] of badRequests) {
    const { status, body } = await post(wish)
    assert.deepEqual([status, body.field], [400, field], JSON.stringify(wish).slice(0, 120))
    assert.ok(body.message.length > 3)
  }
  assert.equal((await post(sale, 'not a uuid')).body.field, 'id')
  assert.equal(documents(), 1)
  assert.equal((await world.ask('GET', '/api/status'))?.body.open.length, 0)
})

test('money that does not settle is refused, and a card without a terminal', async () => {
  const { post } = await aTill(null)
  const pay = (...payments: object[]) => post({ ...sale, payments })
  assert.equal((await pay({ means: 'cash', sum: 317 })).body.code, 'payment.wrong')
  assert.equal((await pay({ means: 'other', sum: 319 })).body.code, 'payment.wrong')
  assert.equal((await pay({ means: 'card', sum: 318 })).body.code, 'card.no-terminal')
  const paid = await pay({ means: 'other', sum: 300 }, { means: 'cash', sum: 100 })
  assert.equal(paid.body.change, 82)
})

test('what would exceed a bound is refused before the device, naming the field', async () => {
  const { post, documents } = await aTill()
  const refusal = async (wish: object) => {
    const { status, body } = await post(wish)
    assert.equal(status, 409)
    return [body.code, body.field]
  }
  const cash = (...sums: number[]) => sums.map((sum) => ({ means: 'cash', sum }))
  const twice = { ...sale, payments: cash(MAX_SUM, 1) }
  assert.deepEqual(await refusal(twice), ['payment.wrong', 'payments'])
  // ISO 8583 has twelve digits for a sum.
  const dear = { ...bread, price: 1_000_000_000_000, quantity: 1000 }
  const card = { kind: 'sale', lines: [dear], payments: [{ means: 'card', sum: dear.price }] }
  assert.deepEqual(await refusal(card), ['payment.wrong', 'payments'])
  assert.equal((await post({ kind: 'deposit', sum: MAX_SUM })).body.state, 'registered')
  const before = documents()
  assert.deepEqual(await refusal({ kind: 'deposit', sum: 1 }), ['drawer.full', 'sum'])
  assert.deepEqual(await refusal(sale), ['drawer.full', 'payments'])
  assert.equal(documents(), before)
  const other = { ...sale, payments: [{ means: 'other', sum: 318 }] }
  assert.equal((await post(other)).body.state, 'registered')
  assert.equal((await post({ kind: 'withdrawal', sum: MAX_SUM })).body.state, 'registered')
  assert.equal((await post({ kind: 'shift-closing' })).body.state, 'registered')
})

test('a shift over 24 hours may only be emptied and closed', async () => {
  const { post, world } = await aTill()
  await post(sale)
  world.advance(24 * HOUR)
  const late = await post(sale)
  assert.equal(late.body.code, 'shift.over24h')
  assert.equal((await post({ kind: 'shift-closing' })).body.code, 'drawer.not-empty')
  assert.equal((await post({ kind: 'withdrawal', sum: 318 })).body.state, 'registered')
  assert.equal((await post({ kind: 'shift-closing' })).body.state, 'registered')
})

test('the list is newest first, is paged, and is found by number, УИ, sum and kind', async () => {
  const { post, world } = await aTill()
  for (let i = 0; i < 5; i += 1) await post({ kind: 'deposit', sum: 100 + i })
  const ask = async (query: string) => (await world.ask('GET', `/api/operations?${query}`))?.body
  const first = await ask('limit=4')
  assert.deepEqual(
    first.operations.map((o: { number: number }) => o.number),
    [6, 5, 4, 3],
  )
  const rest = await ask(`limit=4&before=${first.next}`)
  assert.deepEqual(
    rest.operations.map((o: { number: number }) => o.number),
    [2, 1],
  )
  assert.equal(rest.next, null)
  const found = async (search: string) =>
    (await ask(`search=${encodeURIComponent(search)}`)).operations.length
  assert.equal(await found('5'), 1)
  for (const shown of ['№ 5', '№5', ' № 5 ']) assert.equal(await found(shown), 1, shown)
  assert.equal(await found('№'), 0)
  assert.equal(await found('1.03'), 1)
  assert.equal(await found('внес'), 5)
  assert.equal(await found(first.operations[0].uid.slice(0, 8).toLowerCase()), 1)
  const grouped = first.operations[0].uid.toLowerCase().replace(/.{4}(?=.)/g, '$& ')
  assert.equal(await found(grouped), 1, grouped)
  assert.equal(await found('ничего такого'), 0)
})

test('the list says what has become of a sale: refunded in part, whole, annulled', async () => {
  const { post, world } = await aTill()
  const returned = async () => {
    const { operations } = (await world.ask('GET', '/api/operations?kind=sale'))?.body ?? {}
    return operations.map((row: { returned: string | null }) => row.returned)
  }
  const first = (await post(sale)).body.id
  assert.deepEqual(await returned(), [null])
  const lines = (await world.ask('GET', `/api/operations/${first}/refundable`))?.body.lines
  const back = { line: lines[0].line, quantity: 1000 }
  assert.equal((await post({ kind: 'refund', of: first, lines: [back] })).status, 200)
  assert.deepEqual(await returned(), ['in-part'])
  assert.equal((await post({ kind: 'refund', of: first })).status, 200)
  assert.deepEqual(await returned(), ['refunded'])
  const second = (await post(sale)).body.id
  assert.equal((await post({ kind: 'annulment', of: second })).status, 200)
  assert.deepEqual(await returned(), ['annulled', 'refunded'])
})

test('facts agree with the device to the kopeck', async () => {
  const { post, world } = await aTill()
  await post(sale)
  const facts = (await world.ask('GET', '/api/facts'))?.body
  const { cash, skoCash, discrepancy, unsent } = facts
  assert.deepEqual(
    { cash, skoCash, discrepancy, unsent },
    {
      cash: 318,
      skoCash: 318,
      discrepancy: 0,
      unsent: 2,
    },
  )
})

test('every endpoint of the contract is described by OpenAPI 3.1', async () => {
  const { world } = await aTill()
  const { openapi, paths } = (await world.ask('GET', '/api/openapi.json'))?.body ?? {}
  assert.equal(openapi, '3.1.0')
  assert.ok(paths['/api/operations'].post.requestBody)
  assert.equal(paths['/api/operations/{id}'].get.parameters[0].in, 'path')
})
