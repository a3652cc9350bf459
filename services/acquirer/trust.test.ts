import assert from 'node:assert/strict'
import { createHmac, hkdfSync } from 'node:crypto'
import { after, test } from 'node:test'
import { noTotals, totalsOf } from '#core/card/business-day.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { newNonce, newTerminalKey, type TerminalKey } from '#services/runtime/line-seal.ts'
import { silentLog } from '#services/runtime/log.ts'
import {
  aBankCard,
  aBankTerminal,
  answerIn,
  askedBytes,
  feedOf,
  type Ground,
  newId,
  secrets,
} from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { openAcquirer } from './app.ts'

// Who is believed on the terminals' line.

const db = await newPostgres('acquirer')
const clock = aClock()
const bank = await openAcquirer({ db, clock, log: silentLog, secrets })
const ground: Ground = { db, clock, bank }
after(() => db.close())

const NONE = '000000000000'

/** A message as docs/acquirer.md says that it is sealed, with whatever stands in it. */
function sealedByHand({ type, fields }: Message, { secret }: TerminalKey): Uint8Array {
  const encoded = encode({ type, fields: { ...fields, 64: '0'.repeat(16) } })
  assert.ok(encoded.kind === 'bytes')
  const key = hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', 'mac asks', 32)
  const said = encoded.bytes.subarray(0, -8)
  const mac = createHmac('sha256', Buffer.from(key)).update(said).digest().subarray(0, 8)
  return Buffer.concat([said, mac])
}

test('who has not the terminal’s key is told nothing and moves nothing (C4)', async () => {
  const card = await aBankCard(ground)
  const terminal = await aBankTerminal(ground)
  const other = await aBankTerminal(ground)
  const charged = await terminal.charged(card.read)
  const requests = [
    terminal.purchase({ card: card.read }),
    { ...charged, kind: 'refund', operation: newId(), original: charged.answer.rrn, card: null },
    terminal.undo(charged),
    { kind: 'inquiry', operation: charged.operation },
    { kind: 'listing', day: 1, after: 0 },
    { kind: 'reconciliation', day: 1, totals: noTotals, repeat: false },
    { kind: 'sign-on' },
    { kind: 'echo' },
  ] as const
  const made = newTerminalKey()
  for (const request of requests) {
    const message = terminal.compose(request)
    const plain = encode(message)
    assert.ok(plain.kind === 'bytes')
    const true_ = askedBytes(message, terminal.key)
    const bent = Uint8Array.from(true_, (byte, i) => (i === true_.length - 1 ? byte ^ 1 : byte))
    for (const bytes of [
      plain.bytes,
      askedBytes(message, made),
      askedBytes(message, { id: terminal.key.id, secret: made.secret }),
      askedBytes(message, other.key),
      bent,
    ]) {
      const answered = await ground.bank.answer(bytes)
      assert.ok(answered?.from === 'stranger')
      const decoded = decode(answered.bytes)
      assert.ok(decoded.kind === 'message')
      assert.equal(decoded.message.fields[39], '916', request.kind)
      assert.equal(answerIn(answered.bytes, terminal.key), null)
      for (const told of [37, 38, 48]) assert.equal(decoded.message.fields[told] ?? NONE, NONE)
    }
  }
  assert.deepEqual(await card.balance(), [98_750])
  assert.equal((await terminal.inquire(charged.operation)).kind, 'told')
})

test('a terminal’s key is changed without a stop, and the old one ends', async () => {
  const terminal = await aBankTerminal(ground)
  const feed = feedOf(ground)
  const { id, secret } = newTerminalKey()
  const echo = async (key: TerminalKey) => {
    const asked = askedBytes(terminal.compose({ kind: 'echo' }), key)
    const answered = await ground.bank.answer(asked)
    return answered !== null && answerIn(answered.bytes, key) !== null
  }
  assert.deepEqual([await echo(terminal.key), await echo({ id, secret })], [true, false])
  const place = { terminal: terminal.terminal, id }
  assert.equal((await feed.giveKey({ ...place, secret })).kind, 'done')
  assert.deepEqual([await echo(terminal.key), await echo({ id, secret })], [true, true])
  const old = { terminal: terminal.terminal, id: terminal.key.id }
  assert.equal((await feed.takeKey(old)).kind, 'done')
  assert.deepEqual([await echo(terminal.key), await echo({ id, secret })], [false, true])
  assert.equal((await feed.giveKey({ ...place, terminal: 'T?', secret })).kind, 'invalid')
  const rows = await ground.db.query('select wrapped from terminal_key')
  assert.ok(!JSON.stringify(rows).includes(secret), 'a copy of the database opens no line')
})

test('a card in the clear is refused, though its terminal is true', async () => {
  const card = await aBankCard(ground)
  const terminal = await aBankTerminal(ground)
  const { type, fields } = terminal.compose(terminal.purchase({ card: card.read }))
  const { 2: pan = '', 14: expiry = '', ...rest } = fields
  const track = { ...rest, 35: `${pan}=${expiry}` }
  const bytes = askedBytes({ type, fields: rest }, terminal.key)
  assert.ok(answerIn((await ground.bank.answer(bytes))?.bytes ?? bytes, terminal.key))
  const nonce = newNonce()
  const clear = sealedByHand(
    { type, fields: { ...track, 53: `01${terminal.key.id}${nonce}` } },
    terminal.key,
  )
  const got = answerIn((await ground.bank.answer(clear))?.bytes ?? clear, terminal.key)
  assert.deepEqual([got?.fields[39], got?.fields[44]], ['904', 'field 35: card in the clear'])
  assert.deepEqual(await card.balance(), [100_000])
})

test('what is approved in part is told, counted and undone as what it is', async () => {
  const card = await aBankCard(ground, { balance: 1000, partial: true })
  const terminal = await aBankTerminal(ground)
  const request = terminal.purchase({ card: card.read, sum: kopecks(2000) })
  const first = await terminal.operate(request)
  assert.ok(first.kind === 'approved')
  assert.deepEqual([first.code, first.sum], ['002', 1000])
  assert.deepEqual(await terminal.operate(request), first)
  const other = { ...request, sum: kopecks(1000) }
  assert.deepEqual(await terminal.operate(other), { kind: 'unclear', code: '913' })
  const told = await terminal.inquire(request.operation)
  assert.deepEqual(told, { ...first, kind: 'told', fate: 'approved' })
  assert.deepEqual(totalsOf(await terminal.list(1)).debits, { count: 1, sum: 1000 })
  assert.equal((await terminal.reverse(terminal.undo(request))).kind, 'reversed')
  assert.deepEqual(await card.balance(), [1000])
})
