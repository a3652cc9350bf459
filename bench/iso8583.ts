import { cpus } from 'node:os'
import { writeAnswer } from '#core/card/answer.ts'
import { markOf, readRequest, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import { rrnOf } from '#core/card/rrn.ts'
import type { OperationId } from '#core/id.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'

// Messages encoded and decoded on one core: `node bench/iso8583.ts`.

const NOW = Date.UTC(2026, 10, 23, 9)
const request: TerminalRequest = {
  kind: 'purchase',
  operation: '0197a2b4-0000-7000-8000-000000000001' as OperationId,
  sum: kopecks(125_000),
  receipt: 17,
  card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
  original: null,
}
const terminal = { terminal: 'TERM0001', merchant: 'M1', acquirer: '000001', category: '5411' }
const ask = () => writeRequest({ terminal, mark: markOf(42, NOW), request })
const approval = {
  code: '000',
  rrn: rrnOf(NOW, 1),
  auth: '060914',
  day: 7,
  sum: request.sum,
} as const
const purchase = ask()
const answer = writeAnswer(purchase, { code: '000', approval }, NOW)

const bytesOf = (message: Message | null): Uint8Array => {
  const encoded = message && encode(message)
  return encoded?.kind === 'bytes' ? encoded.bytes : new Uint8Array()
}

/** Calls a second for each of five rounds of a second, and the median of them. */
function perSecond(work: () => unknown): number {
  const rounds = Array.from({ length: 5 }, () => {
    const from = performance.now()
    let count = 0
    for (; performance.now() - from < 1000; count += 100) for (let i = 0; i < 100; i += 1) work()
    return (count * 1000) / (performance.now() - from)
  })
  return rounds.toSorted((a, b) => a - b)[2] ?? 0
}

const requestBytes = bytesOf(purchase)
const answerBytes = bytesOf(answer)
const row = (name: string, work: () => unknown) =>
  `${name.padEnd(42)} ${perSecond(work).toFixed(0).padStart(8)} /s`

console.log(`
${cpus()[0]?.model}, Node ${process.version}, one core

purchase ${requestBytes.length} bytes, its answer ${answerBytes.length} bytes
${row('encode a purchase', () => encode(purchase))}
${row('decode a purchase', () => decode(requestBytes))}
${row('encode and decode a purchase', () => decode(bytesOf(purchase)))}
${row('decode an answer', () => decode(answerBytes))}
${row('request to bytes and back to a request', () => {
  const decoded = decode(bytesOf(ask()))
  return decoded.kind === 'message' && readRequest(decoded.message)
})}
`)
