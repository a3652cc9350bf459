import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { acquirerApi } from '#core/api/acquirer.ts'
import { client, type Send } from '#core/api/client.ts'
import {
  type Fate,
  type Foreign,
  type ListingAnswer,
  readFinancialAnswer,
  readInquiryAnswer,
  readListingAnswer,
  readNetworkAnswer,
  readReconciliationAnswer,
  readReversalAnswer,
  writeAnswer,
} from '#core/card/answer.ts'
import type { DayTotals, Movement } from '#core/card/business-day.ts'
import {
  type Financial,
  markOf,
  type Reconciliation,
  type Reversal,
  type TerminalRequest,
  writeRequest,
} from '#core/card/request.ts'
import type { Rrn } from '#core/card/rrn.ts'
import type { OperationId } from '#core/id.ts'
import { decode, type Message } from '#core/iso8583/codec.ts'
import { describe } from '#core/iso8583/describe.ts'
import { messageTypes } from '#core/iso8583/fields.ts'
import { isLuhn, maskPan } from '#core/iso8583/pan.ts'
import { kopecks } from '#core/money.ts'
import type { Acquirer } from '#services/acquirer/app.ts'
import { type SeedCard, sowAcquirer } from '#services/acquirer/seed.ts'
import { framed } from '#services/runtime/frames.ts'
import {
  newNonce,
  newTerminalKey,
  sealMessage,
  sealNamed,
  type TerminalKey,
  unsealMessage,
} from '#services/runtime/line-seal.ts'
import { keyedHash } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import type { aClock } from './fixtures.ts'

// The bank's host in this process, and whoever speaks to it.

export const secrets = {
  cardKey: 'key of the tests',
  terminalKeys: 'key over keys of the tests',
  token: 'token of the tests',
  feed: 'secret of the feed of the tests',
}
export type Ground = {
  db: Postgres
  clock: ReturnType<typeof aClock>
  bank: Acquirer
}

export const newId = () => randomUUID() as string as OperationId
const digits = (length: number) => Array.from({ length }, () => randomInt(10)).join('')

export function aPan(): string {
  const body = `999999${digits(9)}`
  return [...'0123456789'].map((check) => body + check).find(isLuhn) ?? ''
}

/** A card of its own with 1000 roubles on it. */
export async function aBankCard({ db }: Ground, change: Partial<SeedCard> = {}) {
  const pan = aPan()
  const card = { pan, expiry: '4912', issuer: 'ЗАО "МТБАНК"', balance: 100_000, ...change }
  await sowAcquirer(db, { terminals: [], cards: [card] }, secrets)
  // Cards of chance may look the same masked; the bank itself knows them by this.
  const key = keyedHash(secrets.cardKey, pan)
  return {
    pan,
    key,
    masked: maskPan(pan),
    read: { pan, expiry: '4912', entry: 'chip' as const },
    balance: async () => {
      const text = 'select balance from card where card = $1'
      const rows = await db.query<{ balance: number }>(text, [key])
      return rows.map(({ balance }) => balance)
    },
  }
}

/** A question as it goes over the line under a terminal's key. */
export function askedBytes(message: Message, key: TerminalKey, nonce = newNonce()): Uint8Array {
  const encoded = sealMessage(message, { key, nonce }, 'asks')
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  return encoded.bytes
}

/** A true answer of the bank to some question under this key; null: it is not from the bank. */
export function answerIn(frame: Uint8Array, key: TerminalKey): Message | null {
  const decoded = decode(frame)
  const nonce = decoded.kind === 'message' ? sealNamed(decoded.message)?.nonce : null
  const opened = nonce ? unsealMessage(frame, { key, nonce }, 'answers') : null
  return opened?.kind === 'message' ? opened.message : null
}

/** A terminal's wire: composes messages of its own and asks with them. */
function aWire(
  { bank, clock }: Ground,
  { key, ...us }: { terminal: string; merchant: string; key: TerminalKey },
) {
  let stan = 0
  const compose = (request: TerminalRequest): Message => {
    stan += 1
    const terminal = { ...us, acquirer: '000001', category: '5411' }
    return writeRequest({ terminal, mark: markOf(stan, clock.now()), request })
  }
  const say = async (message: Message): Promise<Message> => {
    const answered = await bank.answer(askedBytes(message, key))
    assert.ok(answered)
    const got = answerIn(answered.bytes, key)
    assert.ok(got, 'an answer of the bank itself')
    return got
  }
  const ask = async <A>(request: TerminalRequest, read: (asked: Message, got: Message) => A) => {
    const asked = compose(request)
    return read(asked, await say(asked))
  }
  return { compose, say, ask }
}

