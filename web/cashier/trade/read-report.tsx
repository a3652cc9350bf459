import type { Counter } from '#core/document/report.ts'
import { formatMoney, kopecks } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { closingWords } from '#core/words/closing.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import type { XReport } from '../till.ts'

const rows = ['sale', 'refund', 'annulment', 'deposit', 'withdrawal'] as const
const means = ['cash', 'card', 'other'] as const

/** What an X-report says, for whoever reads it on the screen: what is nothing is left out. */
export function ReadReport({ x: { report, cash, at, unsent } }: { x: XReport }) {
  const words = useWords(closingWords)
  const { kinds } = useWords(operationsWords)
  const { header, noData } = useWords(tillWords)
  const { sale, refund, annulment } = report
  const turnover = kopecks(sale.sum - refund.sum - annulment.sum)
  const counted = rows.filter((kind) => report[kind].count > 0)
  const used = means.filter((each) => counted.some((kind) => report[kind][each] !== 0))
  return (
    <section class="read-report" aria-label={words.trade.ofShift}>
      <p class="soft">
        {words.trade.shiftNumber(report.shift)}
        {' · '}
        {printedMoment(report.openedAt).slice(0, 16)}
        {' – '}
        {printedMoment(at).slice(0, 16)}
      </p>
      <div class="kpis">
        <p class="kpi">
          <span class="soft small">{words.trade.turnover}</span>
          <strong>
            <Money sum={turnover} />
          </strong>
        </p>
        <p class="kpi">
          <span class="soft small">{words.trade.receipts}</span>
          <strong>{sale.count - annulment.count}</strong>
        </p>
        <p class="kpi">
          <span class="soft small">{words.cash}</span>
          <strong>
            <Money sum={cash} />
          </strong>
        </p>
      </div>
      {counted.length > 0 && (
        <table class="figure-table report-table">
          <thead>
            <tr>
              <th scope="col">{words.trade.name}</th>
              <th scope="col">{words.trade.count}</th>
              {used.map((each) => (
                <th key={each} scope="col">
                  {words.trade.means[each]}
                </th>
              ))}
              <th scope="col">{words.trade.sum}</th>
            </tr>
          </thead>
          <tbody>
            {counted.map((kind) => (
              <CounterRow key={kind} name={kinds[kind]} counter={report[kind]} used={used} />
            ))}
          </tbody>
        </table>
      )}
      {unsent !== 0 && <p class="soft small">{unsent === null ? noData : header.unsent(unsent)}</p>}
      <Button icon="trend" onClick={() => go('#/trade')}>
        {words.trade.ofShift}
      </Button>
    </section>
  )
}

function CounterRow(props: {
  name: string
  counter: Counter
  used: readonly (typeof means)[number][]
}) {
  const { name, counter, used } = props
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{counter.count}</td>
      {used.map((each) => (
        <td key={each}>{counter[each] === 0 ? '–' : formatMoney(counter[each])}</td>
      ))}
      <td>{formatMoney(counter.sum)}</td>
    </tr>
  )
}
