import assert from 'node:assert/strict'
import { addDays, printedDay } from '#core/billing/calendar.ts'
import { QUOTE_DAYS } from '#core/billing/quote.ts'
import { DAY, HOUR, MINUTE, minskDay } from '#core/time.ts'
import { settleDue } from './settling.ts'
import { aClient, type Ground } from './suite-ground.ts'
import { aMailing } from './suite-people.ts'
import { aTariff } from './suite-tariffs.ts'
import { aTrader } from './suite-trade.ts'

/** What clients are told of by mail of their subscriptions and business days. */
export const mailPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'an end that no money covers is told a week ahead, and that it is settled': async (ground) => {
    const { email, serial, account, pay, order, later } = await aClient(ground)
    const mailing = aMailing(ground, email)
    await pay(2_900)
    await order('month')
    await mailing.run()
    assert.deepEqual(mailing.subjects(), [])
    const until = await endOf(ground, serial)
    const days = (Date.parse(until) - Date.parse(minskDay(ground.clock.now()))) / DAY
    await later((days - 7) * DAY)
    await mailing.run()
    assert.deepEqual(mailing.subjects(), [], 'money may be under way')
    ground.clock.advance(HOUR)
    for (let n = 0; n < 3; n++) await mailing.run()
    const begun = `Касса ${serial}: подписка заканчивается ${printedDay(until)}`
    assert.deepEqual(mailing.subjects(), [begun])
    assert.match(mailing.sent[0]?.text ?? '', new RegExp(`лицевой счёт ${account}`))
    await pay(2_900)
    await mailing.run()
    ground.clock.advance(MINUTE)
    for (let n = 0; n < 3; n++) await mailing.run()
    assert.deepEqual(mailing.subjects().slice(1), [`Касса ${serial}: с подпиской всё улажено`])
  },

  'a renewal that failed is told in place of the end ahead, and its own end once': async (
    ground,
  ) => {
    const { email, serial, pay, order, later } = await aClient(ground)
    const mailing = aMailing(ground, email)
    await pay(900)
    await order('week')
    await mailing.run()
    ground.clock.advance(HOUR)
    await mailing.run()
    assert.equal(mailing.sent.length, 1, 'a week is told of from its first day')
    await later(8 * DAY)
    await settleDue(ground.db, ground.clock.now())
    for (let n = 0; n < 3; n++) await mailing.run()
    const lapsed = `Касса ${serial}: подписка не продлена`
    assert.deepEqual(mailing.subjects().slice(1), [lapsed])
    await pay(1_800)
    for (let n = 0; n < 3; n++) await mailing.run()
    assert.deepEqual(mailing.subjects().slice(2), [`Касса ${serial}: с подпиской всё улажено`])
    // What lapsed long before anybody was told of it is history.
    await ground.db.query('delete from matter')
    await later(40 * DAY)
    await settleDue(ground.db, ground.clock.now())
    await later(30 * DAY)
    await mailing.run()
    assert.equal(mailing.sent.length, 3)
  },

  'a letter is not held up by a clock that was put back': async (ground) => {
    const mine = await aTrader(ground)
    const mailing = aMailing(ground, mine.email)
    await mine.sell([{ sum: 1_100 }])
    await mine.close(1, [1_100], [1_200])
    await ground.db.query(
      `insert into mail(id, email, language, facts, told, made_at, next_at)
       select gen_random_uuid(), $1, 'ru', facts, told, made_at, $2 from mail limit 1`,
      [mine.email, ground.clock.now() + 8 * HOUR],
    )
    const waiting = await ground.db.query('select from mail where email = $1', [mine.email])
    await mailing.run()
    assert.ok(mailing.sent.length >= waiting.length && waiting.length > 0)
  },

  'a day that does not balance is told to its client, and that the bank mended it': async (
    ground,
  ) => {
    const [mine, other] = [await aTrader(ground), await aTrader(ground)]
    const { terminal, email, close } = mine
    const [mailing, others] = [aMailing(ground, email), aMailing(ground, other.email)]
    await mine.sell([{ sum: 1_100 }])
    await close(1, [1_100], [1_200])
    await close(2, [1_100], [1_100])
    for (let n = 0; n < 3; n++) await mailing.run()
    const bent = `Бизнес-день 1 терминала ${terminal} не сошёлся с банком`
    assert.deepEqual(mailing.subjects(), [bent])
    await mine.later(10 * DAY)
    await mailing.run()
    assert.deepEqual(mailing.subjects(), [bent], 'time alone mends nothing')
    await close(1, [1_200], [1_200])
    for (let n = 0; n < 3; n++) await mailing.run()
    const mended = `Бизнес-день 1 терминала ${terminal} сошёлся с банком`
    assert.deepEqual(mailing.subjects().slice(1), [mended])
    await others.run()
    assert.deepEqual(others.sent, [])
  },

  'a new price is told once ahead of its day, and when the day has come': async (ground) => {
    const client = await aClient(ground)
    const other = await aClient(ground)
    const [mailing, others] = [client, other].map(({ email }) => aMailing(ground, email))
    assert.ok(mailing && others)
    const tariff = await aTariff(client, ground, { name: 'Свой' })
    await client.pay(10_000)
    await client.order(tariff)
    assert.equal((await client.cabinet.chooseLanguage({ language: 'be' })).kind, 'done')
    const from = addDays(minskDay(ground.clock.now()), QUOTE_DAYS + 3)
    const change = { tariff, price: 1_100, from }
    assert.equal((await client.staff.changePrice(change)).kind, 'done')
    await mailing.run()
    assert.deepEqual(mailing.subjects(), [], 'it may be a slip')
    ground.clock.advance(HOUR)
    for (let n = 0; n < 3; n++) await mailing.run()
    assert.deepEqual(mailing.subjects(), [`Тарыф «Свой»: новая цана з ${printedDay(from)}`])
    assert.match(mailing.sent[0]?.text ?? '', /9\.00\u00a0BYN.* 11\.00\u00a0BYN/)
    const renews = async (on: boolean) => {
      const { serial } = client
      assert.equal((await client.cabinet.renewal({ serial, on })).kind, 'done')
      for (let n = 0; n < 3; n++) {
        ground.clock.advance(HOUR)
        await mailing.run()
      }
    }
    const isOfPrice = (subject: string) => subject.startsWith('Тарыф')
    await renews(false)
    await renews(true)
    assert.equal(mailing.subjects().filter(isOfPrice).length, 1)
    await client.later(QUOTE_DAYS * DAY)
    await mailing.run()
    assert.equal(mailing.subjects().filter(isOfPrice).length, 1)
    await client.later(3 * DAY)
    for (let n = 0; n < 3; n++) await mailing.run()
    await client.later(DAY)
    await mailing.run()
    assert.deepEqual(mailing.subjects().filter(isOfPrice).slice(1), [
      'Тарыф «Свой»: цяпер падаўжэнне каштуе 11.00\u00a0BYN',
    ])
    await others.run()
    assert.deepEqual(others.sent, [], 'whom it does not concern')
  },

  'a price that is withdrawn before its day is told to whoever heard of it, and to nobody else':
    async (ground) => {
      const client = await aClient(ground)
      const mailing = aMailing(ground, client.email)
      const tariff = await aTariff(client, ground, { name: 'Иной' })
      await client.pay(10_000)
      await client.order(tariff)
      const from = addDays(minskDay(ground.clock.now()), QUOTE_DAYS)
      const announce = async () => {
        assert.equal((await client.staff.changePrice({ tariff, price: 1_100, from })).kind, 'done')
        await mailing.run()
      }
      const withdraw = async () => {
        const listed = await client.staff.tariffPrices({})
        const prices = listed.kind === 'done' ? listed.value.prices : []
        const ahead = prices.find((each) => each.tariff === tariff && each.state === 'future')
        const undone = { price: ahead?.id ?? 0, reason: 'описка' }
        assert.equal((await client.staff.undoPrice(undone)).kind, 'done')
        for (let n = 0; n < 3; n++) await mailing.run()
      }
      await announce()
      await withdraw()
      assert.deepEqual(mailing.subjects(), [], 'a slip is nobody’s letter')
      await announce()
      ground.clock.advance(HOUR)
      await mailing.run()
      await withdraw()
      assert.deepEqual(mailing.subjects(), [
        `Тариф «Иной»: новая цена с ${printedDay(from)}`,
        `Тариф «Иной»: новой цены с ${printedDay(from)} не будет`,
      ])
      assert.match(mailing.sent[1]?.text ?? '', /9\.00\u00a0BYN, как прежде/)
      await client.later((QUOTE_DAYS + 1) * DAY)
      await mailing.run()
      assert.equal(mailing.subjects().filter((each) => each.includes('Иной')).length, 2)
    },

  'who does not want a notice is not told': async (ground) => {
    const { email, cabinet, close } = await aTrader(ground)
    const wanted = ['subscription', 'renewal'] as const
    assert.equal((await cabinet.chooseNotices({ wanted: [...wanted] })).kind, 'done')
    const mailing = aMailing(ground, email)
    await close(1, [100], [200])
    await mailing.run()
    assert.deepEqual(mailing.sent, [])
  },
}

/** The first day that a till is not paid for. */
async function endOf({ db }: Ground, serial: string): Promise<string> {
  const [row] = await db.query<{ until: string }>(
    'select paid_until as until from subscription where serial = $1',
    [serial],
  )
  return row?.until ?? assert.fail('it has a subscription')
}
