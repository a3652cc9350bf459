import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { FedItem } from '#core/api/acquirer-feed.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { officeFiles } from '#core/api/office-trade.ts'
import { noTotals, totalsOf } from '#core/card/business-day.ts'
import type { TillReport } from '#core/card/till-report.ts'
import { kopecks } from '#core/money.ts'
import { DAY, HOUR, minskDay } from '#core/time.ts'
import { beginAgain, heldCursor, markForgotten, takePage } from './store/feed.ts'
import { takeReport } from './store/till-words.ts'
import { aClient, type Ground } from './suite-ground.ts'
import { tillTold } from './suite-till.ts'

/** What the bank would tell of a terminal, taken in as the feed is. */
async function told({ db }: Ground, items: readonly FedItem[]): Promise<void> {
  const after = await heldCursor(db)
  const number = Number(after?.split('.')[0] ?? 0) + 1
  await takePage(db, { items, after, cursor: `${number}.0000000000000000` })
}

type Sale = { sum: number; at?: number; code?: string; day?: number; receipt?: number }

/** A client with a terminal of its own, and what it sold. */
export async function aTrader(ground: Ground) {
  const client = await aClient(ground)
  const { unp } = client
  const terminal = `T${unp.slice(-7)}`
  const of = { terminal, serial: `PE${unp}`, bank: `Банк ${unp}`, unp }
  const merchant = `M${unp}`
  let nth = 0
  const sell = async (sales: readonly Sale[]) => {
    const items = sales.map(({ sum, at = ground.clock.now(), code = '000', day = 1, receipt }) => {
      nth += 1
      const rrn = code === '000' ? `${unp}${String(nth).padStart(3, '0')}` : null
      const about = { kind: 'purchase', reversal: false, original: null, auth: rrn && '060914' }
      const card = { masked: `411111******${unp.slice(-4)}`, issuer: `Эмитент ${unp}` }
      const operation = randomUUID()
      const row = { merchant, at, receipt: receipt ?? nth, sum, operation, code, rrn, day }
      return Object.assign({ is: 'entry' }, of, about, card, row) as FedItem
    })
    await told(ground, items)
    return items
  }
  const close = async (day: number, bankSums: readonly number[], own: readonly number[]) => {
    const totals = (sums: readonly number[]) =>
      totalsOf(
        sums.map((sum) => ({
          operation: randomUUID(),
          kind: 'purchase',
          reversal: false,
          sum: kopecks(sum),
        })),
      )
    const [bankTotals, terminalTotals] = [totals(bankSums), totals(own)]
    const code = bankSums.join() === own.join() ? '500' : '501'
    const closed = { day, closedAt: ground.clock.now(), code, bankTotals, terminalTotals }
    await told(ground, [Object.assign({ is: 'day' }, of, closed) as FedItem])
  }
  return Object.assign({ terminal, sell, close }, client)
}

type Trader = Awaited<ReturnType<typeof aTrader>>
type Names = Pick<Trader, 'serial' | 'terminal' | 'contract' | 'account' | 'unp' | 'email'> & {
  quote: string
  order: number
  transaction: number
  view: number
}

type Everything = (typeof officeCabinetApi)[keyof typeof officeCabinetApi]['route']
type Route = Exclude<
  Everything | keyof typeof officeFiles,
  'POST /api/session' | 'DELETE /api/session'
>

