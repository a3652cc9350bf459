import { markOf, readRequest, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import type { OperationId } from '#core/id.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import { describe } from '#core/iso8583/describe.ts'
import { kopecks } from '#core/money.ts'
import { openDice } from '#sim/dice.ts'

// Bent and invented messages against the codec and what the host makes of them:
// `npm run fuzz -- [count] [seed]`. A failing message is printed in hex with its place in the run.

const count = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)

const operation = '0197a2b4-0000-7000-8000-000000000001' as OperationId
const charge = { operation, sum: kopecks(1250), receipt: 3 }
const mark = markOf(42, Date.UTC(2026, 10, 23, 9))
const none = { count: 0, sum: kopecks(0) }
const totals = { debits: none, debitsReversed: none, credits: none, creditsReversed: none }
const requests: TerminalRequest[] = [
  {
    kind: 'purchase',
    ...charge,
    original: null,
    card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
  },
  {
    kind: 'reversal',
    of: 'purchase',
    ...charge,
    original: mark,
    rrn: null,
    reason: 'no-answer',
    repeat: false,
  },
  { kind: 'inquiry', operation },
  { kind: 'echo' },
  { kind: 'reconciliation', day: 7, totals, repeat: false },
  { kind: 'listing', day: 7, after: 0 },
]
const terminal = { terminal: 'TERM0001', merchant: 'M1', acquirer: '000001', category: '5411' }
const good = requests.map((request) => {
  const encoded = encode(writeRequest({ terminal, mark, request }))
  if (encoded.kind !== 'bytes') throw new Error(JSON.stringify(encoded))
  return encoded.bytes
})

const dice = openDice(seed)
const roll = (below: number): number => dice.int(0, below - 1)
const anyBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => roll(256))

function bent(): Uint8Array {
  let bytes = Uint8Array.from(good[roll(good.length)] ?? [])
  for (let times = roll(4) + 1; times > 0; times -= 1) {
    const at = roll(bytes.length + 1)
    const way = roll(5)
    if (way === 0) bytes = bytes.slice(0, at)
    else if (way === 1)
      bytes = Buffer.concat([bytes.slice(0, at), anyBytes(roll(9)), bytes.slice(at)])
    else if (way === 2) bytes = Buffer.concat([bytes.slice(0, at), bytes.slice(at + roll(9))])
    else bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8))
  }
  return bytes
}

function hold(bytes: Uint8Array): Message | null {
  const decoded = decode(bytes)
  if (decoded.kind === 'malformed') {
    if (decoded.why === '' || decoded.field < 0 || decoded.field > 128) throw new Error('no field')
    return null
  }
  const { message } = decoded
  const encoded = encode(message)
  if (encoded.kind !== 'bytes' || Buffer.compare(encoded.bytes, bytes) !== 0) {
    throw new Error('read and written differ')
  }
  describe(message)
  readRequest(message)
  return message
}

const from = performance.now()
let lawful = 0
for (let i = 0; i < count; i += 1) {
  const bytes = roll(4) === 0 ? anyBytes(roll(400)) : bent()
  try {
    if (hold(bytes)) lawful += 1
  } catch (error) {
    process.stdout.write(`№ ${i}, seed ${seed}: ${Buffer.from(bytes).toString('hex')}\n`)
    throw error
  }
}
const seconds = ((performance.now() - from) / 1000).toFixed(1)
process.stdout.write(`${count} messages, ${lawful} of them lawful, 0 failures, ${seconds} s\n`)
