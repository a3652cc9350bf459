import type { DiscountButton } from '#core/api/register-discounts.ts'
import { amountOf } from '#core/register/discount.ts'
import { sellingWords } from '#core/words/selling.ts'
import { useWords } from '#web/ui/language.ts'

type Given = { discount: string; reason: string | null }

/** N10: discounts of the shop, each by one press with its reason; pressed again it is taken off. */
export function DiscountButtons(props: {
  buttons: readonly DiscountButton[]
  on: DiscountButton['on']
  given: Given
  onGive: (given: Given) => void
}) {
  const { buttons, on, given, onGive } = props
  const words = useWords(sellingWords).discounts
  const own = buttons.filter((button) => button.on === on)
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