/** How each way of the cabinet is tried by who wants to know or to do something of another's. */
const attempts: Record<Route, (of: Names) => object[]> = {
  'GET /api/session': () => [{}],
  'PUT /api/session/language': () => [{ language: 'be' }],
  'GET /api/contracts': ({ contract }) => [{}, { contract }],
  'PUT /api/contracts/:contract': ({ contract, unp }) => [{ contract, unp, company: 'моё' }],
  'POST /api/contracts/:contract/conclude': ({ contract }) => [{ contract }],
  'POST /api/contracts/:contract/end': ({ contract }) => [{ contract, reason: 'чужой' }],
  'GET /api/equipment': ({ contract }) => [{}, { contract }],
  'PUT /api/equipment/:serial': ({ serial }) => [{ serial, contract: null }],
  'DELETE /api/equipment/:serial': ({ serial }) => [{ serial }],
  'POST /api/equipment/:serial/subscription': ({ serial }) => [
    { serial, tariff: 'month', renews: true },
  ],
  'DELETE /api/equipment/:serial/subscription': ({ serial }) => [{ serial, reason: 'чужой' }],
  'PUT /api/equipment/:serial/renewal': ({ serial }) => [{ serial, on: true }],
  'GET /api/tariffs': () => [{}],
  'GET /api/tariff-prices': () => [{}],
  'POST /api/tariffs': () => [
    { tariff: 'own', name: 'моё', price: 1, months: 1, days: 0, from: '2099-01-01' },
  ],
  'POST /api/tariffs/:tariff/prices': () => [{ tariff: 'month', price: 1, from: '2099-01-01' }],
  'POST /api/tariff-prices/:price/undo': () => [{ price: 1, reason: 'моё' }],
  'POST /api/quotes': ({ serial }) => [{ serial, tariff: 'month' }],
  'PUT /api/orders/:quote': ({ quote }) => [{ quote, renews: true }],
  'GET /api/orders': ({ account }) => [{}, { account }],
  'GET /api/entries': ({ account }) => [{}, { account }],
  'PUT /api/payments/:id': ({ account }) => [{ id: randomUUID(), account, sum: 1, note: 'x' }],
  'PUT /api/payouts/:id': ({ account }) => [{ id: randomUUID(), account, sum: 1, note: 'x' }],
  'PUT /api/demo-payments/:id': ({ account }) => [{ id: randomUUID(), account, sum: 1 }],
  'POST /api/entries/:entry/undo': () => [{ entry: 1, reason: 'чужой' }],
  'GET /api/required-version': () => [{}],
  'PUT /api/required-version': () => [{ version: '9999' }],
  'GET /api/releases': () => [{}],
  'POST /api/releases': () => [{ metadata: '{}' }],
  'POST /api/archives': () => [{}],
  'GET /api/people': ({ contract }) => [{}, { contract }],
  'POST /api/people': ({ email }) => [{ email, role: 'viewer' }],
  'PUT /api/people/:email': ({ email }) => [{ email, role: 'viewer', disabled: true }],
  'DELETE /api/people/:email/invitation': ({ email }) => [{ email }],
  'POST /api/client-invitations/look': ({ unp }) => [{ token: unp.padEnd(20, 'a') }],
  'POST /api/client-invitations/accept': ({ unp }) => [
    { token: unp.padEnd(20, 'a'), password: 'a password that is long' },
  ],
  'PUT /api/session/password': () => [{ current: 'guess', password: 'a password that is long' }],
  'POST /api/session/second-factor': () => [{}],
  'PUT /api/session/second-factor': () => [{ code: '000000' }],
  'DELETE /api/session/second-factor': () => [{ code: '000000' }],
  'GET /api/session/notices': () => [{}],
  'PUT /api/session/notices': () => [{ wanted: ['renewal'] }],
  'GET /api/sessions': ({ email }) => [{}, { email }],
  'DELETE /api/sessions': ({ email }) => [{ email }],
  'DELETE /api/sessions/:session': () => [{ session: '0123456789abcdef' }],
  'GET /api/acts': ({ contract }) => [{}, { contract }],
  'GET /api/exports/acts': ({ contract }) => [{ as: 'csv' }, { as: 'csv', contract }],
  'GET /api/home': ({ unp }) => [{}, { unp }],
  'GET /api/transactions': ({ terminal, unp }) => [
    {},
    { terminal },
    { terminal, businessDay: 1 },
    { card: unp.slice(-4) },
    { rrn: `${unp}001` },
    { unp },
  ],
  'GET /api/views': ({ email }) => [{}, { email }],
  'POST /api/views': ({ terminal }) => [{ name: 'чужой', filter: { terminal } }],
  'PUT /api/views/:view': ({ view }) => [{ view, name: 'моё' }],
  'DELETE /api/views/:view': ({ view }) => [{ view }],
  'GET /api/transactions/:id': ({ transaction }) => [{ id: transaction }],
  'GET /api/terminals': ({ unp }) => [{}, { unp }],
  'GET /api/business-days': ({ terminal, unp }) => [{}, { terminal }, { unp }],
  'GET /api/business-days/:terminal/:day': ({ terminal }) => [
    { terminal, day: 1 },
    { terminal, day: 2 },
  ],
  'GET /api/statistics': ({ unp }) => [{}, { unp }],
  'GET /api/orders/:number/invoice': ({ order }) => [{ number: order }],
  'GET /api/exports/transactions': ({ terminal, unp }) => [
    { as: 'csv' },
    { as: 'csv', terminal },
    { as: 'xlsx', rrn: `${unp}001` },
  ],
}

