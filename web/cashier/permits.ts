import { lacksOf, type Rung } from '#core/access/receipt.ts'
import type { Refused } from '#core/api/contract.ts'
import type { Trouble as Answer } from '#web/ui/trouble.ts'
import { type Basket, priced, receiptOf } from './basket.ts'
import { register } from './register.ts'
import { changeBasket, type Till, till } from './till.ts'
import type { Trouble } from './trouble.ts'

type Entitled = NonNullable<Till['session']>

/** Somebody with more rights has to let the basket pass; the register judges it again (R26). */
export function isWanting(basket: Basket, session: Entitled): boolean {
  const { lines, discount, markup, totals } = priced(basket)
  if (!totals || basket.grant !== null) return false
  const rung = basket.lines.flatMap(({ goods }, place): Rung[] => {
    const line = lines[place]
    const known = goods.id === null ? null : Object.assign({ prices: [goods.price] }, goods)
    return line ? [{ line, known }] : []
  })
  return lacksOf(rung, { discount, markup, totals }, session).length > 0
}

/** The right that is wanting and who has it, by the register's word; null: none, or no answer. */
export async function wantingNow(): Promise<Refused | null> {
  const { basket, session } = till.get()
  if (!session || !isWanting(basket, session)) return null
  return asWanting(await register.grant(receiptOf(basket)))
}

/** A refusal that a second person can lift without leaving the receipt; null: it is none. */
export const asWanting = (answer: Trouble | { kind: 'done' } | null): Refused | null =>
  answer?.kind === 'refused' && answer.code === 'right.required' && answer.facts.reason
    ? answer
    : null

/** A second person lets the receipt pass as it stands, by her PIN, for this sale alone. */
export async function askForReceipt(user: string, pin: string): Promise<'granted' | Answer> {
  const { basket } = till.get()
  const { id } = basket
  if (id === null) return 'granted'
  // What was granted before is judged anew with the rest of the receipt.
  const receipt = receiptOf({ ...basket, grant: null })
  const answer = await register.grant({ ...receipt, by: { operation: id, user, pin } })
  if (answer.kind !== 'done') return answer
  const { grant } = answer.value
  changeBasket((before) => (before.id === id ? { ...before, grant } : before))
  return 'granted'
}
