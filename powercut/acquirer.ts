import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { type Financial, markOf, nextStan } from '#core/card/request.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import type { OperationId } from '#core/id.ts'
import { LONGEST_MESSAGE } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { openAcquirerLink } from '#services/register/links/acquirer.ts'
import { frameSend } from '#services/runtime/frame-client.ts'
import { readTerminalKey } from '#services/runtime/line-seal.ts'
import { tillTerminal } from '#stand/demo/enrolment.ts'
import type { Ports } from './life.ts'
import { programOf } from './shop.ts'
import type { Store, Told } from './store.ts'

// The till's terminal buys, and takes every third purchase back.

const DEADLINE_MS = 30_000
const { pan, expiry } = virtualCards.ok

export const acquirer: Store = {
  neighbours: [],
  program: (data, near) => programOf('acquirer', data, near),
  open: (data) => {
    const key = readTerminalKey(readFileSync(join(data, 'register', 'terminal-key'), 'utf8'))
    let stan = Date.now() % 900_000
    const mark = () => {
      stan = nextStan(stan)
      return markOf(stan, Date.now())
    }
    const made = new Map<string, { request: Financial; mark: ReturnType<typeof mark> }>()
    const dial = ({ port }: Ports) => {
      let frame: Uint8Array = new Uint8Array()
      const ask = frameSend({
        host: '127.0.0.1',
        port,
        deadlineMs: DEADLINE_MS,
        longest: LONGEST_MESSAGE,
      })
      const link = openAcquirerLink({
        exchange: async (bytes, isAnswer) => {
          const got = await ask(bytes, isAnswer)
          if ('frame' in got) frame = got.frame
          return got
        },
        terminal: {
          terminal: tillTerminal.id,
          merchant: tillTerminal.merchant,
          acquirer: tillTerminal.acquirer,
          category: tillTerminal.category,
        },
        key: () => key,
        mark,
      })
      const told = (id: string, state: string): Told => ({ id, state, said: frame })
      return { link, told }
    }
    return {
      work: async (ports, nth, tried) => {
        const { link, told } = dial(ports)
        const last = [...made.values()].at(-1)
        if (nth % 3 === 2 && last) {
          const { operation, sum, receipt } = last.request
          const { kind } = await link.reverse(
            {
              kind: 'reversal',
              of: 'purchase',
              original: last.mark,
              operation,
              sum,
              receipt,
              rrn: null,
              reason: 'no-answer',
              repeat: false,
            },
            mark(),
          )
          return kind === 'reversed' ? [told(operation, 'reversed')] : []
        }
        const purchase = aPurchase(nth)
        const as = mark()
        made.set(purchase.operation, { request: purchase, mark: as })
        tried(purchase.operation)
        const heard = await link.financial(purchase, as)
        return heard.kind === 'approved' ? [told(purchase.operation, `approved ${heard.rrn}`)] : []
      },
      ask: async (ports, id) => {
        const { link, told } = dial(ports)
        const heard = await link.inquire({ kind: 'inquiry', operation: id as OperationId })
        if (heard.kind !== 'told') return null
        if (heard.fate === 'approved') return told(id, `approved ${heard.rrn}`)
        return heard.fate === 'reversed' ? told(id, 'reversed') : null
      },
    }
  },
}

const aPurchase = (receipt: number): Financial => ({
  kind: 'purchase',
  operation: v7() as OperationId,
  sum: kopecks(100),
  receipt: receipt + 1,
  original: null,
  card: { pan, expiry, entry: 'chip' },
})
