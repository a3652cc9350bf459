import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualRoles } from '#core/access/roles.ts'
import type { Goods } from '#core/api/register.ts'
import { gtinCheckDigit } from '#core/document/barcode.ts'
import { kopecks } from '#core/money.ts'
import { MINUTE } from '#core/time.ts'
import { openTill } from '#test/till.ts'
import { openGoods } from '../catalogue/goods.ts'
import { openPeople } from '../catalogue/people.ts'
import { openStock } from '../catalogue/stock.ts'
import { readJournal } from '../memory/journal.ts'

const CODE = '0012345678905'
const shelf: Omit<Goods, 'id'>[] = [
  {
    name: 'Хлеб',
    code: CODE,
    price: kopecks(255),
    vat: 10,
    unit: 'piece',
    group: 'Хлеб',
    marking: 'none',
    colour: null,
    picture: null,
  },
  {
    name: 'Сыр',
    code: '00017',
    price: kopecks(2190),
    vat: 20,
    unit: 'kg',
    group: 'Сыр',
    marking: 'none',
    colour: null,
    picture: null,
  },
]
const label = (grams: string) => `2200017${grams}${gtinCheckDigit(`2200017${grams}`)}`

/** A till with a catalogue, an open shift and people with the usual rights. */
async function aShop() {
  const till = await openTill()
  const people = openPeople(till.disk, till.clock)
  people.setRole('cashier', usualRoles.cashier)
  const goods = openGoods(till.disk, till.clock.now)
  goods.add(shelf)
  const [bread, cheese] = [goods.byCode(CODE)?.goods, goods.byCode('00017')?.goods]
  assert.ok(bread && cheese)
  await till.begin('shift-opening')
  const sell = (lines: object[], more: object = {}, as = 'Анна') =>
    till.ask('POST', '/api/operations', {
      as,
      body: { id: nextId(), kind: 'sale', lines, payments: [cash], ...more },
    })
  const grant = (lines: object[], more: object = {}, as = 'Ольга') =>
    till.ask('POST', '/api/grants', { as, body: { lines, ...more } })
  const stock = openStock(till.disk, till.clock.now)
  return { till, people, stock, bread, cheese, sell, grant }
}
type Shop = Awaited<ReturnType<typeof aShop>>

const cash = { means: 'cash', sum: 1_000_000 }
let made = 0
const nextId = () => {
  made += 1
  return `0197a2b4-1111-7000-8000-${String(made).padStart(12, '0')}`
}

const lineOf = (document: { lines: { name: string; code: string; price: number }[] }) => {
  const [{ name, code, price } = { name: '', code: '', price: 0 }] = document.lines
  return [name, code, price]
}

test('A9: known goods are known by their code however it is written', async () => {
  const { sell } = await aShop()
  const written = [CODE, ` ${CODE}`, '0012345 678905', '12345678905', `0${CODE}`, '００12345678905']
  for (const code of written) {
    const sold = await sell([{ code, quantity: 1000 }])
    assert.equal(sold.status, 200, JSON.stringify([code, sold.body]))
    assert.deepEqual(lineOf(sold.body.document), ['Хлеб', CODE, 255])
    const { status } = await sell([{ code, name: 'Хлеб', price: 1, vat: 10, quantity: 1000 }])
    assert.equal(status, 403, code)
  }
  const weighed = await sell([{ code: label('00342'), quantity: 342 }])
  assert.deepEqual(lineOf(weighed.body.document), ['Сыр', '00017', 2190])
})

/** A sale that lowers what is paid for known goods, and the right that it would need. */
const cheats: [string, (shop: Shop) => { lines: object[] } & object, string][] = [
  ['a name alone', () => ({ lines: [free] }), 'price.free'],
  ['a name and an unknown code', () => ({ lines: [{ ...free, code: '777' }] }), 'price.free'],
  ['another price', (s) => one(s, { price: 254 }), 'price.change'],
  ['a higher price', (s) => one(s, { price: 256 }), 'price.change'],
  ['another name', (s) => one(s, { name: 'Батон' }), 'price.free'],
  ['another VAT', (s) => one(s, { vat: 0 }), 'price.free'],
  ['no VAT', (s) => one(s, { vat: null }), 'price.free'],
  ['a line discount of nearly all', (s) => one(s, { discount: 254 }), 'discount'],
  ['a line discount a kopeck too large', (s) => one(s, { discount: 52 }), 'discount'],
  ['a discount hidden by a markup', (s) => one(s, { discount: 90, markup: 90 }), 'discount'],
  ['a markup too large', (s) => one(s, { markup: 52 }), 'discount'],
  ['a receipt discount too large', (s) => one(s, {}, { discount: 53 }), 'discount'],
  ['a receipt markup too large', (s) => one(s, {}, { markup: 53 }), 'discount'],
  ['line and receipt together', (s) => one(s, { discount: 40 }, { discount: 20 }), 'discount'],
  [
    'a discount of one line paid for by another',
    ({ bread, cheese }) => ({
      lines: [
        { goods: bread.id, quantity: 1000, discount: 200 },
        { goods: cheese.id, quantity: 9000 },
      ],
    }),
    'discount',
  ],
  [
    'a share of the receipt’s discount on top of a line’s whole one',
    ({ bread, cheese }) => ({
      lines: [
        { goods: bread.id, quantity: 1000, discount: 51 },
        { goods: cheese.id, quantity: 9000 },
      ],
      discount: 900,
    }),
    'discount',
  ],
]
const free = { name: 'Хлеб', price: 100, quantity: 1000, vat: 10 }
const one = ({ bread }: Shop, change: object, more: object = {}) => ({
  lines: [{ goods: bread.id, quantity: 1000, ...change }],
  ...more,
})

