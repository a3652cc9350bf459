import type { ComponentChildren } from 'preact'
import type { TradeView } from '#core/api/register-trade.ts'
import { formatMoney } from '#core/money.ts'
import { minskDay, printedMoment } from '#core/time.ts'
import { closingWords } from '#core/words/closing.ts'
import { amount } from '#core/words/figures.ts'
import { type Bar, Bars } from '#web/ui/Bars.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { LongChart } from '#web/ui/LongChart.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { askedOf, beside, hrefOf, type TradePlace, tradeSpans } from '../trade/period.ts'
import { answerOf } from '../trouble.ts'

// So many bars are told apart; more are a line.
const MOST_BARS = 31

/** N12: what a shift, a day, a week, a month took. */
export function TradeFigures({ place }: { place: TradePlace }) {
  const { status } = useStore(till)
  const words = useWords(closingWords).trade
  const today = minskDay(status?.now ?? 0)
  const asked = askedOf(place, today)
  const key = `${JSON.stringify(asked)}/${status?.revision}`
  const [answer] = useLoad(key, () => register.trade(asked))
  useKeys({ Escape: () => goBack({ at: 'trade', place }) })
  if (!status) return null
  return (
    <>
      <h1>{place.by === 'shift' ? words.ofShift : words.heading}</h1>
      <nav class="spans" aria-label={words.periods}>
        {tradeSpans.map((by) => (
          <a
            key={by}
            class="span"
            href={hrefOf({ by, of: '' })}
            aria-current={by === place.by ? 'page' : undefined}
          >
            {words[by]}
          </a>
        ))}
      </nav>
      {answer && answer.kind !== 'done' && <p role="alert">{answerOf(answer)}</p>}
      {answer?.kind === 'done' && <Figures place={place} trade={answer.value} today={today} />}
    </>
  )
}

const dayShown = (day: string): string => day.split('-').reverse().join('.')

function Figures(props: { place: TradePlace; trade: TradeView; today: string }) {
  const { trade, place } = props
  const words = useWords(closingWords).trade
  const isEmpty = trade.sales + trade.refunds + trade.annulments === 0
  return (
    <>
      <Around {...props} />
      <div class="kpis">
        <Kpi name={words.turnover}>
          <Money sum={trade.turnover} />
        </Kpi>
        <Kpi name={words.receipts}>{trade.receipts}</Kpi>
        <Kpi name={words.average}>
          {trade.average === null ? '–' : <Money sum={trade.average} />}
        </Kpi>
        <Kpi name={`${words.refunds} · ${trade.refunds}`}>
          <Money sum={trade.refunded} />
        </Kpi>
        {trade.annulments > 0 && (
          <Kpi name={`${words.annulments} · ${trade.annulments}`}>
            <Money sum={trade.annulled} />
          </Kpi>
        )}
      </div>
      {isEmpty ? <p class="soft">{words.nothing}</p> : <Charts trade={trade} />}
      <Counts trade={trade} />
      <div class="trade-actions">
        <Button icon="printer" onClick={() => void print(place, props.today, words.printed)}>
          {words.print}
        </Button>
        <a class="button button-plain" href={fileOf(place, props.today)} download>
          {words.csv}
        </a>
      </div>
    </>
  )
}

