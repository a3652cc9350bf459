import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DAY, HOUR } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aClock } from '#test/fixtures.ts'
import { openOffice } from './app.ts'
import { sowOffice } from './seed.ts'
import { settleDue } from './settling.ts'
import { nextLease } from './store/contracts.ts'
import { requireVersion } from './store/releases.ts'
import { actsPromises } from './suite-acts.ts'
import { aClient, assertBooks, type Ground, STAFF, tariffs } from './suite-ground.ts'
import { invoicePromises } from './suite-invoice.ts'
import { mailPromises } from './suite-mail.ts'
import { peoplePromises } from './suite-people.ts'
import { tariffPromises } from './suite-tariffs.ts'
import { tradePromises } from './suite-trade.ts'

const codeOf = (answer: { kind: string; code?: string }): string => answer.code ?? answer.kind

const promises: Record<string, (ground: Ground) => Promise<void>> = {
  'each state of S2 arises from the data behind it and goes away with it': async (ground) => {
    const { staff, state, pay, order, serial, contract, unp } = await aClient(ground)
    assert.equal(await state({ serial: 'NO SUCH' }), 'serial-unknown')
    assert.equal(await state(), 'no-subscription')
    await pay(2_900)
    await order('month')
    assert.equal(await state(), 'ok')
    const at = { from: null, email: STAFF, now: ground.clock.now() }
    await requireVersion(ground.db, Object.assign({ version: '0.2' }, at))
    assert.equal(await state(), 'update-required')
    assert.equal(await state({ version: '0.2.0' }), 'ok')
    assert.equal((await staff.requireVersion({ version: null })).kind, 'done')
    assert.equal(await state(), 'ok')
    assert.equal(await state({ unp: '190275968' }), 'unp-mismatch')
    await staff.saveContract({ contract, unp: '190275968', company: 'ООО' })
    assert.equal(await state(), 'unp-mismatch')
    await staff.saveContract({ contract, unp, company: 'ООО' })
    await staff.endContract({ contract, reason: 'по соглашению' })
    assert.equal(await state(), 'no-contract')
    await staff.conclude({ contract })
    await staff.retireEquipment({ serial })
    assert.equal(await state(), 'serial-unknown')
    const away = await staff.saveEquipment({ serial, contract: null })
    assert.equal(codeOf(away), 'subscription.there')
    await staff.saveEquipment({ serial, contract })
    assert.equal(await state(), 'ok')
  },

  'the account number is told to whoever names the shop of the contract alone': async (ground) => {
    const { lease, account } = await aClient(ground)
    assert.equal((await lease()).lease.account, account)
    assert.equal((await lease({ unp: '190275968' })).lease.account, null)
    assert.equal((await lease({ serial: 'NO SUCH' })).lease.account, null)
  },

  'a week is warned of from its first day: by whether it renews, and is covered': async (
    ground,
  ) => {
    const { staff, state, pay, serial, account, cabinet, lease, later } = await aClient(ground)
    await pay(1_800)
    await staff.subscribe({ serial, tariff: 'week', renews: true })
    assert.equal(await state(), 'ok')
    const back = await staff.payout({ id: randomUUID(), account, sum: 1, note: 'ошибка' })
    assert.equal(back.kind === 'done' && back.value.balance, 899)
    assert.equal(await state(), 'ending-no-funds')
    await cabinet.renewal({ serial, on: false })
    assert.equal(await state(), 'ending')
    await cabinet.renewal({ serial, on: true })
    await pay(1)
    assert.equal(await state(), 'ok')
    const { endsOn } = (await lease()).lease
    await later(7 * DAY)
    assert.equal(await state(), 'ending-no-funds')
    assert.notEqual((await lease()).lease.endsOn, endsOn)
    await later(7 * DAY)
    assert.equal(await state(), 'no-subscription')
  },

  'the price shown is the price charged, and an order is one however often it is sent': async (
    ground,
  ) => {
    const { cabinet, serial, pay, balance, account } = await aClient(ground)
    await pay(5_000)
    const quote = await cabinet.quote({ serial, tariff: 'month' })
    assert.ok(quote.kind === 'done')
    const { id, sum, kind } = quote.value
    assert.deepEqual([sum, kind], [2_900, 'start'])
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => cabinet.order({ quote: id, renews: true })),
    )
    const numbers = sent.map((each) => each.kind === 'done' && each.value.number)
    assert.equal(new Set(numbers).size, 1)
    assert.ok(sent.every((each) => each.kind === 'done' && each.value.state === 'paid'))
    assert.equal(await balance(), 2_100)
    const charged = await ground.db.query(
      `select from entry where account = $1 and kind = 'charge'`,
      [account],
    )
    assert.equal(charged.length, 1)
  },

  'an order without money waits as an invoice, and is paid by the payment that covers it': async (
    ground,
  ) => {
    const { cabinet, order, pay, state, later } = await aClient(ground)
    const { order: placed } = await order('month')
    assert.equal(placed.state, 'waiting')
    assert.equal(await state(), 'no-subscription')
    await pay(2_000)
    assert.equal(await state(), 'no-subscription')
    await later(3 * DAY)
    assert.equal(await pay(900), 0)
    assert.equal(await state(), 'ok')
    const listed = await cabinet.orders({})
    assert.ok(listed.kind === 'done')
    assert.deepEqual(
      listed.value.orders.map(({ number, state: of }) => [number, of]),
      [[placed.number, 'paid']],
    )
  },

  'a price ends after two weeks, and as soon as what it was worked out from changes': async (
    ground,
  ) => {
    const { cabinet, serial, pay, later } = await aClient(ground)
    const quoted = async () => {
      const quote = await cabinet.quote({ serial, tariff: 'month' })
      return quote.kind === 'done' ? quote.value.id : assert.fail(quote.kind)
    }
    const old = await quoted()
    await later(14 * DAY)
    assert.equal(codeOf(await cabinet.order({ quote: old, renews: true })), 'quote.over')
    const [first, second] = [await quoted(), await quoted()]
    await pay(9_000)
    assert.equal(codeOf(await cabinet.order({ quote: first, renews: true })), 'done')
    assert.equal(codeOf(await cabinet.order({ quote: second, renews: true })), 'quote.over')
  },

  'a dearer tariff credits whole days that are not used, a cheaper one waits for the end': async (
    ground,
  ) => {
    const { order, pay, balance, cabinet, later } = await aClient(ground)
    await pay(40_000)
    await order('month')
    await later(10 * DAY)
    const { quote } = await order('year')
    assert.deepEqual([quote.kind, quote.price], ['downgrade', 29_000], 'a year is cheaper by days')
    assert.equal(await balance(), 37_100)
    await later(21 * DAY)
    await settleDue(ground.db, ground.clock.now())
    assert.equal(await balance(), 8_100)
    const weekly = await order('week')
    assert.equal(weekly.quote.kind, 'upgrade')
    assert.equal(weekly.quote.credit - weekly.quote.price, -weekly.quote.sum)
    assert.equal(await balance(), 8_100 - weekly.quote.sum)
    const own = await cabinet.equipment({})
    const run = own.kind === 'done' ? own.value.equipment[0]?.subscription : null
    assert.equal(run?.tariff, 'week')
  },

  '40 days of standstill are caught up period by period, once, whoever comes first': async (
    ground,
  ) => {
    const { pay, order, lease, balance, serial, later, cabinet } = await aClient(ground)
    await pay(2_900 * 3)
    await order('month')
    await later(66 * DAY)
    const now = ground.clock.now()
    const all = Array.from({ length: 4 }, () => [settleDue(ground.db, now), lease()])
    await Promise.all(all.flat())
    assert.equal(await balance(), 0)
    const periods = await ground.db.query<{ k: number }>(
      'select k from charge where serial = $1 order by k',
      [serial],
    )
    assert.deepEqual(
      periods.map(({ k }) => k),
      [0, 1, 2],
    )
    const moved = await cabinet.entries({})
    const charges =
      moved.kind === 'done' ? moved.value.entries.flatMap((each) => each.charge ?? []) : []
    assert.equal(new Set(charges.map(({ on }) => on)).size, 3)
    assert.deepEqual(
      charges.map((each) => [each.serial, each.tariff]),
      Array.from({ length: 3 }, () => [serial, 'Месяц']),
    )
    ground.clock.jump(-30 * DAY)
    await settleDue(ground.db, ground.clock.now())
    ground.clock.jump(30 * DAY)
    await settleDue(ground.db, ground.clock.now())
    assert.equal(await balance(), 0)
  },

  'after a lapse the next run begins on the day of payment, and the gap is not paid for': async (
    ground,
  ) => {
    const { pay, order, state, balance, cabinet, later } = await aClient(ground)
    await pay(2_900)
    await order('month')
    await later(50 * DAY)
    assert.equal(await state(), 'no-subscription')
    await pay(3_000)
    assert.equal(await state(), 'ok')
    assert.equal(await balance(), 100)
    const own = await cabinet.equipment({})
    const run = own.kind === 'done' ? own.value.equipment[0]?.subscription : null
    const today = new Date(ground.clock.now() + 3 * HOUR).toISOString().slice(0, 10)
    assert.equal(run?.anchor, today)
  },

  'a payment is written down once, and undone once, by its opposite': async (ground) => {
    const { staff, account, pay, balance } = await aClient(ground)
    const id = randomUUID()
    await pay(1_000, id)
    await pay(1_000, id)
    assert.equal(await balance(), 1_000)
    const other = await staff.payment({ id, account, sum: 1_001, note: 'x' })
    assert.equal(codeOf(other), 'entry.differs')
    const moved = await staff.payment({ id, account, sum: 1_000, note: 'x' })
    assert.ok(moved.kind === 'done')
    const undo = { entry: moved.value.entry, reason: 'не тому клиенту' }
    const undone = await Promise.all([staff.undo(undo), staff.undo(undo)])
    assert.deepEqual(undone.map(codeOf).sort(), ['done', 'entry.undone'])
    assert.equal(await balance(), 0)
    const listed = await staff.entries({ limit: 2 })
    assert.ok(listed.kind === 'done')
    assert.deepEqual(
      listed.value.entries.map(({ kind, sum, undone: was }) => [kind, sum, was]),
      [
        ['undoing', -1_000, false],
        ['payment', 1_000, true],
      ],
    )
    const [opposite] = listed.value.entries
    const again = await staff.undo({ entry: opposite?.id ?? 0, reason: 'x' })
    assert.equal(codeOf(again), 'entry.stays')
  },

  'ended by staff, unused days are credited, and nobody pays on': async (ground) => {
    const { staff, pay, order, balance, state, serial, later } = await aClient(ground)
    await pay(2_900)
    await order('month')
    const ended = await staff.stopSubscription({ serial, reason: 'закрыли магазин' })
    assert.equal(ended.kind === 'done' && ended.value.subscription?.ended, 'stopped')
    assert.equal(await balance(), 2_900, 'on the first day all of it')
    assert.equal(await state(), 'no-subscription')
    await later(40 * DAY)
    await settleDue(ground.db, ground.clock.now())
    assert.equal(await balance(), 2_900)
  },

  'a client sees and moves what is its own alone': async (ground) => {
    const mine = await aClient(ground)
    const foreign = await aClient(ground)
    await foreign.pay(5_000)
    const quote = await foreign.cabinet.quote({ serial: foreign.serial, tariff: 'month' })
    assert.ok(quote.kind === 'done')
    const { cabinet } = mine
    const { serial, contract, account } = foreign
    const tried = [
      await cabinet.quote({ serial, tariff: 'month' }),
      await cabinet.order({ quote: quote.value.id, renews: true }),
      await cabinet.renewal({ serial, on: false }),
      await cabinet.saveContract({ contract, unp: foreign.unp, company: 'x' }),
      await cabinet.payment({ id: randomUUID(), account, sum: 1, note: 'x' }),
      await cabinet.requireVersion({ version: '9' }),
    ]
    assert.deepEqual(tried.map(codeOf), [
      'equipment.unknown',
      'quote.unknown',
      'equipment.unknown',
      'right.required',
      'right.required',
      'right.required',
    ])
    const [contracts, equipment, entries, orders] = [
      await cabinet.contracts({}),
      await cabinet.equipment({}),
      await cabinet.entries({}),
      await cabinet.orders({}),
    ]
    assert.deepEqual(
      contracts.kind === 'done' && contracts.value.contracts.map(({ number }) => number),
      [mine.contract],
    )
    assert.deepEqual(
      equipment.kind === 'done' && equipment.value.equipment.map((row) => row.serial),
      [mine.serial],
    )
    assert.deepEqual(entries.kind === 'done' && entries.value.entries, [])
    assert.deepEqual(orders.kind === 'done' && orders.value.orders, [])
  },

  'leases rise, and an office that was put back learns of it from the till': async (ground) => {
    const { lease } = await aClient(ground)
    const first = await lease()
    const second = await lease({ held: first })
    assert.ok(second.lease.counter > first.lease.counter)
    assert.deepEqual(await ground.db.query('select from forgotten'), [])
    await ground.db.query(`select setval('lease_number', 1)`)
    const third = await lease({ held: second })
    assert.ok(third.lease.counter > second.lease.counter)
    const kept = await ground.db.query<{ counter: number }>('select counter from forgotten')
    assert.deepEqual(kept, [{ counter: second.lease.counter }])
    const bent = { lease: third.lease, key: third.key, signature: first.signature }
    bent.lease.counter = 2 ** 40
    assert.ok((await lease({ held: bent })).lease.counter < 2 ** 40, 'nobody else lifts it')
  },

  'of two tills that lift the number of leases at once neither lowers it': async ({ db }) => {
    const high = 2 ** 32
    let other = 0
    const between: Sql = {
      query: async (text, parameters) => {
        if (text.includes('setval') && other === 0) other = (await nextLease(db, 2 * high)).number
        return db.query(text, parameters)
      },
    }
    const { number } = await nextLease(between, high)
    assert.ok(other > 2 * high)
    assert.ok(number > other, `${number} behind ${other}`)
  },

  'seeding and the schema twice change nothing': async (ground) => {
    const { contract, unp, cabinet, serial, email } = await aClient(ground)
    await openOffice(ports(ground))
    await sowOffice(ground.db, {
      tariffs: tariffs.map((each) => Object.assign({}, each, { price: 1 })),
      contracts: [{ number: contract, unp: '190275968', company: 'Другая', concludedAt: 0 }],
      equipment: [{ serial, contract }],
      accounts: [{ email, password: 'other', contract }],
    })
    const own = await cabinet.contracts({})
    assert.equal(own.kind === 'done' && own.value.contracts[0]?.unp, unp)
    assert.equal((await cabinet.signIn({ email, password: 'demo' })).kind, 'done')
    const listed = await cabinet.tariffs({})
    assert.ok(listed.kind === 'done' && listed.value.tariffs.every(({ price }) => price > 1))
  },

  'every act of staff is written down': async (ground) => {
    const { staff, contract, serial } = await aClient(ground)
    await staff.endContract({ contract, reason: 'долг' })
    await staff.conclude({ contract })
    await staff.retireEquipment({ serial })
    const acts = await ground.db.query<{ what: string; email: string }>(
      'select what, email from act where target in ($1, $2) order by id',
      [contract, serial],
    )
    assert.deepEqual(
      acts,
      ['contract.end', 'contract.conclude', 'equipment.retire'].map((what) => ({
        what,
        email: STAFF,
      })),
    )
  },

  'demo payments are taken where they are set up alone': async (ground) => {
    const { cabinet, balance, staff } = await aClient(ground)
    const paid = await cabinet.demoPayment({ id: randomUUID(), sum: 500 })
    assert.equal(paid.kind, 'done')
    assert.equal(await balance(), 500)
    const nobody = await staff.demoPayment({ id: randomUUID(), sum: 500 })
    assert.equal(codeOf(nobody), 'account.unknown')
    const { app } = await openOffice(Object.assign(ports(ground), { takesDemoPayments: false }))
    const real = await aClient({ db: ground.db, clock: ground.clock, app })
    const refused = await real.cabinet.demoPayment({ id: randomUUID(), sum: 500 })
    assert.equal(codeOf(refused), 'payment.not-taken')
    assert.equal(await real.balance(), 0)
  },
}

const ports = ({ db, clock }: Pick<Ground, 'db' | 'clock'>) => ({
  db,
  clock,
  log: silentLog,
  key: operatorKey,
  verify: believesOperator,
  takesDemoPayments: true,
  mails: true,
})

/** What the office promises, over any PostgreSQL. Every test has a client of its own. */
export function officeSuite(open: () => Promise<Postgres>): void {
  let ground: Ground
  before(async () => {
    const db = await open()
    const clock = aClock()
    const { app } = await openOffice(ports({ db, clock }))
    ground = { db, app, clock }
  })
  after(async () => {
    await assertBooks(ground.db)
    await ground.db.close()
  })
  const all = [
    promises,
    actsPromises,
    tradePromises,
    peoplePromises,
    mailPromises,
    invoicePromises,
    tariffPromises,
  ].flatMap((each) => Object.entries(each))
  for (const [name, holds] of all) test(name, () => holds(ground))
}