test('A9: a cashier lowers what known goods cost by no field', async () => {
  const shop = await aShop()
  const before = shop.till.device.number()
  for (const [what, wish, right] of cheats) {
    const { lines, ...more } = wish(shop)
    const { status, body } = await shop.sell(lines, more)
    assert.deepEqual([status, body.code, body.facts?.right], [403, 'right.required', right], what)
    assert.match(body.next, /Ольга/, 'who has the right is named')
  }
  assert.equal(shop.till.device.number(), before)
  for (const [what, wish] of cheats) {
    const { lines, ...more } = wish(shop)
    const { status, body } = await shop.sell(lines, more, 'Ольга')
    assert.equal(status, 200, `${what}: ${JSON.stringify(body)}`)
  }
})

test('A9: goods are what their code, their label and their unit say', async () => {
  const { till, sell, bread, cheese } = await aShop()
  const before = till.device.number()
  const wrong: [object, string][] = [
    [{ goods: bread.id, code: cheese.code, quantity: 1000 }, 'lines.0.code'],
    [{ goods: bread.id, code: '777', quantity: 1000 }, 'lines.0.code'],
    [{ goods: bread.id, quantity: 500 }, 'lines.0.quantity'],
    [{ code: label('00342'), quantity: 341 }, 'lines.0.quantity'],
    [{ goods: cheese.id, code: label('00342'), quantity: 1 }, 'lines.0.quantity'],
  ]
  for (const [line, field] of wrong) {
    const { status, body } = await sell([line], {}, 'Ольга')
    assert.deepEqual([status, body.field], [400, field], JSON.stringify(line))
  }
  assert.equal(till.device.number(), before)
})

test('a cashier gives a discount up to the limit of her role', async () => {
  const { sell, bread, people } = await aShop()
  const line = { goods: bread.id, quantity: 1000 }
  for (const [change, more] of [
    [{ discount: 51 }, {}],
    [{ markup: 51 }, {}],
    [{}, { discount: 51 }],
    [{ discount: 30 }, { discount: 20 }],
  ] as const) {
    assert.equal((await sell([{ ...line, ...change }], more)).status, 200, JSON.stringify(change))
  }
  people.setRole('cashier', { ...usualRoles.cashier, discountPercent: 5 })
  assert.equal((await sell([{ ...line, discount: 14 }])).status, 403)
  const without = usualRoles.cashier.rights.filter((right) => right !== 'discount')
  people.setRole('cashier', { rights: without, discountPercent: 5 })
  assert.equal((await sell([{ ...line, discount: 1 }])).status, 403)
  assert.equal((await sell([line], { markup: 1 })).status, 403)
  assert.equal((await sell([line])).status, 200)
})

test('R27: a line keeps a price that its goods had, a shift back at most', async () => {
  const { till, stock, bread, sell } = await aShop()
  const at = (price: number) => sell([{ goods: bread.id, quantity: 1000, price }])
  const nextShift = async () => {
    const { cash: sum } = await till.facts()
    if (sum > 0) await till.begin('withdrawal', { sum })
    assert.equal((await till.begin('shift-closing')).body.state, 'registered')
    till.clock.advance(MINUTE)
    assert.equal((await till.begin('shift-opening')).body.state, 'registered')
    till.clock.advance(MINUTE)
  }
  till.clock.advance(MINUTE)
  const shown = stock.one(bread.id)
  assert.ok(shown)
  const dearer = { ...shown, price: kopecks(300) }
  assert.equal(stock.change(dearer, { ...shown, person: 'Ольга' }).kind, 'done')
  assert.equal((await sell([{ goods: bread.id, quantity: 1000 }])).body.sum, 300)
  const old = await at(255)
  assert.equal(old.body.sum, 255, 'rung up before the price changed')
  assert.equal((await at(254)).status, 403, 'a price that never was')
  await nextShift()
  assert.equal((await at(255)).status, 200, 'put aside in the shift before')
  await nextShift()
  const { status, body } = await at(255)
  assert.equal(status, 403)
  assert.match(body.message, /«Хлеб»: цена 2\.55/)
  assert.equal(body.field, 'lines.0')
  assert.equal((await at(300)).status, 200)
})