/** Sends as a browser of the visitor's would, past every client of ours. */
async function sent({ send }: Trader, route: string, input: object): Promise<string> {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const rest: Record<string, unknown> = Object.fromEntries(Object.entries(input))
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const texts = Object.entries(rest).map(([name, value]) => [name, String(value)])
  const query = texts.length > 0 ? `?${new URLSearchParams(texts)}` : ''
  const got = await (method === 'GET'
    ? send({ method, path: `${path}${query}` })
    : send({ method, path, body: JSON.stringify(rest) }))
  assert.ok('status' in got)
  assert.ok(got.status < 500, `${route} ${got.status}`)
  return got.body
}

/** The id of a view that is saved under a name. */
async function savedView({ cabinet, terminal }: Trader, name: string): Promise<number> {
  const filter = { terminal, sort: 'sum-down' } as const
  const answer = await cabinet.saveView({ name, filter })
  assert.ok(answer.kind === 'done', JSON.stringify(answer))
  return answer.value.views.find((each) => each.name === name)?.id ?? assert.fail(name)
}

/** What is shown of a list, or the reason why not. */
const listed = async (trader: Trader, asked: object) => {
  const answer = await trader.cabinet.transactions(
    Object.assign({ limit: 200, sort: 'at-down' as const }, asked),
  )
  assert.ok(answer.kind === 'done', JSON.stringify(answer))
  return answer.value
}

