import assert from 'node:assert/strict'
import { addDays } from '#core/billing/calendar.ts'
import { QUOTE_DAYS } from '#core/billing/quote.ts'
import { DAY, minskDay } from '#core/time.ts'
import { aClient, type Ground } from './suite-ground.ts'

type Client = Awaited<ReturnType<typeof aClient>>

let made = 0
/** Each test changes tariffs of its own: everybody else's cost what they cost. */
export async function aTariff({ staff }: Client, { clock }: Ground, change: object = {}) {
  made += 1
  const tariff = `own-${made}`
  const from = minskDay(clock.now())
  const of = { tariff, name: `Свой ${made}`, price: 900, months: 0, days: 7, from }
  const answer = await staff.addTariff(Object.assign(of, change))
  assert.equal(answer.kind, 'done', JSON.stringify(answer))
  return tariff
}

const faultOf = (answer: Told) =>
  answer.kind === 'invalid' ? `${answer.field} ${answer.fault}` : (answer.code ?? answer.kind)

type Told = {
  kind: string
  field?: string | undefined
  fault?: string | undefined
  code?: string | undefined
}

const pricesOf = async ({ staff }: Client, tariff: string) => {
  const answer = await staff.tariffPrices({})
  assert.ok(answer.kind === 'done')
  return answer.value.prices.filter((each) => each.tariff === tariff)
}

/** What the office promises of tariffs and their prices by date. */
export const tariffPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'a new price holds from its day: a renewal before it costs the old, one after it the new': async (
    ground,
  ) => {
    const client = await aClient(ground)
    const { staff, pay, order, later, balance, cabinet, serial } = client
    const tariff = await aTariff(client, ground)
    const today = minskDay(ground.clock.now())
    await pay(10_000)
    await order(tariff)
    const from = addDays(today, QUOTE_DAYS)
    assert.equal((await staff.changePrice({ tariff, price: 1_100, from })).kind, 'done')
    await later(7 * DAY)
    assert.equal(await balance(), 10_000 - 900, 'nobody came by yet')
    const told = await cabinet.home({})
    const till = told.kind === 'done' ? told.value.tills[0] : undefined
    assert.deepEqual(till?.repriced, { on: from, price: 1_100, before: 900 })
    assert.equal(await balance(), 10_000 - 2 * 900)
    const listed = await cabinet.tariffs({})
    const shown = listed.kind === 'done' && listed.value.tariffs.find(({ id }) => id === tariff)
    assert.deepEqual(shown && [shown.price, shown.ahead], [900, [{ from, price: 1_100 }]])
    // The price of a period is that of its first day, prepaid or not.
    const quote = await cabinet.quote({ serial, tariff })
    assert.deepEqual(quote.kind === 'done' && [quote.value.kind, quote.value.sum], [
      'prolong',
      1100,
    ])
    await later(7 * DAY)
    await cabinet.home({})
    assert.equal(await balance(), 10_000 - 2 * 900 - 1_100)
    // What was charged is given back, whatever a period costs now.
    const stopped = await staff.stopSubscription({ serial, reason: 'по просьбе' })
    assert.equal(stopped.kind, 'done')
    assert.equal(await balance(), 10_000 - 2 * 900)
    const states = (await pricesOf(client, tariff)).map(({ price, state }) => [price, state])
    assert.deepEqual(states, [
      [900, 'past'],
      [1_100, 'present'],
    ])
  },

  'an order is charged the price that it was given, though another holds by then': async (
    ground,
  ) => {
    const client = await aClient(ground)
    const { staff, pay, cabinet, serial, later, balance } = client
    const tariff = await aTariff(client, ground)
    const from = addDays(minskDay(ground.clock.now()), QUOTE_DAYS)
    await staff.changePrice({ tariff, price: 5_000, from })
    await later((QUOTE_DAYS - 1) * DAY)
    const quote = await cabinet.quote({ serial, tariff })
    assert.ok(quote.kind === 'done' && quote.value.price === 900)
    await later(2 * DAY)
    await cabinet.order({ quote: quote.value.id, renews: true })
    await pay(900)
    assert.equal(await balance(), 0)
    const orders = await cabinet.orders({})
    assert.deepEqual(
      orders.kind === 'done' && orders.value.orders.map(({ state, sum }) => [state, sum]),
      [['paid', 900]],
    )
  },

  'what has begun to hold never changes; what is ahead is undone by an act': async (ground) => {
    const client = await aClient(ground)
    const { staff } = client
    const today = minskDay(ground.clock.now())
    const tariff = await aTariff(client, ground)
    const near = addDays(today, QUOTE_DAYS - 1)
    const from = addDays(today, QUOTE_DAYS)
    const change = (day: string) => staff.changePrice({ tariff, price: 1_000, from: day })
    assert.equal(faultOf(await change(near)), 'from day-too-near')
    assert.equal(faultOf(await change(from)), 'done')
    assert.equal(faultOf(await change(from)), 'from taken')
    const again = { tariff, name: 'x', price: 1, months: 1, days: 0, from: today }
    assert.equal(faultOf(await staff.addTariff(again)), 'tariff taken')
    const other = Object.assign({}, again, { tariff: `${tariff}-x` })
    const yesterday = Object.assign({}, other, { from: addDays(today, -1) })
    assert.equal(faultOf(await staff.addTariff(yesterday)), 'from day-past')
    assert.equal(
      faultOf(await staff.addTariff(Object.assign({}, other, { days: 3 }))),
      'days malformed',
    )
    const unknown = await staff.changePrice({ tariff: 'no-such', price: 1, from })
    assert.equal(faultOf(unknown), 'tariff.unknown')
    const [first, second] = await pricesOf(client, tariff)
    const undo = (price: number) => staff.undoPrice({ price, reason: 'ошибка' })
    assert.equal(faultOf(await undo(first?.id ?? 0)), 'price day-past')
    assert.equal(faultOf(await undo(second?.id ?? 0)), 'done')
    assert.equal(faultOf(await undo(second?.id ?? 0)), 'done', 'undone twice it is undone')
    assert.equal(faultOf(await change(from)), 'done', 'its day is free again')
    const acts = await staff.acts({ target: tariff, limit: 10 })
    const names = acts.kind === 'done' ? acts.value.acts.map(({ what }) => what) : []
    assert.deepEqual(names, ['tariff.price', 'tariff.undo', 'tariff.price', 'tariff.add'])
  },

  'a tariff that is ahead is had by nobody, and goes with its first price': async (ground) => {
    const client = await aClient(ground)
    const { staff, cabinet, serial } = client
    const today = minskDay(ground.clock.now())
    const undo = (price: number) => staff.undoPrice({ price, reason: 'ошибка' })
    const ahead = await aTariff(client, ground, { from: addDays(today, 30) })
    assert.equal(faultOf(await cabinet.quote({ serial, tariff: ahead })), 'tariff.unknown')
    const [only] = await pricesOf(client, ahead)
    assert.equal(only?.state, 'future')
    const more = await staff.changePrice({ tariff: ahead, price: 2, from: addDays(today, 40) })
    assert.equal(more.kind, 'done')
    assert.equal(faultOf(await undo(only?.id ?? 0)), 'price not-last')
    const [, last] = await pricesOf(client, ahead)
    assert.equal(faultOf(await undo(last?.id ?? 0)), 'done')
    assert.equal(faultOf(await undo(only?.id ?? 0)), 'done')
    await client.later(31 * DAY)
    assert.equal(faultOf(await cabinet.quote({ serial, tariff: ahead })), 'tariff.unknown')
  },
}
