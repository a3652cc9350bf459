import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BankReply, writeAnswer } from '#core/card/answer.ts'
import { noTotals } from '#core/card/business-day.ts'
import { markOf } from '#core/card/request.ts'
import { rrn } from '#core/card/rrn.ts'
import { decode, type Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { newTerminalKey, sealMessage, sealNamed } from '#services/runtime/line-seal.ts'
import { newId } from '#test/bank.ts'
import { NOW } from '#test/fixtures.ts'
import { openAcquirerLink } from './acquirer.ts'

// Whoever stands between a terminal and its bank.

const key = newTerminalKey()
const sum = kopecks(1250)
const reference = rrn('633112000001')
assert.ok(reference)
const approved: BankReply = {
  code: '000',
  approval: { code: '000', rrn: reference, auth: '123456', day: 1, sum },
}

const messageIn = (frame: Uint8Array): Message => {
  const decoded = decode(frame)
  assert.ok(decoded.kind === 'message')
  return decoded.message
}
const nonceOf = (frame: Uint8Array): string => sealNamed(messageIn(frame))?.nonce ?? ''

type Forging = { by?: typeof key; nonce?: string; change?: Message['fields'] }

/** What the bank would answer to a question, or somebody who forges it. */
function answerTo(frame: Uint8Array, reply: BankReply, forging: Forging = {}): Uint8Array {
  const { by = key, nonce = nonceOf(frame), change = {} } = forging
  const message = writeAnswer(messageIn(frame), reply, NOW)
  assert.ok(message)
  const fields = Object.assign({}, message.fields, change)
  const encoded = sealMessage({ type: message.type, fields }, { key: by, nonce }, 'answers')
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  return encoded.bytes
}

/** A terminal whose line is answered by hand. */
function aLine(answer: (frame: Uint8Array) => Uint8Array) {
  const checks: boolean[] = []
  let stan = 0
  const mark = () => {
    stan += 1
    return markOf(stan, NOW)
  }
  const link = openAcquirerLink({
    exchange: async (bytes, isAnswer) => {
      const frame = answer(bytes)
      return isAnswer(frame) ? { frame } : { lost: 'nothing more came' }
    },
    terminal: {
      terminal: 'T0000001',
      merchant: 'M00000000000001',
      acquirer: '1',
      category: '5411',
    },
    key: () => key,
    mark,
    checked: (passed) => checks.push(passed),
  })
  const card = { pan: '4000000000000002', expiry: '4912', entry: 'chip' } as const
  const bought = {
    kind: 'purchase',
    operation: newId(),
    sum,
    receipt: 1,
    card,
    original: null,
  } as const
  const undone = {
    kind: 'reversal',
    of: 'purchase',
    operation: bought.operation,
    sum,
    original: markOf(1, NOW),
    receipt: 1,
    rrn: null,
    reason: 'no-answer',
    repeat: false,
  } as const
  return {
    checks,
    buy: () => link.financial(bought, mark()),
    undo: () => link.reverse(undone, mark()),
    close: () =>
      link.reconcile({ kind: 'reconciliation', day: 2, totals: noTotals, repeat: false }),
  }
}

test('an answer of the bank to this question is heard', async () => {
  const line = aLine((frame) => answerTo(frame, approved))
  const heard = await line.buy()
  assert.ok(heard.kind === 'approved')
  assert.equal(heard.sum, 1250)
  assert.deepEqual(line.checks, [true])
})

const other = newTerminalKey()
const bent = (frame: Uint8Array, from: string, to: string) => {
  const bytes = Buffer.from(frame)
  const at = bytes.indexOf(from)
  assert.ok(at > 0)
  bytes.write(to, at)
  return bytes
}
const forgeries: [string, (frame: Uint8Array) => Uint8Array][] = [
  [
    'repeats the true answer to another question',
    (frame) => answerTo(frame, approved, { nonce: 'a'.repeat(32) }),
  ],
  ['has the key of another terminal', (frame) => answerTo(frame, approved, { by: other })],
  [
    'says the key’s id and has another secret',
    (frame) => answerTo(frame, approved, { by: { id: key.id, secret: other.secret } }),
  ],
  [
    'alters the sum under a true MAC',
    (frame) => bent(answerTo(frame, approved), '000000001250', '000000000250'),
  ],
  [
    'makes an approval of a true refusal',
    (frame) => bent(answerTo(frame, { code: '116' }), '116', '000'),
  ],
  ['sends the question back', (frame) => frame],
]
for (const [what, answer] of forgeries) {
  test(`somebody in the bank’s place who ${what} decides nothing and is told of`, async () => {
    const line = aLine(answer)
    assert.deepEqual(await line.buy(), { kind: 'silent', isForged: true })
    assert.deepEqual(line.checks, [false])
  })
}

test('a true answer about anything else than was asked decides nothing', async () => {
  const silent = { kind: 'silent', isForged: false }
  for (const change of [
    { 11: '999999' },
    { 12: '260101000000' },
    { 41: 'T0000002' },
    { 3: '200000' },
  ]) {
    const line = aLine((frame) => answerTo(frame, approved, { change }))
    assert.deepEqual(await line.buy(), silent, JSON.stringify(change))
  }
  for (const change of [{ 4: '000000000250' }, { 62: '1' }]) {
    const line = aLine((frame) => answerTo(frame, { code: '400', day: 1 }, { change }))
    assert.deepEqual(await line.undo(), silent, JSON.stringify(change))
  }
  for (const change of [{ 29: '001' }, { 28: '200101' }]) {
    const line = aLine((frame) => answerTo(frame, { code: '500', totals: noTotals }, { change }))
    assert.deepEqual(await line.close(), silent, JSON.stringify(change))
  }
})
