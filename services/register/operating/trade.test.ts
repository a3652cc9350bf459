import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { usualRoles } from '#core/access/roles.ts'
import type { TradeView } from '#core/api/register-trade.ts'
import { kopecks } from '#core/money.ts'
import { DAY, HOUR, minskDay } from '#core/time.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { goods, nextId, openTill, type Till } from '#test/till.ts'
import { openGoods } from '../catalogue/goods.ts'
import { openPeople } from '../catalogue/people.ts'
import { rebuild } from '../memory/projection.ts'
import { openRegisterDb } from '../memory/store.ts'

const figures = async (till: Till, query = ''): Promise<TradeView> => {
  const { status, body } = await till.ask('GET', `/api/trade${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const kept = (db: Sqlite) => ({
  trade: db.prepare('select * from trade').all(),
  groups: db.prepare('select * from trade_group').all(),
  discounts: db.prepare('select * from discount_given').all(),
})

/** A till with two groups of goods and an open shift. */
async function aTill() {
  const till = await openTill()
  openGoods(till.disk, till.clock.now).add([
    { name: 'Хлеб', code: '101', price: kopecks(200), vat: 10, unit: 'piece', group: 'Выпечка' },
    { name: 'Сыр', code: '102', price: kopecks(1000), vat: 10, unit: 'kg', group: 'Молочное' },
  ])
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  return till
}

const line = (code: string, quantity = 1000) => ({ code, quantity })
const cash = (sum: number) => [{ means: 'cash', sum }]

test('N12: a shift’s figures follow its documents: hours, means, groups, cashiers', async () => {
  const till = await aTill()
  const both = { lines: [line('101'), line('102', 500)], payments: cash(1000) }
  const sale = await till.begin('sale', both)
  till.clock.advance(2 * HOUR)
  const free = { lines: [{ name: 'Пакет', price: 30, quantity: 1000, vat: 20 }] }
  // A free price is not everybody's.
  const ask = (kind: string, body: object) =>
    till.ask('POST', '/api/operations', { as: 'Ольга', body: { id: nextId(), kind, ...body } })
  const bag = await ask('sale', { ...free, payments: [{ means: 'other', sum: 30 }] })
  assert.equal(bag.body.state, 'registered')
  const refund = { of: sale.body.id, lines: [{ line: 0, quantity: 1000 }] }
  assert.equal((await till.begin('refund', refund)).body.state, 'registered')
  const more = await till.begin('sale', { lines: [line('101', 2000)], payments: cash(400) })
  await till.begin('annulment', { of: more.body.id })
  const view = await figures(till)
  assert.deepEqual(
    [view.turnover, view.receipts, view.average],
    [700 + 30 - 200, 2, Math.round(730 / 2)],
  )
  assert.deepEqual(
    [view.sold, view.refunded, view.refunds, view.annulled, view.annulments],
    [1130, 200, 1, 400, 1],
  )
  assert.deepEqual([view.cash, view.card, view.other], [500, 0, 30])
  assert.equal(view.bars.by, 'hour')
  assert.deepEqual(
    view.bars.rows.map(({ receipts, turnover }) => [receipts, turnover]),
    [
      [1, 700],
      [0, 0],
      [1, -170],
    ],
  )
  assert.deepEqual(view.groups, [
    { name: 'Молочное', sum: 500 },
    { name: '', sum: 30 },
    { name: 'Выпечка', sum: 0 },
  ])
  assert.deepEqual(
    view.cashiers.map(({ name, turnover }) => [name, turnover]),
    [
      ['Анна', 500],
      ['Ольга', 30],
    ],
  )
  const today = await figures(till, `?from=${minskDay(till.clock.now())}`)
  assert.deepEqual([today.turnover, today.bars.rows.length, today.shift], [530, 24, null])
})

test('goods stay in the group that they were sold in, whatever they are called later', async () => {
  const till = await aTill()
  const sale = await till.begin('sale', { lines: [line('101')], payments: cash(200) })
  till.disk.exec(`update goods set group_name = 'Другое'`)
  await till.begin('refund', { of: sale.body.id })
  const { groups } = await figures(till)
  assert.deepEqual(groups, [{ name: 'Выпечка', sum: 0 }])
})

test('what nobody has proved is not counted, and is as soon as it is proved', async () => {
  const till = await aTill()
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const { body } = await till.begin('sale', goods(500))
  assert.equal(body.state, 'red')
  assert.equal((await figures(till)).turnover, 0)
  await till.clearing(true)
  await till.watch()
  assert.equal((await figures(till)).turnover, 500)
})

test('days are laid out by days and hours; a wrong period names its field', async () => {
  const till = await aTill()
  const first = minskDay(till.clock.now())
  await till.begin('sale', goods(100))
  await till.begin('withdrawal', { sum: 100 })
  await till.begin('shift-closing')
  till.clock.advance(2 * DAY)
  await till.begin('shift-opening')
  await till.begin('sale', goods(300))
  const last = minskDay(till.clock.now())
  const view = await figures(till, `?from=${first}&until=${last}`)
  assert.deepEqual(
    view.bars.rows.map(({ turnover }) => turnover),
    [100, 0, 300],
  )
  assert.equal(view.dayHours.length, 24)
  assert.equal(
    view.dayHours.reduce((sum, { turnover }) => sum + turnover, 0),
    400,
  )
  assert.equal((await figures(till, '?shift=1')).turnover, 100)
  assert.equal((await figures(till)).shift?.number, 2)
  const wrong: [string, string][] = [
    [`?from=${last}&until=${first}`, 'until'],
    ['?from=2026-01-01&until=2026-04-03', 'until'],
    ['?from=2026-02-30', 'from'],
    ['?shift=0', 'shift'],
  ]
  for (const [query, field] of wrong) {
    const { status, body } = await till.ask('GET', `/api/trade${query}`)
    assert.deepEqual([status, body.field], [400, field], query)
  }
})

test('the surplus of a closing stands with its shift, on paper and in the file', async () => {
  const till = await aTill()
  await till.begin('sale', { lines: [line('101')], payments: cash(200) })
  const ids = { id: nextId(), closing: nextId(), withdrawal: nextId() }
  const request = { ...ids, cash: 200, counted: { sum: 150 } }
  await till.ask('POST', '/api/cash-ups', { body: request })
  const view = await figures(till)
  assert.deepEqual([view.shift?.number, view.cashUps[0]?.surplus], [1, -50])
  assert.ok(view.shift?.closedAt)
  assert.equal((await till.ask('POST', '/api/trade/print', { body: {} })).status, 200)
  await till.print()
  const paper = till.papers().at(-1) ?? ''
  for (const text of ['ИТОГИ ПРОДАЖ', 'НЕФИСКАЛЬНЫЙ ДОКУМЕНТ', 'Выпечка', 'НЕДОСТАЧА', '0.50']) {
    assert.ok(paper.includes(text), text)
  }
  const file = await till.app().request('/api/exports/trade', {
    headers: { cookie: `zpos=${encodeURIComponent('Анна')}` },
  })
  const text = await file.text()
  assert.match(file.headers.get('content-disposition') ?? '', /trade-shift-1\.csv/)
  assert.match(text, /По группам товаров;Выпечка;;2,00\r\n/)
  assert.match(text, /Пересчёт наличных;[^;]+;;-0,50\r\n/)
})

test('figures are for those who have the right to reports', async () => {
  const till = await aTill()
  const rights = usualRoles.cashier.rights.filter((right) => right !== 'report')
  openPeople(till.disk, till.clock).setRole('cashier', { rights, discountPercent: 0 })
  for (const path of ['/api/trade', '/api/exports/trade']) {
    const response = await till.app().request(path, {
      headers: { cookie: `zpos=${encodeURIComponent('Анна')}` },
    })
    assert.equal(response.status, 403, path)
  }
})

test('the figures are what the documents add up to, and are rebuilt the same', async () => {
  const till = await aTill()
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('sale', 'sale', 'refund', 'annulment', 'pass'),
      code: fc.constantFrom('101', '102'),
      pieces: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 8 },
  )
  let sold: string[] = []
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      for (const { act, code, pieces } of all) {
        if (act === 'pass') till.clock.advance(HOUR / 2)
        if (act === 'sale') {
          const lines = [line(code, pieces * 1000)]
          const { body } = await till.begin('sale', { lines, payments: cash(10_000) })
          sold = [...sold, body.id]
        }
        const of = sold.at(-1)
        if (act === 'refund' && of) {
          await till.begin('refund', { of, lines: [{ line: 0, quantity: 1000 }] })
        }
        if (act === 'annulment' && of) await till.begin('annulment', { of })
        if ((await till.status()).shift?.mustClose) return
      }
      const before = kept(till.disk)
      rebuild(till.disk)
      assert.deepEqual(kept(till.disk), before)
      const ledger = JSON.parse(String(till.disk.prepare('select body from ledger').get()?.body))
      const { sale, refund, annulment } = ledger.shift
      const view = await figures(till)
      assert.equal(view.turnover, sale.sum - refund.sum - annulment.sum)
      assert.equal(view.cash, sale.cash - refund.cash - annulment.cash)
      const groups = view.groups.reduce((sum, each) => sum + each.sum, 0)
      assert.equal(groups, view.turnover)
    }),
    { numRuns: 25 },
  )
})

test('a register of before has the figures of its documents, as a rebuilding makes them', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'zpos-trade-')), 'register.sqlite')
  const old = new DatabaseSync(path)
  const folder = join(import.meta.dirname, '../../../test/golden/former')
  old.exec(readFileSync(join(folder, 'register.sql'), 'utf8'))
  old.close()
  const db = openRegisterDb(path)
  const before = kept(db)
  assert.ok(before.trade.length > 0)
  rebuild(db)
  assert.deepEqual(kept(db), before)
})

test('every question of the figures goes down an index', async () => {
  const { disk } = await aTill()
  for (const [table, where] of [
    ['trade', 'shift = 1'],
    ['trade', 'hour between 1 and 2'],
    ['trade_group', 'shift = 1'],
    ['trade_group', 'day between 1 and 2'],
  ]) {
    const plan = disk.prepare(`explain query plan select 1 from ${table} where ${where}`).all()
    for (const { detail } of plan) assert.match(String(detail), /^SEARCH/, `${table}: ${detail}`)
  }
})

test('why discounts were given is told with sums, of the sales that stand', async () => {
  const till = await aTill()
  const ask = (kind: string, body: object) =>
    till.ask('POST', '/api/operations', { as: 'Ольга', body: { id: nextId(), kind, ...body } })
  const bread = (discount: number, reason?: string) => ({
    lines: [Object.assign(line('101'), { discount }, reason === undefined ? {} : { reason })],
    payments: cash(200),
  })
  for (const sold of [bread(10, 'Пенсионер'), bread(20, 'Пенсионер'), bread(5), bread(0)]) {
    assert.equal((await ask('sale', sold)).body.state, 'registered')
  }
  const given = [
    { reason: 'Пенсионер', receipts: 2, sum: 30 },
    { reason: '', receipts: 1, sum: 5 },
  ]
  assert.deepEqual((await figures(till)).discounts, given)
  const wrong = await ask('sale', bread(40, 'Уценка'))
  assert.equal((await figures(till)).discounts[0]?.reason, 'Уценка')
  assert.equal((await ask('annulment', { of: wrong.body.id })).body.state, 'registered')
  assert.deepEqual((await figures(till)).discounts, given)
  const day = minskDay(till.clock.now())
  assert.deepEqual((await figures(till, `?from=${day}`)).discounts, given)
  const before = kept(till.disk)
  rebuild(till.disk)
  assert.deepEqual(kept(till.disk), before)
})

test('an X-report tells how the drawer came to what is in it, and what is still open', async () => {
  const till = await aTill()
  const x = async () => (await till.ask('POST', '/api/reports/x', { body: {} })).body
  await till.begin('deposit', { sum: 5000 })
  const sale = await till.begin('sale', { lines: [line('101', 2000)], payments: cash(1000) })
  await till.begin('refund', { of: sale.body.id, lines: [{ line: 0, quantity: 1000 }] })
  const { start, cash: now, report, red, parked } = await x()
  assert.deepEqual([start, now, red, parked], [0, 5200, [], 0])
  assert.deepEqual([report.sale.cash, report.refund.cash, report.deposit.cash], [400, 200, 5000])
  await till.print()
  assert.match(
    till.papers().at(-1) ?? '',
    /На начало смены +0\.00\n(.*\n)*НАЛИЧНЫХ В КАССЕ +52\.00/,
  )
  // The next shift begins with what this one has left.
  await till.begin('withdrawal', { sum: 5200 })
  await till.begin('shift-closing')
  await till.begin('shift-opening')
  assert.deepEqual([(await x()).start, (await x()).cash], [0, 0])
  // What nobody knows of is in no figure, and is named.
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const unclear = await till.begin('deposit', { sum: 100 })
  assert.equal(unclear.body.state, 'red')
  const open = await x()
  assert.deepEqual([open.red, open.cash], [[unclear.body.id], 0])
})