/** A terminal of its own, of a new merchant unless one is named. */
export async function aBankTerminal(ground: Ground, merchant = `M${digits(14)}`) {
  const terminal = `T${digits(7)}`
  const key = newTerminalKey()
  const row = { terminal, merchant, serial: `PE${digits(11)}`, bank: 'ЗАО "МТБАНК"', keys: [key] }
  await sowAcquirer(ground.db, { terminals: [row], cards: [] }, secrets)
  const wire = aWire(ground, { terminal, merchant, key })
  const { ask } = wire
  let receipt = 0
  const purchase = (change: Partial<Financial> & Pick<Financial, 'card'>): Financial => ({
    kind: 'purchase',
    operation: newId(),
    sum: kopecks(1250),
    receipt: ++receipt,
    original: null,
    ...change,
  })
  const operate = (request: Financial) => ask(request, readFinancialAnswer)
  return {
    ...row,
    ...wire,
    key,
    purchase,
    operate,
    undo: (of: Financial, change: Partial<Reversal> = {}): Reversal => ({
      kind: 'reversal',
      of: of.kind,
      operation: of.operation,
      sum: of.sum,
      original: markOf(1, ground.clock.now()),
      receipt: of.receipt,
      rrn: null,
      reason: 'no-answer',
      repeat: false,
      ...change,
    }),
    reverse: (request: Reversal) => ask(request, readReversalAnswer),
    inquire: (operation: OperationId) => ask({ kind: 'inquiry', operation }, readInquiryAnswer),
    close: (day: number, totals: DayTotals, kind: Reconciliation['kind'] = 'reconciliation') =>
      ask({ kind, day, totals, repeat: false }, readReconciliationAnswer),
    signOn: () => ask({ kind: 'sign-on' }, readNetworkAnswer),
    list: (day: number) =>
      wholeListing((after) => ask({ kind: 'listing', day, after }, readListingAnswer)),
    /** A purchase that was approved. */
    charged: async (card: Financial['card'], sum = 1250) => {
      const request = purchase({ card, sum: kopecks(sum) })
      const answer = await operate(request)
      assert.ok(answer.kind === 'approved', JSON.stringify(answer))
      return { ...request, answer }
    },
  }
}

async function wholeListing(
  page: (after: number) => Promise<ListingAnswer | Foreign>,
): Promise<Movement[]> {
  const movements: Movement[] = []
  for (let after: number | null = 0; after !== null; ) {
    const answer = await page(after)
    assert.ok(answer.kind === 'listed')
    movements.push(...answer.movements)
    after = answer.after
  }
  return movements
}

/** The way to the bank's app in this process. */
export const sendTo =
  ({ bank }: Pick<Ground, 'bank'>): Send =>
  async ({ method, path, body, headers = {} }) => {
    const typed = Object.assign({ 'content-type': 'application/json' }, headers)
    const answer = await bank.app.request(path, { method, headers: typed, ...(body && { body }) })
    const told = Object.fromEntries(answer.headers)
    return { status: answer.status, body: await answer.text(), headers: told }
  }

/** The bank's HTTP contract over it, with a token. */
export const feedOf = (ground: Ground, token = secrets.token) => {
  const send = sendTo(ground)
  const headers = { authorization: `Bearer ${token}` }
  return client(acquirerApi, (request) => send(Object.assign({}, request, { headers })))
}

/** The messages that docs/acquirer.md shows, as people read them and as they go over the wire. */
export function examples(): { title: string; text: string; hex: string }[] {
  const at = Date.UTC(2026, 10, 23, 9)
  const operation = '0197a2b4-0000-7000-8000-000000000001' as OperationId
  const terminal = { terminal: 'TERM0001', merchant: 'M00000000000001', acquirer: '000001' }
  const mark = markOf(42, at)
  const charge = { operation, sum: kopecks(1250), receipt: 3 }
  const ask = (stan: number, request: TerminalRequest) =>
    writeRequest({
      terminal: { ...terminal, category: '5411' },
      mark: markOf(stan, at + (stan - 42) * 60_000),
      request,
    })
  const purchase = ask(42, {
    kind: 'purchase',
    ...charge,
    original: null,
    card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
  })
  const inquiry = ask(43, { kind: 'inquiry', operation })
  const reversal = ask(44, {
    kind: 'reversal',
    of: 'purchase',
    ...charge,
    original: mark,
    rrn: null,
    reason: 'no-answer',
    repeat: false,
  })
  const approval = { code: '000', rrn: '632709000001' as Rrn, auth: '060914', day: 7 } as const
  const { sum } = charge
  const fate: Fate = { fate: 'approved', ...approval, sum }
  const after = at + 3 * 60_000
  const whole = { ...approval, sum }
  return [
    example('Purchase', purchase, 1),
    example('Its answer', writeAnswer(purchase, { code: '000', approval: whole }, at + 1000), 1),
    example('Inquiry', inquiry, 2),
    example('Its answer: approved', writeAnswer(inquiry, { code: '600', fate }, after), 2),
    example('Reversal', reversal, 3),
    example('Its answer', writeAnswer(reversal, { code: '400', day: 7 }, after), 3),
  ]
}

/** Bytes 0 … 31 under an id of their own. */
const exampleKey: TerminalKey = {
  id: '0f1e2d3c',
  secret: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url'),
}

function example(title: string, message: Message | null, question: number) {
  assert.ok(message)
  const nonce = String(question).padStart(32, '0')
  const way = messageTypes[message.type].answer === null ? 'answers' : 'asks'
  const encoded = sealMessage(message, { key: exampleKey, nonce }, way)
  assert.ok(encoded.kind === 'bytes')
  const decoded = decode(encoded.bytes)
  assert.ok(decoded.kind === 'message')
  const hex = framed(encoded.bytes).toString('hex')
  return {
    title,
    text: describe(decoded.message),
    hex: (hex.match(/.{1,80}/g) ?? []).join('\n'),
  }
}
