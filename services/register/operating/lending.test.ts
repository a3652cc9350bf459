import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RegisterRight } from '#core/access/rights.ts'
import { usualRoles } from '#core/access/roles.ts'
import { HOUR } from '#core/time.ts'
import { openTill } from '#test/till.ts'
import { openPeople } from '../catalogue/people.ts'

let made = 0
const nextId = () => {
  made += 1
  return `0197a2b4-2222-7000-8000-${String(made).padStart(12, '0')}`
}

/** A shop whose cashiers may only sell, with a sale of two breads. */
async function aShop() {
  const till = await openTill()
  await till.begin('shift-opening')
  const people = openPeople(till.disk, till.clock)
  people.setRole('cashier', { ...usualRoles.cashier, rights: ['sale'] })
  await people.add('Вера', 'administrator', '7531')
  await people.add('Пётр', 'cashier', '2468')
  const begin = (body: object, as = 'Анна') =>
    till.ask('POST', '/api/operations', { as, body: body as Record<string, unknown> })
  const lend = (request: object, by: object = {}, as = 'Анна') =>
    till.ask('POST', '/api/lent-rights', {
      as,
      body: { request, by: { user: 'Вера', pin: '7531', ...by } },
    })
  const sold = await begin(
    {
      id: nextId(),
      kind: 'sale',
      lines: [{ name: 'Хлеб', price: 255, quantity: 2000, vat: 10 }],
      payments: [{ means: 'cash', sum: 510 }],
    },
    'Ольга',
  )
  assert.equal(sold.body.state, 'registered')
  const refund = (quantity = 1000) => ({
    id: nextId(),
    kind: 'refund',
    of: sold.body.id,
    lines: [{ line: 0, quantity }],
  })
  return { till, begin, lend, refund, sale: sold.body }
}

test('N10: a right is lent by a PIN for one operation as it was asked for', async () => {
  const { till, begin, lend, refund } = await aShop()
  const wish = refund()
  const refused = await begin(wish)
  assert.deepEqual([refused.status, refused.body.code], [403, 'right.required'])
  assert.deepEqual(refused.body.facts.holders, ['Вера', 'Ольга'])
  assert.equal((await lend(wish, { pin: '0000' })).body.code, 'pin.wrong')
  const own = await lend(wish, { user: 'Пётр', pin: '2468' })
  assert.equal(own.body.code, 'right.required', 'nobody lends what she has not')
  const { body } = await lend(wish)
  for (const other of [
    { ...wish, id: nextId() },
    { ...wish, lines: [{ line: 0, quantity: 2000 }] },
    { ...wish, kind: 'annulment', lines: undefined },
  ]) {
    assert.equal((await begin({ ...other, ...body })).status, 403, JSON.stringify(other))
  }
  assert.equal((await begin({ ...wish, lent: 'made up' })).status, 403)
  await till.restart()
  const done = await begin({ ...wish, ...body })
  assert.deepEqual([done.status, done.body.state, done.body.cashier], [200, 'registered', 'Анна'])
  assert.equal((await till.ask('GET', '/api/session')).body.user, 'Анна', 'nobody is signed in')
  const again = await begin({ ...wish, ...body })
  assert.equal(again.body.id, done.body.id, 'a repeat comes to the one operation')
  assert.equal((await begin(refund())).status, 403, 'the next one has to be asked for')
  assert.equal((await lend(wish)).body.code, 'operation.differs')
})

test('N10: whatever operation a right is wanting for, it may be lent', async () => {
  const { begin, lend, sale } = await aShop()
  const wishes = [
    { id: nextId(), kind: 'annulment', of: sale.id },
    { id: nextId(), kind: 'deposit', sum: 1000 },
    { id: nextId(), kind: 'withdrawal', sum: 1000 },
    { id: nextId(), kind: 'shift-closing' },
    { id: nextId(), kind: 'shift-opening' },
  ]
  for (const wish of wishes) {
    assert.equal((await begin(wish)).body.code, 'right.required', wish.kind)
    const { body } = await lend(wish)
    assert.equal((await begin({ ...wish, ...body })).body.state, 'registered', wish.kind)
  }
})

test('what was lent waits an hour for its operation, not so its repeats', async () => {
  const { till, begin, lend, refund } = await aShop()
  const late = refund()
  const { body } = await lend(late)
  const inTime = refund()
  const lent = (await lend(inTime)).body
  assert.equal((await begin({ ...inTime, ...lent })).status, 200)
  till.clock.advance(HOUR)
  assert.equal((await begin({ ...late, ...body })).status, 403)
  assert.equal((await begin({ ...inTime, ...lent })).status, 200)
})

test('what was lent ends with the right of whoever lent it, not so what was begun', async () => {
  const { till, begin, lend, refund } = await aShop()
  const people = openPeople(till.disk, till.clock)
  const asked = async () => {
    const wish = refund(500)
    return { ...wish, ...(await lend(wish)).body }
  }
  const [begun, changed, gone] = [await asked(), await asked(), await asked()]
  assert.equal((await begin(begun)).status, 200)
  const setRole = (rights: readonly RegisterRight[]) =>
    people.setRole('administrator', { ...usualRoles.administrator, rights })
  const { rights } = usualRoles.administrator
  setRole(rights.filter((right) => right !== 'refund'))
  const refused = await begin(changed)
  assert.deepEqual([refused.status, refused.body.code], [403, 'right.required'])
  assert.equal((await begin(begun)).status, 200, 'a repeat of what was begun')
  setRole(rights)
  till.disk.prepare(`update person set disabled_at = 1 where name = 'Вера'`).run()
  assert.equal((await begin(gone)).status, 403)
})

test('K6: who lent what to whom stands in the journal of acts', async () => {
  const { till, begin, lend, refund } = await aShop()
  const wish = refund()
  const { body } = await lend(wish)
  await begin({ ...wish, ...body })
  const { acts } = (await till.ask('GET', '/api/acts?what=right-lent', { as: 'Ольга' })).body
  const [{ person, facts }] = acts
  assert.deepEqual(
    [person, facts.subject, facts.right, facts.operation],
    ['Вера', 'Анна', 'refund', wish.id],
  )
})
