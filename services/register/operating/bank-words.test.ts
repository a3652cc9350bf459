import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '#core/iso8583/codec.ts'
import { messageIn, noticeIn } from '#core/words/operations.ts'
import { goods, openTill, type Till } from '#test/till.ts'

// What of the bank's words is believed: its seal, its sums, its days.

async function aTill({ clearing = true } = {}): Promise<Till> {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  if (!clearing) await till.clearing(false)
  return till
}
const byCard = (sum: number) => ({ ...goods(sum), payments: [{ means: 'card', sum }] })

const transactions = async (till: Till) =>
  (await till.ask('GET', '/api/card-transactions')).body.transactions

const sales = (till: Till) =>
  Array.from({ length: till.device.number() }, (_, i) => till.device.document(i + 1)).flatMap(
    (stored) => (stored?.document.kind === 'sale' ? stored.document : []),
  )
const sold = (till: Till): number => sales(till).length

async function moneyAgrees(till: Till): Promise<void> {
  const paid = sales(till).reduce((sum, { settlement }) => sum + settlement.card, 0)
  assert.equal(await till.bank.charged(), paid)
}

for (const how of ['clearing', 'by hand'] as const) {
  test(`a part approved is undone, and no document is of another sum (A3): ${how}`, async () => {
    const till = await aTill({ clearing: how === 'clearing' })
    const partial = await till.bank.another({ balance: 1000, partial: true })
    till.bank.put(partial.read)
    const { body } = await till.begin('sale', byCard(2000))
    assert.deepEqual([body.state, body.notice.code], ['reversing', 'other-sum'])
    assert.match(messageIn('ru', body.message).text, /^Банк одобрил 10.00 вместо 20.00/)
    assert.match(noticeIn('ru', body.notice).title, /чек не оформлен/)
    await till.reverse()
    assert.equal((await till.view(body.id)).state, 'cancelled')
    assert.equal(sold(till), 0)
    assert.deepEqual(await partial.balance(), [1000])
    const [transaction] = await transactions(till)
    assert.deepEqual([transaction.sum, transaction.outcome], [1000, 'reversed'])
    const day = (await till.ask('POST', '/api/card-days', { body: {} })).body
    assert.deepEqual([day.outcome, day.own.debits.sum], ['balanced', 1000])
  })
}

test('a part told by an inquiry alone is undone as well (A3)', async () => {
  const till = await aTill()
  const partial = await till.bank.another({ balance: 1000, partial: true })
  till.bank.put(partial.read)
  till.set({ bankAnswersLost: 1 })
  const { body } = await till.begin('sale', byCard(2000))
  assert.deepEqual([body.state, body.notice.code], ['reversing', 'other-sum'])
  await till.reverse()
  assert.deepEqual([sold(till), (await partial.balance())[0]], [0, 1000])
})

/** What stands in the bank's place makes its answers into others; null: the bank itself. */
const forge = (till: Till, forged: ((answer: Uint8Array) => Uint8Array) | null): void =>
  till.impersonate(
    forged && {
      at: 'bank',
      answer: async (request, real) => {
        const reply = await real(request)
        if (reply === null || reply === 'lost') return reply
        const body = Buffer.from(forged(Buffer.from(reply.body, 'hex'))).toString('hex')
        return { status: reply.status, body }
      },
    },
  )

const bentMac = (answer: Uint8Array) =>
  answer.map((byte, i) => (i === answer.length - 1 ? byte ^ 1 : byte))
const garbage = () => Buffer.from('who knows')

for (const [what, forged] of [
  ['an answer with another MAC', () => bentMac],
  ['garbage', () => garbage],
  ['the true answer to another question', replayed],
  ['a true answer turned into an approval of more', () => raised],
] as const) {
  test(`${what} is no answer, and the bank is told to have failed its check (V1)`, async () => {
    const till = await aTill()
    await till.begin('sale', byCard(100))
    forge(till, forged())
    const { body } = await till.begin('sale', byCard(500))
    assert.equal(body.state, 'red')
    assert.equal(sold(till), 1)
    assert.deepEqual((await till.status()).distrusted, ['bank'])
    assert.equal(await till.bank.charged(), 600, 'the bank itself did what it was asked')
    forge(till, null)
    await till.watch()
    assert.equal((await till.view(body.id)).state, 'registered')
    assert.deepEqual((await till.status()).distrusted, [])
    await moneyAgrees(till)
  })
}

/** Answers everything with the first true answer that it heard. */
function replayed() {
  let first: Uint8Array | null = null
  return (answer: Uint8Array): Uint8Array => {
    first ??= answer
    return first === answer ? bentMac(answer) : first
  }
}

/** The sum and the code changed on the way, the MAC left as it was. */
function raised(answer: Uint8Array): Uint8Array {
  const text = Buffer.from(answer).toString('latin1')
  return Buffer.from(text.replaceAll('000000000500', '000000000499'), 'latin1')
}

test('neither the number of a card nor its expiry crosses the line of a sale (C4)', async () => {
  const till = await aTill()
  const line: Buffer[] = []
  till.impersonate({
    at: 'bank',
    answer: async (request, real) => {
      const reply = await real(request)
      line.push(Buffer.from(request.body ?? '', 'hex'))
      if (reply !== null && reply !== 'lost') line.push(Buffer.from(reply.body, 'hex'))
      return reply
    },
  })
  const { body: sale } = await till.begin('sale', byCard(500))
  await till.begin('refund', { of: sale.id })
  await till.ask('POST', '/api/card-days', { body: {} })
  assert.ok(line.length >= 6)
  const { pan } = till.bank.card
  for (const frame of line) {
    const shown = decode(frame)
    assert.ok(shown.kind === 'message')
    for (const field of [2, 14, 35, 45]) assert.equal(shown.message.fields[field], undefined)
    for (const secret of [pan, Buffer.from(pan, 'hex'), `${pan.slice(-4)}=4912`]) {
      assert.ok(!frame.includes(secret))
    }
  }
})

test('a lost reconciliation is sent again, before a later day is closed (A4)', async () => {
  const till = await aTill()
  await till.begin('sale', byCard(500))
  forge(till, garbage)
  const lost = await till.ask('POST', '/api/card-days', { body: {} })
  assert.equal(lost.body.code, 'bank.silent')
  forge(till, null)
  await till.begin('sale', byCard(700))
  const days = async () => (await till.ask('GET', '/api/card-days')).body
  assert.equal((await days()).open, 1)
  const closed = await till.ask('POST', '/api/card-days', { body: {} })
  assert.deepEqual([closed.body.day, closed.body.outcome], [2, 'balanced'])
  const told = (await days()).days.map(({ day, outcome, own }: DayTold) => [
    day,
    outcome,
    own.debits.sum,
  ])
  assert.deepEqual(told, [
    [2, 'balanced', 700],
    [1, 'balanced', 500],
  ])
})

type DayTold = { day: number; outcome: string; own: { debits: { sum: number } } }

test('a lost reconciliation is repeated by itself, restarted or not', async () => {
  for (const isRestarted of [false, true]) {
    const till = await aTill()
    await till.begin('sale', byCard(500))
    forge(till, garbage)
    await till.ask('POST', '/api/card-days', { body: {} })
    forge(till, null)
    if (isRestarted) {
      await till.restart()
      await till.begin('sale', byCard(100))
    }
    await till.closeDay()
    const { days } = (await till.ask('GET', '/api/card-days')).body
    assert.deepEqual(
      days.map(({ day }: DayTold) => day),
      [1],
    )
  }
})