test('D6: an administrator’s price is paid by the cashier, once and as it stood', async () => {
  const { till, bread, cheese, sell, grant } = await aShop()
  const cheap = { goods: bread.id, quantity: 2000, price: 100 }
  const refused = await sell([cheap])
  assert.match(refused.body.message, /«Хлеб»: цена 1\.00.*«Изменение цены»/)
  assert.match(refused.body.next, /Ольга/)
  const { body: granted, status } = await grant([cheap])
  assert.equal(status, 200)
  const more = { ...granted }
  for (const lines of [
    [{ ...cheap, quantity: 3000 }],
    [{ ...cheap, price: 99 }],
    [cheap, cheap],
    [cheap, { goods: cheese.id, quantity: 1000, price: 1 }],
  ]) {
    assert.equal((await sell(lines, more)).status, 403, JSON.stringify(lines))
  }
  till.set({ requestsLost: 0, unplugged: true })
  const id = nextId()
  const waiting = await sell([cheap], { ...more, id })
  assert.equal(waiting.body.state, 'waiting')
  till.set({ unplugged: false })
  await till.ask('POST', `/api/operations/${id}/give-up`)
  const sold = await sell([cheap, { goods: cheese.id, quantity: 500 }], more)
  assert.equal(sold.body.state, 'registered', 'what came to nothing has not used it up')
  assert.equal((await sell([cheap], more)).body.code, 'grant.void')
  const row = till.disk.prepare('select person, operation from receipt_grant').get()
  assert.deepEqual({ ...row }, { person: 'Ольга', operation: sold.body.id })
})

test('D6: a discount beyond the limit passes with the receipt that it was given to', async () => {
  const { bread, cheese, sell, grant } = await aShop()
  const lines = [
    { goods: bread.id, quantity: 1000 },
    { goods: cheese.id, quantity: 1000 },
  ]
  const { grant: id } = (await grant(lines, { discount: 1200 })).body
  assert.equal((await sell(lines.slice(0, 1), { discount: 250, grant: id })).status, 403)
  assert.equal((await sell(lines, { discount: 1201, grant: id })).status, 403)
  const sold = await sell(lines, { discount: 1200, grant: id })
  assert.equal(sold.body.sum, 1245)
})

test('a grant is given by whoever has the rights, in an open shift, and ends with it', async () => {
  const { till, bread, sell, grant } = await aShop()
  const cheap = { goods: bread.id, quantity: 1000, price: 100 }
  assert.equal((await grant([cheap], {}, 'Анна')).status, 403)
  assert.equal((await grant([])).status, 400)
  assert.equal((await sell([cheap], { grant: 'made up' })).body.code, 'grant.void')
  const { body } = await grant([cheap])
  await till.begin('shift-closing')
  assert.equal((await grant([cheap])).body.code, 'shift.closed')
  await till.begin('shift-opening')
  assert.equal((await sell([cheap], body)).body.code, 'grant.void')
  const anew = await grant([cheap], body)
  assert.equal(anew.status, 200, 'her own rights are enough')
})

test('a grant is not made into others, and ends with the right of whoever gave it', async () => {
  const { till, people, bread, sell, grant } = await aShop()
  await people.add('Вера', 'administrator', '7531')
  const cheap = { goods: bread.id, quantity: 1000, price: 100 }
  const { body } = await grant([cheap])
  const cloned = await grant([cheap], body, 'Анна')
  assert.deepEqual([cloned.status, cloned.body.code], [403, 'right.required'])
  const ask = async () => {
    const id = nextId()
    const by = { operation: id, user: 'Вера', pin: '7531' }
    return { id, ...(await grant([cheap], { by }, 'Анна')).body }
  }
  const [served, waiting, later] = [await ask(), await ask(), await ask()]
  const sold = await sell([cheap], served)
  assert.equal(sold.body.state, 'registered')
  const { administrator } = usualRoles
  const rights = administrator.rights.filter((right) => right !== 'price.change')
  people.setRole('administrator', { ...administrator, rights })
  for (const given of [waiting, body]) {
    const refused = await sell([cheap], given)
    assert.deepEqual([refused.status, refused.body.code], [403, 'right.required'])
    assert.deepEqual(refused.body.facts.holders, [])
  }
  assert.equal((await sell([cheap], served)).body.id, sold.body.id, 'a repeat is what it was')
  people.setRole('administrator', administrator)
  till.disk.prepare(`update person set disabled_at = 1 where name = 'Вера'`).run()
  assert.equal((await sell([cheap], later)).body.code, 'right.required')
  assert.equal((await sell([cheap], body)).body.state, 'registered', 'she has it again')
})

