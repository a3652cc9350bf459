import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { CardDayView, CardDifference, CardTransaction } from '#core/api/register-cards.ts'
import { printedMoment } from '#core/time.ts'
import { bankWords } from '#core/words/bank.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

/** The code is the bank's answer to the operation, and says nothing of what undid it. */
function resultOf({ code, outcome }: CardTransaction): string {
  const said = wordsNow(operationsWords).cards[outcome]
  const isOfUndoing = outcome === 'reversed' || outcome === 'unreversed'
  return isOfUndoing ? said : `${code ?? ''} ${said}`.trim()
}

const columnsIn = (words: TillWords['cards']): readonly Column<CardTransaction>[] => [
  {
    head: words.operation,
    cell: (row) => wordsNow(bankWords).kinds[row.kind],
    width: 'minmax(110px, 1fr)',
  },
  {
    head: words.time,
    cell: (row) => <span class="soft nowrap">{printedMoment(row.at).slice(0, 16)}</span>,
    width: '150px',
  },
  {
    head: words.card,
    cell: (row) => <span class="nowrap">{row.masked ?? '—'}</span>,
    width: '170px',
  },
  { head: words.rrn, cell: (row) => row.rrn ?? '—', width: '130px' },
  {
    head: words.result,
    cell: resultOf,
    width: 'minmax(130px, 1fr)',
    right: true,
  },
  {
    head: words.sum,
    cell: (row) => (
      <strong>
        <Money sum={row.sum} />
      </strong>
    ),
    width: '110px',
    right: true,
  },
]

/** Transactions with the bank, and the reconciliation of its business day. */
export function Cards() {
  const words = useWords(tillWords).cards
  const { loading } = useWords(controlsWords)
  const { status } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'cards' }) })
  const { rows, told, onEnd, isEmpty } = usePages(
    {
      key: `${status?.revision}`,
      search: '',
      idOf: (row: CardTransaction) => row.operation,
    },
    async (before: number | undefined) => {
      const answer = await register.cardTransactions({ before })
      if (answer.kind !== 'done') return { told: answerOf(answer) }
      return { rows: answer.value.transactions, next: answer.value.next }
    },
  )
  return (
    <>
      <h1>{words.heading}</h1>
      <BusinessDay />
      <Table
        label={words.heading}
        columns={columnsIn(words)}
        rows={rows}
        keyOf={(row) => row.operation}
        hrefOf={(row) => `#/receipts/${row.operation}`}
        toneOf={({ outcome }) =>
          outcome === 'unreversed' ? 'red' : outcome === 'asked' ? 'amber' : null
        }
        end={told ?? (onEnd ? loading : isEmpty ? words.none : undefined)}
        onEnd={onEnd}
      />
    </>
  )
}

/** Closed by itself after the shift; by hand whenever it is wanted. */
function BusinessDay() {
  const words = useWords(tillWords).cards
  const { status, session } = useStore(till)
  const [answer, again] = useLoad(`${status?.revision}`, () => register.cardDays({}))
  const [busy, setBusy] = useState(false)
  const close = async () => {
    setBusy(true)
    const closed = await register.closeCardDay({})
    setBusy(false)
    if (closed.kind !== 'done') till.set({ trouble: closed })
    again()
  }
  if (answer?.kind !== 'done') return null
  const { open, days } = answer.value
  const [last] = days
  const described = open === null ? { 'aria-describedby': 'no-day' } : {}
  return (
    <section class="card-days" aria-label={words.day}>
      {last && <DayAlert day={last} />}
      {may(session, 'shift') && (
        <Button busy={busy} disabled={open === null} onClick={close} {...described}>
          {words.reconcile}
        </Button>
      )}
      {open === null && (
        <p id="no-day" class="soft small">
          {last ? words.nothingSince : words.nothingYet}
        </p>
      )}
    </section>
  )
}

function DayAlert({ day }: { day: CardDayView }) {
  const when = printedMoment(day.at).slice(0, 16)
  const words = useWords(tillWords).cards
  if (day.outcome === 'balanced') {
    return <Alert tone="green" title={words.balanced(day.day, when)} />
  }
  const title = words.differs(day.day, when)
  const differences = day.differences ?? []
  return differences.length === 0 ? (
    <Alert tone="red" title={title} next={words.notListed} />
  ) : (
    <Alert tone="red" title={title} next={words.tellBank}>
      <Differences differences={differences} />
    </Alert>
  )
}

const MOST_SHOWN = 5

function Differences({ differences }: { differences: readonly CardDifference[] }) {
  const more = differences.length - MOST_SHOWN
  const words = useWords(operationsWords)
  return (
    <ul class="day-differences" aria-label={useWords(tillWords).cards.differences}>
      {differences.slice(0, MOST_SHOWN).map((difference) => (
        <li key={`${difference.operation} ${difference.reversal}`}>
          {difference.at === null ? (
            words.difference(difference)
          ) : (
            <a href={`#/receipts/${difference.operation}`}>{words.difference(difference)}</a>
          )}
          <span class="soft small">{identityOf(difference)}</span>
        </li>
      ))}
      {more > 0 && <li>{wordsNow(tillWords).cards.more(more)}</li>}
    </ul>
  )
}

/** What cashier and bank find it by. */
function identityOf({ rrn, masked, at, number, operation }: CardDifference): string {
  const words = wordsNow(tillWords).cards
  const parts = [
    rrn !== null && `RRN ${rrn}`,
    masked,
    at !== null && printedMoment(at).slice(0, 16),
    number !== null && words.receipt(number),
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 ? parts.join(' · ') : words.unnamed(operation)
}
