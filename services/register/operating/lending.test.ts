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

test('N12: a closing in one go is lent what its asker lacks of both rights, once', async () => {
  const { till, lend, refund } = await aShop()
  const cash = 510
  const cashUp = { id: nextId(), cash, withdrawal: nextId(), closing: nextId() }
  const close = (more: object = {}) =>
    till.ask('POST', '/api/cash-ups', { as: 'Анна', body: { ...cashUp, ...more } })
  assert.equal((await close()).body.code, 'right.required')
  const by = { by: { user: 'Вера', pin: '7531' } }
  const lendClosing = (asked: object) =>
    till.ask('POST', '/api/lent-rights', { as: 'Анна', body: { ...by, ...asked } })
  const two = await lendClosing({ cashUp, request: refund() })
  assert.deepEqual([two.status, two.body.field], [400, 'request'], 'for one thing alone')
  assert.equal((await lendClosing({})).status, 400)
  const { lent } = (await lendClosing({ cashUp })).body
  assert.equal((await close({ lent, cash: 500 })).body.code, 'right.required')
  const closed = await close({ lent })
  assert.deepEqual([closed.status, closed.body.stage, closed.body.person], [200, 'closed', 'Анна'])
  assert.equal((await close({ lent })).body.stage, 'closed', 'a repeat comes to the one closing')
  assert.equal((await lendClosing({ cashUp })).body.code, 'operation.differs')
  const opened = { id: nextId(), kind: 'shift-opening' }
  const opening = await lend(opened)
  await till.ask('POST', '/api/operations', { as: 'Анна', body: { ...opened, ...opening.body } })
  const next = { ...cashUp, id: nextId(), closing: nextId(), cash: 0, withdrawal: undefined }
  assert.equal((await close({ ...next, lent })).body.code, 'right.required')
})

test('N10: one X-report is lent, and the next has to be asked for', async () => {
  const { till } = await aShop()
  const id = nextId()
  const take = (body: object) => till.ask('POST', '/api/reports/x', { as: 'Анна', body })
  assert.equal((await take({})).body.code, 'right.required')
  const lend = (xReport: object, user = 'Вера', pin = '7531') =>
    till.ask('POST', '/api/lent-rights', { as: 'Анна', body: { xReport, by: { user, pin } } })
  assert.equal((await lend({ id }, 'Пётр', '2468')).body.code, 'right.required')
  const { lent } = (await lend({ id })).body
  assert.equal((await take({ id: nextId(), lent })).body.code, 'right.required')
  const took = await take({ id, lent })
  assert.deepEqual([took.status, took.body.cashier, took.body.cash], [200, 'Анна', 510])
  await till.restart()
  assert.equal((await take({ id, lent })).body.code, 'right.required', 'it has served')
  const { acts } = (await till.ask('GET', '/api/acts?what=right-lent', { as: 'Ольга' })).body
  assert.deepEqual([acts[0].person, acts[0].facts.right], ['Вера', 'report'])
})

test('S4.3: a correction is not lent to whoever may not make one', async () => {
  const { till } = await aShop()
  const correction = { id: nextId(), discrepancy: 100 }
  const by = { user: 'Вера', pin: '7531' }
  const lend = { as: 'Анна', body: { correction, by } }
  assert.equal((await till.ask('POST', '/api/lent-rights', lend)).status, 400)
  const body = Object.assign({ lent: 'whatever' }, correction)
  const made = await till.ask('POST', '/api/corrections', { as: 'Анна', body })
  assert.equal(made.body.code, 'right.required')
})