test('N10: a second person’s PIN lets one receipt of one sale pass, and is journaled', async () => {
  const { till, people, bread, sell, grant } = await aShop()
  await people.add('Вера', 'administrator', '7531')
  await people.add('Пётр', 'cashier', '2468')
  const cheap = { goods: bread.id, quantity: 2000, price: 100 }
  const [id, other] = [nextId(), nextId()]
  const ask = (pin: string, user = 'Вера') =>
    grant([cheap], { by: { operation: id, user, pin } }, 'Анна')
  assert.equal((await ask('0000')).body.code, 'pin.wrong')
  const own = await ask('2468', 'Пётр')
  assert.deepEqual([own.status, own.body.code], [403, 'right.required'], 'she has no more rights')
  const { body, status } = await ask('7531')
  assert.equal(status, 200)
  assert.equal((await till.ask('GET', '/api/session')).body.user, 'Анна', 'nobody is signed in')
  assert.equal((await sell([cheap], { ...body, id: other })).body.code, 'grant.void')
  const cheaper = { ...cheap, price: 99 }
  assert.equal((await sell([cheaper], { ...body, id })).status, 403, 'as it stood')
  await till.restart()
  assert.equal((await sell([cheap], { ...body, id })).body.state, 'registered')
  assert.equal((await ask('7531')).body.code, 'receipt.sold')
  assert.equal((await sell([cheap], { ...body, id: other })).body.code, 'grant.void', 'served')
  const granted = [...readJournal(till.disk)].flatMap(({ entry }) =>
    entry.type === 'granted' ? [entry.grant] : [],
  )
  assert.deepEqual(
    granted.map(({ person, asker, operation }) => [person, asker, operation]),
    [['Вера', 'Анна', id]],
  )
})

test('N10: PINs that are guessed at a receipt are counted as at the sign-in', async () => {
  const { bread, grant, till, people } = await aShop()
  await people.add('Вера', 'administrator', '7531')
  const by = { operation: nextId(), user: 'Вера', pin: '0001' }
  const lines = [{ goods: bread.id, quantity: 1000, price: 1 }]
  const codes: string[] = []
  for (let tried = 0; tried < 6; tried += 1) {
    codes.push((await grant(lines, { by }, 'Анна')).body.code)
  }
  assert.ok(codes.includes('pin.locked'), codes.join())
  const right = { by: { ...by, pin: '7531' } }
  assert.equal((await grant(lines, right, 'Анна')).body.code, 'pin.locked')
  const entered = await till.ask('POST', '/api/session', { body: { user: 'Вера', pin: '7531' } })
  assert.equal(entered.body.code, 'pin.locked', 'one count for both')
})

test('A7: what goods cost now is told, and what is sold no more', async () => {
  const { till, stock, bread, cheese } = await aShop()
  const before = (await till.status()).prices
  const shown = stock.one(bread.id)
  assert.ok(shown)
  const { id, revision, retiredAt, ...form } = shown
  const change = { ...form, price: 300, revision }
  const changed = await till.ask('PUT', `/api/stock/${id}`, { as: 'Ольга', body: change })
  assert.deepEqual([changed.status, retiredAt], [200, null])
  assert.notEqual((await till.status()).prices, before)
  stock.retire(cheese.id, true, 'Ольга')
  const { body } = await till.ask('POST', '/api/prices', {
    body: { goods: [bread.id, cheese.id] },
  })
  assert.deepEqual(body.prices, [
    { goods: bread.id, price: 300 },
    { goods: cheese.id, price: null },
  ])
})

test('D13: goods found by their own code have no weight, a scale’s label has its own', async () => {
  const { till } = await aShop()
  const quantityOf = async (code: string) =>
    (await till.ask('GET', `/api/goods/${code}`)).body.quantity
  assert.equal(await quantityOf('00017'), null)
  assert.equal(await quantityOf(label('00342')), 342)
  assert.equal(await quantityOf(CODE), 1000)
})
