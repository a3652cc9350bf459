import type { ComponentChildren } from 'preact'
import { type DrawerStory, drawerStory } from '#core/document/drawer-story.ts'
import type { Counter } from '#core/document/report.ts'
import { formatMoney, kopecks } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import type { ClosingWords } from '#core/words/closing/ru.ts'
import { closingWords } from '#core/words/closing.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { filterIn, queryOf } from '../receipts/filter.ts'
import { takeXReport } from '../session.ts'
import type { XReport } from '../till.ts'

const rows = ['sale', 'refund', 'annulment', 'deposit', 'withdrawal'] as const
const means = ['cash', 'card', 'other'] as const
type Kind = (typeof rows)[number]

/** What an X-report says, for whoever reads it on the screen: what is nothing is left out. */
export function ReadReport({ x }: { x: XReport }) {
  const { report, cash, at, cashier } = x
  const words = useWords(closingWords)
  const { sale, refund, annulment } = report
  const turnover = kopecks(sale.sum - refund.sum - annulment.sum)
  return (
    <section class="read-report" aria-label={words.trade.ofShift}>
      <p class="soft">
        {words.trade.shiftNumber(report.shift)}
        {' · '}
        {printedMoment(report.openedAt).slice(0, 16)}
        {' – '}
        {printedMoment(at).slice(0, 16)}
        {' · '}
        {words.xReport.by(cashier)}
      </p>
      <Red red={x.red} />
      <div class="kpis">
        <Kpi name={words.trade.turnover} href={hrefOf({ shift: report.shift })}>
          <Money sum={turnover} />
        </Kpi>
        <Kpi name={words.trade.receipts} href={hrefOf({ shift: report.shift, kind: 'sale' })}>
          {sale.count - annulment.count}
        </Kpi>
        <Kpi name={words.xReport.cash}>
          <Money sum={cash} />
        </Kpi>
      </div>
      <Counted report={report} />
      <Drawer story={drawerStory(report, x)} report={report} />
      <Beside x={x} />
      <div class="trade-actions">
        <Button icon="printer" onClick={() => void takeXReport()}>
          {words.xReport.again}
        </Button>
        <Button icon="trend" onClick={() => go('#/trade')}>
          {words.trade.ofShift}
        </Button>
      </div>
    </section>
  )
}

/** The receipts that a figure is made of. */
const hrefOf = ({ shift, kind = '' }: { shift: number; kind?: string }): string =>
  `#/receipts${queryOf(Object.assign(filterIn(''), { shift: String(shift), kind }))}`

function Kpi(props: { name: string; href?: string; children: ComponentChildren }) {
  const { name, href, children } = props
  return (
    <p class="kpi">
      <span class="soft small">{name}</span>
      <strong>{href === undefined ? children : <a href={href}>{children}</a>}</strong>
    </p>
  )
}

/** What nobody knows yet is in no figure. */
function Red({ red }: Pick<XReport, 'red'>) {
  const words = useWords(closingWords).xReport
  const [first] = red
  if (first === undefined) return null
  return (
    <Alert tone="red" title={words.red(red.length)} next={words.redDoes}>
      <Button onClick={() => go(`#/receipts/${first}`)}>{words.open}</Button>
    </Alert>
  )
}

function Counted({ report }: Pick<XReport, 'report'>) {
  const words = useWords(closingWords).trade
  const { kinds } = useWords(operationsWords)
  const counted = rows.filter((kind) => report[kind].count > 0)
  const used = means.filter((each) => counted.some((kind) => report[kind][each] !== 0))
  if (counted.length === 0) return <p class="soft">{words.nothing}</p>
  return (
    <table class="figure-table report-table">
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.count}</th>
          {used.map((each) => (
            <th key={each} scope="col">
              {words.means[each]}
            </th>
          ))}
          <th scope="col">{words.sum}</th>
        </tr>
      </thead>
      <tbody>
        {counted.map((kind) => (
          <CounterRow
            key={kind}
            name={kinds[kind]}
            href={hrefOf({ shift: report.shift, kind })}
            counter={report[kind]}
            used={used}
          />
        ))}
      </tbody>
    </table>
  )
}

function CounterRow(props: {
  name: string
  href: string
  counter: Counter
  used: readonly (typeof means)[number][]
}) {
  const { name, href, counter, used } = props
  return (
    <tr>
      <th scope="row">
        <a href={href}>{name}</a>
      </th>
      <td>{counter.count}</td>
      {used.map((each) => (
        <td key={each}>{counter[each] === 0 ? '–' : formatMoney(counter[each])}</td>
      ))}
      <td>{formatMoney(counter.sum)}</td>
    </tr>
  )
}

type DrawerPart = Exclude<keyof DrawerStory, 'start' | 'cash'>

/** Which receipts a part of the drawer's story is made of; what is left over has none. */
const kindOfPart: Record<DrawerPart, Kind | null> = {
  sales: 'sale',
  refunds: 'refund',
  annulled: 'annulment',
  deposits: 'deposit',
  withdrawals: 'withdrawal',
  other: null,
}
const parts = Object.keys(kindOfPart) as DrawerPart[]

/** What should be in the drawer, and how it came about. */
function Drawer({ story, report }: { story: DrawerStory; report: XReport['report'] }) {
  const words = useWords(closingWords).xReport
  return (
    <table class="figure-table report-table drawer-story">
      <caption>{words.drawer}</caption>
      <tbody>
        {story.start !== null && (
          <tr>
            <th scope="row">{words.start}</th>
            <td>{formatMoney(story.start)}</td>
          </tr>
        )}
        {parts
          .filter((part) => story[part] !== 0)
          .map((part) => (
            <PartRow key={part} part={part} sum={story[part]} shift={report.shift} words={words} />
          ))}
        <tr class="drawer-now">
          <th scope="row">{words.cash}</th>
          <td>{formatMoney(story.cash)}</td>
        </tr>
      </tbody>
    </table>
  )
}

type PartProps = {
  part: DrawerPart
  sum: number
  shift: number
  words: ClosingWords['xReport']
}

function PartRow({ part, sum, shift, words }: PartProps) {
  const kind = kindOfPart[part]
  // What is left over is told where discrepancies are.
  const href = kind === null ? '#/facts' : hrefOf({ shift, kind })
  return (
    <tr>
      <th scope="row">
        <a href={href}>{words[part]}</a>
      </th>
      <td>{`${sum > 0 ? '+' : ''}${formatMoney(sum)}`}</td>
    </tr>
  )
}

/** What else of the shift there is to know. */
function Beside({ x: { report, unsent, parked } }: { x: XReport }) {
  const words = useWords(closingWords).xReport
  const { header, noData } = useWords(tillWords)
  const figures = [
    report.discounts > 0 && (
      <a key="discounts" href="#/trade">
        {words.discounts} {formatMoney(report.discounts)}
      </a>
    ),
    report.markups > 0 && (
      <span key="markups">
        {words.markups} {formatMoney(report.markups)}
      </span>
    ),
    parked > 0 && (
      <a key="parked" href="#/sale">
        {words.parked(parked)}
      </a>
    ),
    unsent !== 0 && (
      <a key="unsent" href="#/facts">
        {unsent === null ? noData : header.unsent(unsent)}
      </a>
    ),
  ].filter((figure) => figure !== false)
  return figures.length === 0 ? null : <p class="report-beside">{figures}</p>
}
