import { type BankReply, writeAnswer } from '#core/card/answer.ts'
import { readRequest } from '#core/card/request.ts'
import { rrnOf } from '#core/card/rrn.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { newTerminalKey, sealMessage, sealNamed } from '#services/runtime/line-seal.ts'
import type { Delivered } from '#shop/wire.ts'
import type { Dice } from './dice.ts'
import type { Instead } from './weather.ts'

const ways = { madeUp: 4, replayed: 2, bent: 1 }

/**
 * Somebody in the bank's place, or between it and the terminal, who has not the terminal's key:
 * makes answers up, gives earlier true ones, or bends the bank's own.
 */
export function openBankImpostor(dice: Dice, now: () => number): Instead {
  const overheard: string[] = []
  return async (request, deliver) => {
    const way = dice.weighted(ways)
    if (way === 'madeUp') return madeUp(request.body ?? '', now())
    const reply = await deliver()
    if (reply === null || reply === 'lost') return reply
    const earlier = dice.any(overheard)
    overheard.push(reply.body)
    if (way === 'replayed' && earlier !== undefined) return { status: 200, body: earlier }
    const frame = Buffer.from(reply.body, 'hex')
    const at = dice.int(0, frame.length - 1)
    frame[at] = (frame[at] ?? 0) ^ (1 << dice.int(0, 7))
    return { status: 200, body: frame.toString('hex') }
  }
}

/** The best that can be said without the key: the right form, the right nonce, «approved». */
function madeUp(body: string, at: number): Delivered {
  const frame = Buffer.from(body, 'hex')
  const decoded = decode(frame)
  if (decoded.kind !== 'message') return 'lost'
  const asked = decoded.message
  const answer = writeAnswer(asked, replyTo(asked, at), at)
  const named = sealNamed(asked)
  if (!answer || !named) return 'lost'
  const key = { id: named.id, secret: newTerminalKey().secret }
  const encoded = sealMessage(answer, { key, nonce: named.nonce }, 'answers')
  const bytes = encoded.kind === 'bytes' ? encoded : encode(answer)
  return bytes.kind === 'bytes'
    ? { status: 200, body: Buffer.from(bytes.bytes).toString('hex') }
    : 'lost'
}

/** Whatever would have the till believe in money, or in a day that is done. */
function replyTo(asked: Message, at: number): BankReply {
  const sum = kopecks(Number(asked.fields[4] ?? 100))
  const approval = { code: '000', rrn: rrnOf(at, 1), auth: '000001', day: 1, sum } as const
  switch (asked.type) {
    case '1420':
    case '1421':
      return { code: '400', day: 1 }
    case '1520':
    case '1521': {
      const read = readRequest(asked)
      const totals = 'request' in read && 'totals' in read.request ? read.request.totals : undefined
      return { code: '500', totals }
    }
    case '1604':
      return { code: '600', fate: { fate: 'approved', ...approval } }
    default:
      return { code: '000', approval }
  }
}
