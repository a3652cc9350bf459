import type { ComponentChildren } from 'preact'
import type { Reply } from '#core/api/contract.ts'
import type { officeCabinetApi } from '#core/api/office-cabinet.ts'
import type { BusinessDayView } from '#core/api/office-trade.ts'
import {
  differingTotals,
  netOf,
  type Tally,
  type TallyName,
  tallyNames,
} from '#core/card/business-day.ts'
import { formatMoney } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { amount } from '#core/words/figures.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { office, told as toldOf } from '../office.ts'
import { hashOf } from '../routes.ts'
import { TransactionList } from './transaction.tsx'

type Words = OfficeWords['days']

const stateOf = ({ closedAt, code, forgottenAt }: BusinessDayView, words: Words): string => {
  if (closedAt === null) return words.stillOpen
  if (forgottenAt !== null) return words.closingForgotten
  return code === '500' ? words.balanced : words.differs
}

const columnsIn = (words: Words): readonly Column<BusinessDayView>[] => [
  { head: words.terminal, cell: ({ serial }) => serial, width: 'minmax(130px, 1.2fr)' },
  { head: words.day, cell: ({ day }) => day, width: '60px', right: true },
  {
    head: words.closed,
    cell: ({ closedAt }) => (
      <span class="nowrap">{closedAt === null ? '' : printedMoment(closedAt).slice(0, 16)}</span>
    ),
    width: '150px',
  },
  {
    head: words.state,
    cell: (day) => (
      <>
        {stateOf(day, words)}
        {day.forgotten > 0 && <strong class="under">{words.forgotten(day.forgotten)}</strong>}
      </>
    ),
    width: '130px',
  },
  {
    head: words.tallies.debits,
    cell: ({ bankTotals: { debits } }) => <Counted tally={debits} />,
    right: true,
  },
  {
    head: words.tallies.credits,
    cell: ({ bankTotals: { credits } }) => <Counted tally={credits} />,
    right: true,
  },
  {
    head: words.net,
    cell: ({ bankTotals }) => (
      <strong>
        <Money sum={netOf(bankTotals)} />
      </strong>
    ),
    width: '120px',
    right: true,
  },
]

const Counted = ({ tally: { count, sum } }: { tally: Tally }) => (
  <span>{useWords(officeWords).days.counted(count, formatMoney(sum))}</span>
)

/** C4: batches of terminals, and how they were reconciled. */
export function BusinessDays() {
  const { days: words, refresh } = useWords(officeWords)
  const pages = usePages<BusinessDayView, string>(
    {
      key: 'days',
      search: '',
      idOf: ({ terminal, day, closedAt }) => `${terminal} ${day} ${closedAt}`,
    },
    async (before) => {
      const answer = await office.businessDays({ before })
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      return { rows: answer.value.days, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={pages.again}>
          {refresh}
        </Button>
      </div>
      <PagedTable
        label={words.heading}
        columns={columnsIn(words)}
        pages={pages}
        keyOf={({ terminal, day, closedAt }) => `${terminal} ${day} ${closedAt}`}
        hrefOf={({ terminal, day }) => `#/days/${encodeURIComponent(terminal)}/${day}`}
        toneOf={toneOfDay}
        none={words.none}
      />
    </>
  )
}

const toneOfDay = ({ code, forgotten, forgottenAt }: BusinessDayView): 'red' | null =>
  (code !== null && code !== '500') || forgotten > 0 || forgottenAt !== null ? 'red' : null

type Whole = Reply<(typeof officeCabinetApi)['businessDay']>

/** A business day by each total, and the transactions that put it out of balance. */
export function BusinessDay({ terminal, day }: { terminal: string; day: number }) {
  const all = useWords(officeWords)
  const words = all.days
  const [answer, again] = useLoad(`${terminal} ${day}`, () => office.businessDay({ terminal, day }))
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label={all.back} onClick={() => history.back()} />
        <h1>{words.of(day, terminal)}</h1>
      </div>
      <Loaded answer={answer} told={toldOf} again={again}>
        {(whole) => (
          <>
            <p class="soft">
              {whole.day.bank}, {stateOf(whole.day, words)}
            </p>
            {whole.day.forgotten > 0 && (
              <Alert tone="red" title={words.forgottenHow(whole.day.forgotten)}>
                <a href={hashOf({ terminal, businessDay: String(day), result: 'forgotten' })}>
                  {words.forgottenList}
                </a>
              </Alert>
            )}
            <Totals day={whole.day} />
            {whole.differing.map((each) => (
              <Difference key={each.total} of={each} day={whole.day} />
            ))}
            <a href={hashOf({ terminal, businessDay: String(day) })}>{words.all}</a>
          </>
        )}
      </Loaded>
    </>
  )
}

/** A column of figures; where there is no room for heads each says what it is. */
const figure = (head: string, cell: (name: TallyName) => ComponentChildren): Column<TallyName> => ({
  head,
  cell: (name) => (
    <>
      <span class="soft narrow-head">{head} </span>
      {cell(name)}
    </>
  ),
  right: true,
})

function Totals({ day: { bankTotals, terminalTotals } }: { day: BusinessDayView }) {
  const words = useWords(officeWords).days
  const differing = terminalTotals ? differingTotals(bankTotals, terminalTotals) : []
  const columns: Column<TallyName>[] = [
    { head: words.total, cell: (name) => words.tallies[name] },
    figure(words.byBank, (name) => <Counted tally={bankTotals[name]} />),
    figure(words.byTerminal, (name) =>
      terminalTotals ? <Counted tally={terminalTotals[name]} /> : '—',
    ),
    figure(
      words.difference,
      (name) => terminalTotals && <Money sum={bankTotals[name].sum - terminalTotals[name].sum} />,
    ),
  ]
  return (
    <Table
      label={words.state}
      columns={columns}
      rows={tallyNames}
      keyOf={(name) => name}
      toneOf={(name) => (differing.includes(name) ? 'red' : null)}
    />
  )
}

function Difference({ of, day }: { of: Whole['differing'][number]; day: BusinessDayView }) {
  const language = useLanguage()
  const words = officeWords[language].days
  const { total, suspects, by } = of
  const { bankTotals, terminalTotals } = day
  const sum = bankTotals[total].sum - (terminalTotals?.[total].sum ?? 0)
  const more = bankTotals[total].count - (terminalTotals?.[total].count ?? 0)
  const told = more < 0 && sum < 0 ? words.missing(amount(-sum)) : words.unexplained
  return (
    <section class="home-part" aria-label={words.tallies[total]}>
      <h2>{words.tallies[total]}</h2>
      {suspects.length > 0 ? (
        <>
          <p>{by === 'sum' ? words.suspects : words.unconfirmed}</p>
          <TransactionList rows={suspects} language={language} />
        </>
      ) : (
        <Alert tone="amber" title={told} />
      )}
    </section>
  )
}
