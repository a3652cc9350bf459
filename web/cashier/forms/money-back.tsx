import type { Payment } from '#core/document/totals.ts'
import { Money } from '#web/ui/Money.tsx'

const words = {
  cash: 'Выдать наличными',
  card: 'На карту',
  other: 'Иным способом',
} as const

/** N4: what the customer gets back, and how: the cashier hands out the cash alone. */
export const MoneyBack = ({ payments }: { payments: readonly Payment[] }) => (
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
