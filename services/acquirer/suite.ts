import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { explain, type Movement, noTotals, totalsOf } from '#core/card/business-day.ts'
import { decode, encode } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { MINUTE } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import {
  aBankCard,
  aBankTerminal,
  aPan,
  askedBytes,
  feedOf,
  type Ground,
  newId,
  secrets,
} from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { openAcquirer } from './app.ts'
import { sowAcquirer } from './seed.ts'

const promises: Record<string, (ground: Ground) => Promise<void>> = {
  'a purchase is approved once, however often it is sent': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const request = terminal.purchase({ card: card.read })
    const first = await terminal.operate(request)
    assert.ok(first.kind === 'approved')
    assert.match(first.rrn, /^632709\d{6}$/)
    assert.deepEqual(await terminal.operate(request), first)
    const [again, other] = await Promise.all([
      terminal.operate(request),
      terminal.operate({ ...request, sum: kopecks(1) }),
    ])
    assert.deepEqual(again, first)
    assert.deepEqual(other, { kind: 'unclear', code: '913' })
    assert.deepEqual(await card.balance(), [98_750])
    const { operation } = request
    assert.deepEqual(await terminal.inquire(operation), {
      ...first,
      kind: 'told',
      fate: 'approved',
      sum: 1250,
    })
  },

  'a message sent twice at once charges once': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const message = terminal.compose(terminal.purchase({ card: card.read }))
    const answers = await Promise.all(Array.from({ length: 6 }, () => terminal.say(message)))
    assert.equal(new Set(answers.map(({ fields }) => fields[37])).size, 1)
    assert.deepEqual(await card.balance(), [98_750])
  },

  'a decline is kept, and asking again does not change it': async (ground) => {
    const poor = await aBankCard(ground, { balance: 1249 })
    const terminal = await aBankTerminal(ground)
    const request = terminal.purchase({ card: poor.read })
    assert.deepEqual(await terminal.operate(request), { kind: 'declined', code: '116' })
    await ground.db.query('update card set balance = 5000 where card = $1', [poor.key])
    assert.deepEqual(await terminal.operate(request), { kind: 'declined', code: '116' })
    const told = await terminal.inquire(request.operation)
    assert.deepEqual(told, { kind: 'told', fate: 'declined', code: '116' })
    const undone = await terminal.reverse(terminal.undo(request))
    assert.deepEqual(undone, { kind: 'reversed', day: null })
    assert.deepEqual(await poor.balance(), [5000])
  },

  'no card number is in the database': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const unknown = aPan()
    await terminal.charged(card.read)
    const stranger = { ...card.read, pan: unknown }
    const answer = await terminal.operate(terminal.purchase({ card: stranger }))
    assert.deepEqual(answer, { kind: 'declined', code: '118' })
    const tables = ['terminal', 'card', 'entry', 'fence', 'business_day']
    for (const table of tables) {
      const rows = await ground.db.query<{ text: string }>(`select t::text from ${table} t`)
      const text = rows.map((row) => row.text).join('\n')
      assert.ok(!text.includes(card.pan) && !text.includes(unknown), table)
    }
  },

  'two terminals do not spend the same money': async (ground) => {
    const card = await aBankCard(ground, { balance: 5000 })
    const terminals = await Promise.all([
      aBankTerminal(ground),
      aBankTerminal(ground),
      aBankTerminal(ground),
    ])
    const answers = await Promise.all(
      terminals.flatMap((terminal) =>
        [1, 2, 3].map(() => terminal.operate(terminal.purchase({ card: card.read }))),
      ),
    )
    assert.equal(answers.filter(({ kind }) => kind === 'approved').length, 4)
    assert.deepEqual(await card.balance(), [0])
  },

  'refunds never give back more than was charged, at whatever terminals at once': async (
    ground,
  ) => {
    const card = await aBankCard(ground)
    const one = await aBankTerminal(ground)
    const two = await aBankTerminal(ground, one.merchant)
    const stranger = await aBankTerminal(ground)
    const { answer } = await one.charged(card.read, 1000)
    const refund = (terminal: typeof one, sum: number) =>
      terminal.operate(
        terminal.purchase({
          kind: 'refund',
          sum: kopecks(sum),
          original: answer.rrn,
          card: null,
        }),
      )
    assert.deepEqual(await refund(stranger, 1), { kind: 'declined', code: '914' })
    const answers = await Promise.all(
      [one, two, one, two, one, two].map((terminal) => refund(terminal, 300)),
    )
    assert.equal(answers.filter(({ kind }) => kind === 'approved').length, 3)
    assert.deepEqual(await refund(two, 101), { kind: 'declined', code: '110' })
    assert.equal((await refund(two, 100)).kind, 'approved')
    assert.deepEqual(await card.balance(), [100_000])
  },

  'a refund goes to the card of the purchase and to no other': async (ground) => {
    const [card, other] = [await aBankCard(ground), await aBankCard(ground)]
    const terminal = await aBankTerminal(ground)
    const { answer } = await terminal.charged(card.read)
    const refund = terminal.purchase({
      kind: 'refund',
      original: answer.rrn,
      card: other.read,
    })
    assert.deepEqual(await terminal.operate(refund), { kind: 'declined', code: '603' })
    const right = { ...refund, operation: newId(), card: card.read }
    assert.equal((await terminal.operate(right)).kind, 'approved')
    assert.deepEqual([await card.balance(), await other.balance()], [[100_000], [100_000]])
  },

  'a reversal is done once, however often it is sent, and answered the same': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const request = await terminal.charged(card.read)
    const undo = terminal.undo(request)
    assert.deepEqual(await terminal.reverse(undo), { kind: 'reversed', day: 1 })
    await terminal.close(1, noTotals)
    const repeat = { ...undo, repeat: true }
    const answers = await Promise.all([1, 2, 3].map(() => terminal.reverse(repeat)))
    for (const answer of answers) assert.deepEqual(answer, { kind: 'reversed', day: 1 })
    assert.deepEqual(await card.balance(), [100_000])
    const told = await terminal.inquire(request.operation)
    assert.ok(told.kind === 'told' && told.fate === 'reversed')
    assert.equal((await terminal.operate(request)).kind, 'approved', 'a repeat tells what it told')
    assert.deepEqual(await card.balance(), [100_000])
  },

  'a reversal that comes first stops its purchase for ever': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const request = terminal.purchase({ card: card.read })
    const told = { kind: 'told', fate: 'never' }
    assert.deepEqual(await terminal.inquire(request.operation), { ...told, fenced: false })
    assert.deepEqual(await terminal.reverse(terminal.undo(request)), { kind: 'not-found' })
    assert.deepEqual(await terminal.inquire(request.operation), { ...told, fenced: true })
    assert.deepEqual(await terminal.operate(request), { kind: 'declined', code: '902' })
    assert.deepEqual(await terminal.operate(request), { kind: 'declined', code: '902' })
    const again = terminal.undo(request, { repeat: true })
    assert.deepEqual(await terminal.reverse(again), { kind: 'not-found' })
    assert.deepEqual(await card.balance(), [100_000])
  },

  'a purchase and its reversal at once leave the card as it was': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    for (let round = 0; round < 8; round++) {
      const request = terminal.purchase({ card: card.read })
      const both = [terminal.operate(request), terminal.reverse(terminal.undo(request))]
      await Promise.all(round % 2 === 0 ? both : both.reverse())
      assert.deepEqual(await card.balance(), [100_000])
    }
  },

  'an inquiry charges nothing and leaves no trace': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const request = terminal.purchase({ card: card.read })
    for (let time = 0; time < 3; time++) await terminal.inquire(request.operation)
    assert.equal((await terminal.operate(request)).kind, 'approved')
  },

  'a void takes back the whole, and voids and refunds can be reversed': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const { answer } = await terminal.charged(card.read)
    const back = { sum: kopecks(1250), original: answer.rrn, card: null }
    const give = terminal.purchase({ kind: 'void', ...back })
    assert.equal((await terminal.operate(give)).kind, 'approved')
    assert.deepEqual(await card.balance(), [100_000])
    const late = terminal.purchase({ kind: 'refund', ...back })
    assert.deepEqual(await terminal.operate(late), { kind: 'declined', code: '902' })
    assert.deepEqual(await terminal.reverse(terminal.undo(give)), { kind: 'reversed', day: 1 })
    assert.deepEqual(await card.balance(), [98_750])
    const refund = terminal.purchase({ kind: 'refund', ...back })
    assert.equal((await terminal.operate(refund)).kind, 'approved')
    assert.deepEqual(await terminal.reverse(terminal.undo(refund)), { kind: 'reversed', day: 1 })
    assert.deepEqual(await card.balance(), [98_750])
  },

  'a business day in balance is closed once, and its answer can be asked again': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    assert.deepEqual(await terminal.signOn(), { kind: 'connected', day: 1 })
    const one = await terminal.charged(card.read)
    const movement = { ...one, reversal: false }
    const totals = totalsOf([movement])
    const balanced = { kind: 'balanced', totals }
    assert.deepEqual(await terminal.close(1, totals, 'checkpoint'), balanced)
    assert.deepEqual(await terminal.signOn(), { kind: 'connected', day: 1 })
    assert.deepEqual(await terminal.close(1, totals), balanced)
    assert.deepEqual(await terminal.signOn(), { kind: 'connected', day: 2 })
    assert.deepEqual(await terminal.close(1, totals), balanced)
    assert.deepEqual(await terminal.close(1, noTotals), { kind: 'differs', totals })
    assert.deepEqual(await terminal.close(1, totals), balanced)
    assert.deepEqual(await terminal.close(3, totals), { kind: 'refused', code: '915' })
    const { answer } = await terminal.charged(card.read)
    assert.equal(answer.day, 2)
    const voided = terminal.purchase({ kind: 'void', original: one.answer.rrn, card: null })
    assert.deepEqual(await terminal.operate(voided), { kind: 'declined', code: '902' })
    const days = await feedOf(ground).days({ terminal: terminal.terminal })
    assert.deepEqual(days.kind === 'done' && days.value.days.map(({ day, code }) => [day, code]), [
      [1, '500'],
    ])
  },

  'what is undone after the closing is booked in the day that is open': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const request = await terminal.charged(card.read)
    await terminal.close(1, totalsOf([{ ...request, reversal: false }]))
    assert.deepEqual(await terminal.reverse(terminal.undo(request)), { kind: 'reversed', day: 2 })
    const totals = totalsOf([{ ...request, reversal: true }])
    assert.deepEqual(await terminal.close(2, totals), { kind: 'balanced', totals })
    assert.deepEqual(await card.balance(), [100_000])
  },

  'a day out of balance is explained down to the transaction': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const own: Movement[] = []
    for (let n = 1; n <= 20; n++) {
      const { operation, kind, sum } = await terminal.charged(card.read, n)
      own.push({ operation, kind, reversal: false, sum })
    }
    const lost = await terminal.charged(card.read, 777)
    const answer = await terminal.close(1, totalsOf(own))
    assert.equal(answer.kind, 'differs')
    const listed = await terminal.list(1)
    assert.equal(listed.length, 21)
    const [difference, ...rest] = explain(listed, own)
    assert.deepEqual(rest, [])
    assert.equal(difference?.operation, lost.operation)
    assert.deepEqual([difference.bank?.sum, difference.terminal], [777, null])
  },

  'the stand orders one decline': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const feed = feedOf(ground)
    await feed.decline({ code: '126' })
    const answer = await terminal.operate(terminal.purchase({ card: card.read }))
    assert.deepEqual(answer, { kind: 'declined', code: '126' })
    await terminal.charged(card.read)
    await feed.decline({ code: '126' })
    await feed.decline({ code: null })
    await terminal.charged(card.read)
    const bad = await feed.decline({ code: '777' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'code')
  },

  'the feed shows what the cabinet shows, to the holder of the token': async (ground) => {
    const card = await aBankCard(ground, { issuer: 'ОАО "Белинвестбанк"' })
    const terminal = await aBankTerminal(ground)
    const good = await terminal.charged(card.read)
    ground.clock.advance(MINUTE)
    await terminal.reverse(terminal.undo(good))
    ground.clock.advance(MINUTE)
    await feedOf(ground).decline({ code: '126' })
    await terminal.operate(terminal.purchase({ card: card.read, sum: kopecks(2318) }))
    const { merchant } = terminal
    const answer = await feedOf(ground).transactions({ merchant })
    assert.ok(answer.kind === 'done')
    const shown = answer.value.transactions.map((row) => [
      row.serial,
      row.bank,
      row.receipt,
      row.masked,
      row.sum,
      row.title,
      row.code,
      row.description,
      row.rrn,
      row.auth,
      row.issuer,
    ])
    const same = [terminal.serial, terminal.bank]
    const { rrn, auth } = good.answer
    assert.deepEqual(shown, [
      [
        ...same,
        2,
        card.masked,
        2318,
        'Оплата',
        '126',
        'Операция запрещена',
        null,
        null,
        'ОАО "Белинвестбанк"',
      ],
      [
        ...same,
        1,
        card.masked,
        1250,
        'Техническая отмена',
        '400',
        'Отмена принята',
        rrn,
        auth,
        'ОАО "Белинвестбанк"',
      ],
      [
        ...same,
        1,
        card.masked,
        1250,
        'Оплата',
        '000',
        'Операция одобрена',
        rrn,
        auth,
        'ОАО "Белинвестбанк"',
      ],
    ])
    const closed = await feedOf(ground, 'wrong').transactions({ merchant })
    assert.equal(closed.kind === 'refused' && closed.code, 'session.required')
    const bare = await ground.bank.app.request('/api/transactions')
    assert.equal(bare.status, 401)
  },

  'the feed comes page by page, newest first, nothing twice': async (ground) => {
    const card = await aBankCard(ground)
    const one = await aBankTerminal(ground)
    const two = await aBankTerminal(ground, one.merchant)
    for (let n = 1; n <= 7; n++) {
      await Promise.all([one.charged(card.read, n), two.charged(card.read, n)])
      if (n % 3 === 0) ground.clock.advance(MINUTE)
    }
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await feedOf(ground).transactions({ merchant: one.merchant, limit: 4, before })
      assert.ok(page.kind === 'done')
      const { transactions, next } = page.value
      seen.push(...transactions.map(({ at, operation }) => `${at} ${operation}`))
      before = next ?? undefined
    } while (before)
    assert.equal(new Set(seen).size, 14)
    const times = seen.map((text) => Number(text.split(' ')[0]))
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    )
    const only = await feedOf(ground).transactions({ terminal: two.terminal, limit: 200 })
    assert.equal(only.kind === 'done' && only.value.transactions.length, 7)
    const bad = await feedOf(ground).transactions({ before: 'нет' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'before')
  },

  'whoever names another merchant or another terminal is refused in every message': async (
    ground,
  ) => {
    const card = await aBankCard(ground)
    const good = await aBankTerminal(ground)
    const request = good.purchase({ card: card.read })
    for (const asked of [request, good.undo(request), { kind: 'echo' } as const]) {
      const message = good.compose(asked)
      const fields = { ...message.fields, 42: 'ANOTHERMERCHANT' }
      assert.equal((await good.say({ ...message, fields })).fields[39], '109')
      const nobody = { ...message.fields, 41: 'NOBODY  ' }
      const strange = askedBytes({ ...message, fields: nobody }, good.key)
      assert.equal((await ground.bank.answer(strange))?.from, 'stranger')
    }
    assert.deepEqual(await card.balance(), [100_000])
  },

  'a message without a field it needs is told which; bytes that are no message are not answered':
    async (ground) => {
      const card = await aBankCard(ground)
      const terminal = await aBankTerminal(ground)
      const message = terminal.compose(terminal.purchase({ card: card.read }))
      const { 62: _, ...fields } = message.fields
      const answer = await terminal.say({ ...message, fields })
      assert.equal(answer.fields[39], '904')
      assert.equal(answer.fields[44], 'field 62: missing')
      assert.equal(await ground.bank.answer(Buffer.from('GET / HTTP/1.1\r\n\r\n')), null)
      const reply = encode({ type: '1210', fields: { 11: '000001' } })
      assert.ok(reply.kind === 'bytes')
      assert.equal(await ground.bank.answer(reply.bytes), null)
    },

  'a card whose bank is slow is charged at once and answered later': async (ground) => {
    const card = await aBankCard(ground, { delayMs: 40_000 })
    const terminal = await aBankTerminal(ground)
    const request = terminal.purchase({ card: card.read })
    const answered = await ground.bank.answer(askedBytes(terminal.compose(request), terminal.key))
    assert.equal(answered?.afterMs, 40_000)
    const told = await terminal.inquire(request.operation)
    assert.ok(told.kind === 'told' && told.fate === 'approved')
    assert.deepEqual(await terminal.reverse(terminal.undo(request)), { kind: 'reversed', day: 1 })
    assert.deepEqual(await card.balance(), [100_000])
  },

  'bent messages are answered or not, and never make or lose money': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    const bent = fc.record({ undo: fc.boolean(), at: fc.nat(), byte: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(bent, async ({ undo, at, byte }) => {
        const request = terminal.purchase({ card: card.read, sum: kopecks(1) })
        const message = terminal.compose(undo ? terminal.undo(request) : request)
        const encoded = encode(message)
        assert.ok(encoded.kind === 'bytes')
        const { bytes } = encoded
        bytes[at % bytes.length] = byte
        const bent = decode(bytes)
        // Bent before it was sealed, and on the line.
        const asked = askedBytes(bent.kind === 'message' ? bent.message : message, terminal.key)
        const onTheLine = asked.map((each, i) => (i === at % asked.length ? byte : each))
        for (const frame of [asked, onTheLine]) {
          const answered = await ground.bank.answer(frame)
          assert.ok(answered === null || decode(answered.bytes).kind === 'message')
        }
      }),
      { numRuns: 400 },
    )
    const [booked] = await ground.db.query<{ sum: number }>(
      `select coalesce(sum(sum), 0)::bigint as sum from entry
       where masked = $1 and rrn is not null and not reversal`,
      [card.masked],
    )
    assert.deepEqual(await card.balance(), [100_000 - (booked?.sum ?? 0)])
  },

  'seeding and the schema twice change nothing': async (ground) => {
    const card = await aBankCard(ground)
    const terminal = await aBankTerminal(ground)
    await terminal.charged(card.read)
    await openAcquirer({ ...ground, log: silentLog, secrets })
    const { pan } = card
    const cards = [{ pan, expiry: '4912', issuer: 'Другой', balance: 1 }]
    const { merchant, serial, bank } = terminal
    const terminals = [{ terminal: terminal.terminal, merchant, serial, bank }]
    await sowAcquirer(ground.db, { cards, terminals }, secrets)
    assert.deepEqual(await card.balance(), [98_750])
  },
}

/** What the bank's host promises, over any PostgreSQL. Every test has terminals of its own. */
export function acquirerSuite(open: () => Promise<Postgres>): void {
  let ground: Ground
  before(async () => {
    const db = await open()
    const clock = aClock()
    const bank = await openAcquirer({ db, clock, log: silentLog, secrets })
    ground = { db, clock, bank }
  })
  after(() => ground.db.close())
  for (const [name, holds] of Object.entries(promises)) test(name, () => holds(ground))
}
