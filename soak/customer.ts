import { setTimeout as rest } from 'node:timers/promises'
import type { VirtualCardName } from '#core/demo/virtual-card.ts'
import { SECOND } from '#core/time.ts'
import type { Dice } from '#sim/dice.ts'
import { answered, type Shop } from './shop.ts'
import type { Tally } from './tally.ts'

const cards: Partial<Record<VirtualCardName, number>> = {
  ok: 40,
  other: 10,
  'low-limit': 2,
  poor: 2,
  expired: 1,
  blocked: 1,
  'wrong-pin': 1,
  forbidden: 1,
}

export type Customer = { shop: Shop; dice: Dice; tally: Tally; isCalm: () => boolean }

/** Whoever stands at the card reader: shows this card or that when asked, soon or late. */
export async function attend(customer: Customer, isOver: () => boolean): Promise<void> {
  const { shop, dice, tally, isCalm } = customer
  while (!isOver()) {
    await rest(80)
    const reader = answered(await shop.stand.terminal({}))
    if (!reader?.waiting) continue
    if (!isCalm()) await rest(dice.span(20, dice.chance(0.05) ? 10 * SECOND : 600))
    const card = isCalm() ? 'ok' : (dice.weighted(cards as never) as VirtualCardName)
    const entry = dice.pick(['contactless', 'chip'] as const)
    const tapped = answered(await shop.stand.tap({ card, entry }))
    if (tapped?.waiting) tally.bump('cards shown', card)
  }
}
