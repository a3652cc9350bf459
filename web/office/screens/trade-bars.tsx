import type { Trade } from '#core/card/turnover.ts'
import { formatMoney } from '#core/money.ts'
import { officeWords } from '#core/words/office.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'

export type Bar = Trade & { name: string }

const HEIGHT = 120
/** More names than these do not fit under the bars: the ends are named. */
const MOST_NAMES = 24

/**
 * Bars of one measure, standing or lying (`isFlat`), the largest filling the room; the same as a
 * table for whoever reads numbers.
 */
export function TradeBars(props: {
  title: string
  bars: readonly Bar[]
  by?: 'paid' | 'count'
  isFlat?: boolean
}) {
  const { title, bars, by = 'paid', isFlat = false } = props
  const words = useWords(officeWords).statistics
  const most = Math.max(1, ...bars.map((bar) => bar[by]))
  const told = (value: number) => (by === 'paid' ? formatMoney(value) : String(value))
  const label = words.chart(
    `${title}: ${words[by]}`,
    told(Math.max(0, ...bars.map((bar) => bar[by]))),
  )
  return (
    <figure class="card trade-bars">
      <figcaption>
        <h2>{title}</h2>
        <span class="soft small">{words[by]}</span>
      </figcaption>
      <div role="img" aria-label={label}>
        {isFlat ? (
          <Lying bars={bars} by={by} most={most} told={told} />
        ) : (
          <Standing bars={bars} by={by} most={most} told={told} />
        )}
      </div>
      <details>
        <summary>{words.table}</summary>
        <BarTable bars={bars} />
      </details>
    </figure>
  )
}

type Drawn = {
  bars: readonly Bar[]
  by: 'paid' | 'count'
  most: number
  told: (value: number) => string
}

function Standing({ bars, by, most, told }: Drawn) {
  const names = bars.map(({ name }) => name.slice(0, 5))
  const ends = [bars.at(0)?.name, bars.at(-1)?.name]
  return (
    <>
      <span class="soft small">{told(most)}</span>
      <svg
        class="trade-bars-standing"
        viewBox={`0 0 ${bars.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {bars.map((bar, place) => {
          const height = (HEIGHT * bar[by]) / most
          return (
            <rect key={bar.name} x={place + 0.1} y={HEIGHT - height} width={0.8} height={height}>
              <title>{`${bar.name}: ${told(bar[by])}`}</title>
            </rect>
          )
        })}
      </svg>
      <div class="trade-bars-names soft small" aria-hidden="true">
        {(bars.length > MOST_NAMES ? ends : names).map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
    </>
  )
}

const Lying = ({ bars, by, most, told }: Drawn) => (
  <ul class="trade-bars-lying" aria-hidden="true">
    {bars.map((bar) => (
      <li key={bar.name}>
        <span class="trade-bars-name">{bar.name}</span>
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect width={(100 * bar[by]) / most} height={10} />
        </svg>
        <span class="nowrap">{told(bar[by])}</span>
      </li>
    ))}
  </ul>
)

function BarTable({ bars }: { bars: readonly Bar[] }) {
  const words = useWords(officeWords).statistics
  return (
    <table class="trade-bars-table">
      <thead>
        <tr>
          <th scope="col">{words.value}</th>
          <th scope="col">{words.count}</th>
          <th scope="col">{words.declined}</th>
          <th scope="col">{words.paid}</th>
          <th scope="col">{words.back}</th>
        </tr>
      </thead>
      <tbody>
        {bars
          .filter(({ count }) => count > 0)
          .map(({ name, count, declined, paid, back }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count}</td>
              <td>{declined}</td>
              <td>
                <Money sum={paid} />
              </td>
              <td>
                <Money sum={back} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