/** Which it is, and the way to the one before and after. */
function Around({ place, trade, today }: { place: TradePlace; trade: TradeView; today: string }) {
  const words = useWords(closingWords).trade
  const { shift, from, until } = trade
  const shown = { from, until, shift: shift?.number ?? null, today, newest: shift?.newest ?? 0 }
  const way = (step: 1 | -1) => {
    const next = beside(place.by, shown, step)
    return (
      <Button
        tone="quiet"
        icon={step === 1 ? 'forward' : 'back'}
        label={step === 1 ? words.later : words.earlier}
        disabled={next === null}
        onClick={() => next && go(hrefOf(next))}
      />
    )
  }
  return (
    <div class="around">
      {way(-1)}
      <p>
        <strong>
          {shift
            ? words.shiftNumber(shift.number)
            : from === until
              ? dayShown(from)
              : `${dayShown(from)} – ${dayShown(until)}`}
        </strong>
        {shift && (
          <span class="soft small">
            {[
              shift.openedAt !== null && words.opened(printedMoment(shift.openedAt).slice(0, 16)),
              shift.closedAt !== null && words.closed(printedMoment(shift.closedAt).slice(0, 16)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
      </p>
      {way(1)}
    </div>
  )
}

const Kpi = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <p class="kpi">
    <span class="soft small">{name}</span>
    <strong>{children}</strong>
  </p>
)

function Charts({ trade }: { trade: TradeView }) {
  const words = useWords(closingWords).trade
  const isByHour = trade.bars.by === 'hour'
  const rows = trade.bars.rows.map(({ at, turnover }) => {
    const moment = printedMoment(at)
    const name = isByHour ? moment.slice(0, 16) : moment.slice(0, 10)
    const mark = isByHour ? String(Number(moment.slice(11, 13))) : moment.slice(0, 5)
    return { key: at, name, mark, value: turnover, told: amount(turnover) }
  })
  const hours = trade.dayHours.map(({ hour, turnover }) => {
    const name = `${String(hour).padStart(2, '0')}:00`
    return { key: hour, name, mark: String(hour), value: turnover, told: amount(turnover) }
  })
  const label = isByHour ? words.byHour : words.byDay
  const headed = (head: string) => ({
    caption: words.asTable,
    heads: [head, words.turnover] as const,
  })
  const chart = { label, summary: summaryOf(rows, words), table: headed(label) }
  return (
    <>
      {rows.length > MOST_BARS ? (
        <LongChart {...chart} points={rows} told={(value) => formatMoney(Math.round(value))} />
      ) : (
        <Bars {...chart} bars={rows} />
      )}
      {hours.length > 0 && (
        <Bars
          label={words.byDayHour}
          bars={hours}
          summary={summaryOf(hours, words)}
          table={headed(words.hour)}
        />
      )}
      <div class="parts">
        <Parts
          title={words.byMeans}
          rows={(['cash', 'card', 'other'] as const).map((means) => ({
            name: words.means[means],
            sum: trade[means],
          }))}
        />
        <Parts
          title={words.byGroup}
          rows={trade.groups.map(({ name, sum }) => ({ name: name || words.noGroup, sum }))}
        />
        <Parts
          title={words.byReason}
          rows={trade.discounts.map(({ reason, receipts, sum }) => ({
            name: `${reason || words.noReason} · ${receipts}`,
            sum,
          }))}
        />
        <Parts
          title={words.byCashier}
          rows={trade.cashiers.map(({ name, receipts, turnover }) => ({
            name: `${name} · ${receipts}`,
            sum: turnover,
          }))}
        />
      </div>
    </>
  )
}

type TradeWords = (typeof closingWords)['ru']['trade']

function summaryOf(bars: readonly Bar[], words: TradeWords): string {
  const [best] = bars.toSorted((one, other) => other.value - one.value)
  return best && best.value > 0 ? words.most(best.name, best.told) : ''
}

/** What of the whole each has, as a table whose bars are drawn behind the names. */
function Parts({ title, rows }: { title: string; rows: readonly { name: string; sum: number }[] }) {
  const shown = rows.filter(({ sum }) => sum !== 0)
  const whole = shown.reduce((all, { sum }) => all + Math.max(0, sum), 0)
  if (shown.length === 0) return null
  return (
    <section class="part" aria-label={title}>
      <h2>{title}</h2>
      <table class="figure-table">
        <tbody>
          {shown.map(({ name, sum }) => (
            <tr key={name}>
              <th scope="row" class="part-name">
                {name}
                <meter min={0} max={whole || 1} value={Math.max(0, sum)} aria-hidden="true" />
              </th>
              <td>
                <Money sum={sum} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** How the drawer was counted when the shift was closed. */
function Counts({ trade: { cashUps } }: { trade: TradeView }) {
  const all = useWords(closingWords)
  const counted = cashUps.flatMap(({ id, at, person, count, cash, surplus }) =>
    count && surplus !== null ? [{ id, at, person, sum: count.sum, cash, surplus }] : [],
  )
  if (counted.length === 0) return null
  return (
    <section class="part" aria-label={all.trade.counts}>
      <h2>{all.trade.counts}</h2>
      <table class="figure-table">
        <tbody>
          {counted.map(({ id, at, person, sum, cash, surplus }) => (
            <tr key={id}>
              <th scope="row">
                {`${printedMoment(at).slice(0, 16)} · ${person}`}
                <span class="soft small">
                  {` ${all.total} ${formatMoney(sum)}, ${all.byBooks} ${formatMoney(cash)}`}
                </span>
              </th>
              <td class={surplus === 0 ? '' : 'differs'}>
                {surplus === 0
                  ? all.even
                  : `${surplus > 0 ? all.surplus : all.shortage} ${formatMoney(Math.abs(surplus))}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

async function print(place: TradePlace, today: string, said: string): Promise<void> {
  till.set({ trouble: null })
  const answer = await register.printTrade(askedOf(place, today))
  till.set(answer.kind === 'done' ? { notice: said } : { trouble: answer })
}

function fileOf(place: TradePlace, today: string): string {
  const asked = Object.entries(askedOf(place, today)).map(([name, value]) => [name, String(value)])
  return `/api/exports/trade?${new URLSearchParams(asked)}`
}
