import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { priced } from '../basket.ts'
import { payByCard } from '../paying.ts'
import { till } from '../till.ts'

/** N11: the card was declined; the customer stands there with another one, or with cash. */
export function OtherWays() {
  const { basket, sending } = useStore(till)
  const words = useWords(tillWords).pay
  const { id } = basket
  const { totals, fault } = priced(basket)
  if (id === null || !totals || fault !== null || sending !== null) return null
  const inCash = () => {
    till.set({ trouble: null })
    go('#/sale/cash')
  }
  return (
    <>
      <Button onClick={payByCard}>{words.otherCard}</Button>
      <Button onClick={inCash}>{words.inCash}</Button>
    </>
  )
}