/** What the cabinet promises of trade by card. */
export const tradePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'no way of the cabinet tells a client anything of another, or does anything to it': async (
    ground,
  ) => {
    const [mine, other] = [await aTrader(ground), await aTrader(ground)]
    await other.pay(5_000)
    const { quote, order } = await other.order('week')
    await other.sell([{ sum: 1_100 }, { sum: 2_200, code: '116' }])
    await other.close(1, [1_100], [1_200])
    await other.sell([{ sum: 3_300, day: 2 }])
    const [row] = (await listed(other, {})).transactions
    const view = await savedView(other, other.unp)
    const names = Object.assign(
      { quote: quote.id, order: order.number, transaction: row?.id ?? 0, view },
      other,
    )
    const routes = [
      ...Object.values(officeCabinetApi).map(({ route }) => route),
      ...Object.keys(officeFiles),
    ].filter((route) => route !== 'POST /api/session' && route !== 'DELETE /api/session')
    assert.deepEqual(Object.keys(attempts).toSorted(), routes.toSorted(), 'every way is tried')
    const secrets = [other.unp, other.account, other.email]
    const before = await other.balance()
    for (const route of routes) {
      for (const input of attempts[route as Route](names)) {
        const body = await sent(mine, route, input)
        // A refusal may name what was asked for.
        const leaked = secrets.filter((each) => body.includes(each) && !body.includes('refused'))
        assert.deepEqual(leaked, [], `${route} ${JSON.stringify(input)}`)
      }
    }
    assert.equal(await other.balance(), before)
    assert.equal((await listed(other, {})).transactions.length, 3)
    assert.ok((await sent(other, 'GET /api/transactions', {})).includes(other.unp), 'noticed')
    const views = await other.cabinet.views({})
    const left = views.kind === 'done' ? views.value.views : []
    assert.deepEqual(
      left.map(({ id, name }) => [id, name]),
      [[view, other.unp]],
      'nobody else renames or removes a view',
    )
    const own = await ground.db.query('select from turnover where unp = $1', [mine.unp])
    assert.equal(own.length, 0)
    const seen = await mine.staff.transactions({ limit: 200, sort: 'at-down' })
    assert.ok(seen.kind === 'done' && seen.value.transactions.length === 0, 'staff see no trade')
  },

  'pages of each order are whole, each row once, and a borrowed place tells nothing': async (
    ground,
  ) => {
    const [mine, other] = [await aTrader(ground), await aTrader(ground)]
    const at = ground.clock.now()
    const sales = Array.from({ length: 23 }, (_, i) => ({
      sum: 100 * (i % 5) + 1,
      at: at + (i % 7),
    }))
    await mine.sell(sales)
    await other.sell(sales)
    for (const sort of ['at-down', 'at-up', 'sum-down', 'sum-up'] as const) {
      const rows = []
      let before: string | undefined
      do {
        const page = await listed(mine, { sort, before, limit: 4 })
        rows.push(...page.transactions)
        before = page.next ?? undefined
      } while (before)
      assert.equal(new Set(rows.map(({ id }) => id)).size, 23, sort)
      const values = rows.map((row) => (sort.startsWith('at') ? row.at : row.sum))
      const way = sort.endsWith('up') ? 1 : -1
      assert.deepEqual(
        values,
        values.toSorted((a, b) => way * (a - b)),
        sort,
      )
    }
    const { next } = await listed(other, { limit: 4 })
    const borrowed = await listed(mine, { before: next })
    assert.ok(borrowed.transactions.every(({ terminal }) => terminal === mine.terminal))
  },

  'a view is kept by its person under a name, renamed and removed, and their number is bound':
    async (ground) => {
      const mine = await aTrader(ground)
      const { cabinet, terminal } = mine
      const view = await savedView(mine, 'Крупные')
      const saved = async () => {
        const answer = await cabinet.views({})
        return answer.kind === 'done' ? answer.value.views : assert.fail(answer.kind)
      }
      const filter = { terminal, sort: 'sum-down' }
      assert.deepEqual(await saved(), [{ id: view, name: 'Крупные', filter }])
      const faultOf = (answer: { kind: string; fault?: string }) => answer.fault ?? answer.kind
      const again = await cabinet.saveView({ name: 'Крупные', filter: {} })
      assert.equal(faultOf(again), 'taken')
      assert.equal(faultOf(await cabinet.renameView({ view, name: 'Большие' })), 'done')
      assert.equal(faultOf(await cabinet.renameView({ view: 2_000_000_000, name: 'x' })), 'unknown')
      for (let n = 1; n < 20; n++) await savedView(mine, `вид ${n}`)
      const more = await cabinet.saveView({ name: 'ещё один', filter: {} })
      assert.equal(faultOf(more), 'too-many')
      assert.equal(faultOf(await cabinet.renameView({ view, name: 'вид 1' })), 'taken')
      assert.equal(faultOf(await cabinet.removeView({ view })), 'done')
      assert.equal(faultOf(await cabinet.removeView({ view })), 'done')
      assert.equal((await saved()).length, 19)
      const typed = JSON.stringify({ name: 'x', filter: { card: '12' } })
      const wrong = await mine.send({ method: 'POST', path: '/api/views', body: typed })
      assert.equal('status' in wrong && wrong.status, 400)
    },

  'a filter finds what it says, and statistics are what the list comes to': async (ground) => {
    const mine = await aTrader(ground)
    const now = ground.clock.now()
    await mine.sell([
      { sum: 500, at: now },
      { sum: 700, at: now + HOUR, code: '126' },
      { sum: 900, at: now + 2 * DAY, receipt: 77 },
    ])
    const count = async (asked: object) => (await listed(mine, asked)).transactions.length
    const [day, later] = [minskDay(now), minskDay(now + 2 * DAY)]
    assert.deepEqual(
      [
        await count({}),
        await count({ result: 'declined' }),
        await count({ result: 'approved' }),
        await count({ code: '126' }),
        await count({ code: '000' }),
        await count({ receipt: 77 }),
        await count({ sum: 700 }),
        await count({ day: later }),
        await count({ dayTo: day }),
        await count({ day, dayTo: day, card: mine.unp.slice(-4) }),
        await count({ kind: 'refund' }),
        await count({ kind: 'reversal' }),
      ],
      [3, 1, 2, 1, 2, 1, 1, 1, 2, 2, 0, 0],
    )
    const told = await mine.cabinet.statistics({ from: day, to: later })
    assert.ok(told.kind === 'done')
    const { total, days, splits } = told.value
    assert.deepEqual(total, { count: 3, declined: 1, paid: 1400, back: 0 })
    assert.deepEqual(
      days.map(({ value, paid }) => [value, paid]),
      [
        [day, 500],
        [minskDay(now + DAY), 0],
        [later, 900],
      ],
    )
    assert.deepEqual(
      splits.code.map(({ value, count }) => [value, count]),
      [
        ['000', 2],
        ['126', 1],
      ],
    )
    const wrong = await mine.cabinet.statistics({ from: later, to: day })
    assert.equal(wrong.kind, 'invalid')
    const csv = await sent(mine, 'GET /api/exports/transactions', { as: 'csv', code: '126' })
    assert.equal(csv.trimEnd().split('\r\n').length, 2)
    assert.match(csv, /;7,00;Оплата;126;Операция запрещена;000000000000;;/)
  },

  'what the bank has forgotten is marked wherever it stands, and is in no sum': async (ground) => {
    const mine = await aTrader(ground)
    const at = ground.clock.now()
    const sold = await mine.sell([{ sum: 500 }, { sum: 700 }, { sum: 900 }])
    await mine.close(1, [500, 700, 900], [500, 700, 900])
    await mine.sell([{ sum: 1_100, day: 2 }])
    const { db } = ground
    await beginAgain(db, (await heldCursor(db)) ?? '', at)
    // Until all was told again nobody can say what is not.
    assert.equal((await listed(mine, { result: 'forgotten' })).transactions.length, 0)
    await told(ground, sold.slice(0, 1))
    await markForgotten(db, { cursor: await heldCursor(db), now: at })
    const sumsOf = async (asked: object) =>
      (await listed(mine, asked)).transactions.map(({ sum, forgottenAt }) => [sum, forgottenAt])
    assert.deepEqual(
      (await sumsOf({ sort: 'sum-up' })).toSorted(([a], [b]) => Number(a) - Number(b)),
      [
        [500, null],
        [700, at],
        [900, at],
        [1_100, at],
      ],
    )
    assert.equal((await sumsOf({ result: 'forgotten' })).length, 3)
    assert.deepEqual(await sumsOf({ result: 'approved' }), [[500, null]])
    const home = await mine.cabinet.home({})
    assert.ok(home.kind === 'done')
    assert.deepEqual([home.value.forgotten, home.value.today.paid], [3, 500])
    const statistics = await mine.cabinet.statistics({})
    assert.ok(statistics.kind === 'done')
    assert.deepEqual([statistics.value.forgotten, statistics.value.total.paid], [3, 500])
    const days = await mine.cabinet.businessDays({ limit: 10 })
    assert.ok(days.kind === 'done')
    assert.deepEqual(
      days.value.days.map(({ day, closedAt, forgottenAt, forgotten, bankTotals }) => [
        day,
        closedAt !== null,
        forgottenAt !== null,
        forgotten,
        bankTotals.debits.sum,
      ]),
      [
        [2, false, false, 1, 0],
        // The bank has this day open again, and knows one sale of it.
        [1, false, false, 2, 500],
        [1, true, true, 2, 2_100],
      ],
    )
    const csv = await sent(mine, 'GET /api/exports/transactions', {
      as: 'csv',
      result: 'forgotten',
    })
    assert.equal(csv.match(/Оплата \(забыта банком\)/g)?.length, 3)
  },

  'a till tells of its own client’s operations alone': async (ground) => {
    const mine = await aTrader(ground)
    const other = await aTrader(ground)
    const [sale] = await mine.sell([{ sum: 500 }])
    assert.ok(sale?.is === 'entry')
    const word = { kind: 'purchase', at: 1, receipt: 1, sum: kopecks(500) }
    const place = { seq: 1, hash: '1'.repeat(64) }
    const report = Object.assign(
      { says: 'report', serial: other.serial, unp: other.unp, terminal: mine.terminal },
      { after: null, upTo: place, stored: null, at: 1 },
      {
        words: [
          Object.assign({ operation: sale.operation, state: 'failed', document: null }, word),
        ],
      },
    ) as unknown as TillReport
    const by = { serial: other.serial, unp: other.unp, now: ground.clock.now() }
    assert.equal(await takeReport(ground.db, report, by), true)
    const list = await mine.cabinet.transactions({})
    assert.ok(list.kind === 'done')
    assert.deepEqual(
      list.value.transactions.map(({ disagrees }) => disagrees),
      [null],
    )
    const [row] = list.value.transactions
    const page = await mine.cabinet.transaction({ id: row?.id ?? 0 })
    assert.equal(page.kind === 'done' && page.value.agreement, 'unheard')
    for (const each of [mine, other]) {
      const home = await each.cabinet.home({})
      assert.deepEqual(home.kind === 'done' && home.value.parted, [])
    }
  },

  'a day out of balance is told down to the transaction that makes it so': async (ground) => {
    const mine = await aTrader(ground)
    await mine.sell([{ sum: 500 }, { sum: 700 }, { sum: 900 }])
    const open = await mine.cabinet.businessDay({ terminal: mine.terminal, day: 1 })
    assert.ok(open.kind === 'done' && open.value.day.closedAt === null)
    const debits = { count: 3, sum: 2100 }
    assert.deepEqual(open.value.day.bankTotals, Object.assign({}, noTotals, { debits }))
    await mine.close(1, [500, 700, 900], [500, 900])
    const day = await mine.cabinet.businessDay({ terminal: mine.terminal, day: 1 })
    assert.ok(day.kind === 'done')
    assert.deepEqual(
      day.value.differing.map(({ total, suspects }) => [total, suspects.map(({ sum }) => sum)]),
      [['debits', [700]]],
    )
    // Two that no single sum comes to: what the till has told of is left out.
    const sums = [500, 700, 900, 300]
    const [one, , third] = await mine.sell(sums.map((sum) => ({ sum, day: 2 })))
    await mine.close(2, sums, [500, 900])
    const suspectsOf2 = async () => {
      const answer = await mine.cabinet.businessDay({ terminal: mine.terminal, day: 2 })
      return answer.kind === 'done'
        ? answer.value.differing.map(({ by, suspects }) => [by, suspects.map(({ sum }) => sum)])
        : assert.fail(answer.kind)
    }
    assert.deepEqual(await suspectsOf2(), [['till', sums]])
    await tillTold(ground, mine, [one, third])
    assert.deepEqual(await suspectsOf2(), [['till', [700, 300]]])
    const home = await mine.cabinet.home({})
    assert.ok(home.kind === 'done')
    assert.deepEqual(
      home.value.unbalanced.map(({ terminal, day }) => [terminal, day]),
      [
        [mine.terminal, 2],
        [mine.terminal, 1],
      ],
    )
    assert.deepEqual(
      home.value.tills.map(({ serial, state, forbids }) => [serial, state, forbids]),
      [[mine.serial, 'no-subscription', true]],
    )
    assert.equal(home.value.today.paid, 4_500)
    const days = await mine.cabinet.businessDays({ limit: 10 })
    assert.ok(days.kind === 'done' && days.value.days.length === 2 && days.value.next === null)
  },
}
