import type { Payment } from '#core/document/totals.ts'
import { tillWords } from '#core/words/till.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'

/** N4: what the customer gets back, and how: the cashier hands out the cash alone. */
export const MoneyBack = ({ payments }: { payments: readonly Payment[] }) => {
  const words = useWords(tillWords).moneyBack
  return (
    <dl class="money-back">
      {payments.map(({ means, sum }) => (
        <div key={means}>
          <dt>{words[means]}</dt>
          <dd>
            <Money sum={sum} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
