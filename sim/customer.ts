import type { CardRead } from '#core/card/request.ts'
import { type VirtualCardName, virtualCards } from '#core/demo/virtual-card.ts'
import type { Reader, Reading } from '#services/register/links/reader.ts'
import type { Life } from '#shop/process.ts'
import type { VirtualClock } from './clock.ts'
import type { Dice } from './dice.ts'

export const cardOf = (name: VirtualCardName): CardRead => {
  const { pan, expiry } = virtualCards[name]
  return { pan, expiry, entry: 'contactless' }
}

export type Customer = {
  /** Shows a good card at once: all trouble is over. */
  calm: boolean
  reader: (life: Life) => Reader
}

const cards: Partial<Record<VirtualCardName, number>> = {
  ok: 30,
  other: 8,
  'low-limit': 2,
  poor: 2,
  partial: 2,
  expired: 1,
  blocked: 1,
  'wrong-pin': 1,
  forbidden: 1,
}

/** Whoever stands before the card reader: shows this card or that, soon, late or never. */
export function openCustomer(dice: Dice, clock: VirtualClock): Customer {
  const customer: Customer = {
    calm: false,
    reader:
      (life) =>
      (_, { deadlineMs, signal }) =>
        new Promise((resolve) => {
          // A terminal that died hears of no card.
          const tell = (reading: Reading) => {
            if (life.alive) resolve(reading)
          }
          signal.addEventListener('abort', () => tell({ kind: 'cancelled' }))
          const does = customer.calm ? 'tap' : dice.weighted({ tap: 30, late: 1, broken: 1 })
          if (does === 'broken') return void clock.after(10, () => tell({ kind: 'no-reader' }))
          if (does === 'late') return void clock.after(deadlineMs, () => tell({ kind: 'late' }))
          const name = customer.calm ? 'ok' : (dice.weighted(cards as never) as VirtualCardName)
          const after = dice.span(500, customer.calm ? 2000 : 30_000)
          clock.after(after, () => tell({ kind: 'read', card: cardOf(name) }))
        }),
  }
  return customer
}
