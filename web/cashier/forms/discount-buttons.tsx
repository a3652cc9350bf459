import type { DiscountButton } from '#core/api/register-discounts.ts'
import { amountOf } from '#core/register/discount.ts'
import { sellingWords } from '#core/words/selling.ts'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { register } from '../register.ts'

type Given = { discount: string; reason: string | null }

/** N10: discounts of the shop, each by one press with its reason; pressed again it is taken off. */
export function DiscountButtons(props: {
  on: DiscountButton['on']
  given: Given
  onGive: (given: Given) => void
}) {
  const { on, given, onGive } = props
  const words = useWords(sellingWords).discounts
  const [answer] = useLoad('discounts', () => register.discounts({}))
  const all = answer?.kind === 'done' ? answer.value.buttons : []
  const own = all.filter((button) => button.on === on)
  if (own.length === 0) return null
  return (
    <fieldset class="discount-buttons" aria-label={words.heading}>
      {own.map((button) => {
        const discount = amountOf(button)
        const isGiven = given.discount === discount && given.reason === button.reason
        return (
          <button
            key={`${button.title} ${discount}`}
            type="button"
            aria-pressed={isGiven}
            onClick={() =>
              onGive(isGiven ? { discount: '', reason: null } : { discount, reason: button.reason })
            }
          >
            {button.title}
          </button>
        )
      })}
    </fieldset>
  )
}
