import type { ComponentChildren } from 'preact'
import { may } from '#core/access/roles.ts'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import type { CardDayView } from '#core/api/register-cards.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useElapsed, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { ageIn } from '#web/ui/moment.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

const money = (sum: number | null) =>
  sum === null ? wordsNow(tillWords).noData : <Money sum={sum} />

/** The register's facts (§3.1, R9): what it and the device each hold, and what is not sent. */
export function RegisterFacts() {
  const { status, heardAt, session } = useStore(till)
  const { facts: words, noData, number } = useWords(tillWords)
  const elapsed = useElapsed(15_000)
  const key = `${status?.revision}/${status?.unsent?.count}/${status?.sko}`
  const [answer, again] = useLoad(key, () => register.facts({}))
  useKeys({ Escape: () => goBack({ at: 'facts' }) })
  const facts = answer?.kind === 'done' ? answer.value : null
  const oldest = facts?.oldestUnsentAt ?? null
  return (
    <>
      <h1>{words.heading}</h1>
      {answer && answer.kind !== 'done' && <p role="alert">{answerOf(answer)}</p>}
      {facts && (
        <Facts
          rows={[
            // N12: whoever counts blind is told the difference, and no sum.
            ...(may(session, 'report')
              ? [
                  [words.cash, money(facts.cash)] as const,
                  [words.skoCash, money(facts.skoCash)] as const,
                ]
              : []),
            [
              words.discrepancy,
              <span key="gap" class={facts.discrepancy ? 'differs' : ''}>
                {money(facts.discrepancy)}
              </span>,
            ],
            [words.unsent, facts.unsent ?? noData],
            ...(oldest !== null && status
              ? [
                  [
                    words.oldest,
                    ageIn(wordsNow(controlsWords).age, status.now + elapsed - heardAt - oldest),
                  ] as const,
                ]
              : []),
            [words.shift, facts.shift === null ? words.shiftClosed : number(facts.shift)],
            ...cardRows(facts.cards),
          ]}
        />
      )}
      {facts && <Causes causes={facts.causes} />}
      <Button onClick={again}>{words.refresh}</Button>
    </>
  )
}

type Cards = Reply<(typeof registerApi)['facts']>['cards']

/** The third side: the register's card operations against the bank's. */
function cardRows(cards: Cards): (readonly [string, ComponentChildren])[] {
  if (!cards) return []
  const { day, reversals } = cards
  const { facts: words, noData } = wordsNow(tillWords)
  return [
    [words.bank, day ? <Balance key="bank" day={day} /> : noData],
    ...(reversals > 0 ? [[words.reversals, reversals] as const] : []),
  ]
}

/** A mismatch leads to where it is told down to the transaction. */
function Balance({ day: { day, outcome } }: { day: CardDayView }) {
  const words = useWords(tillWords).facts
  return outcome === 'balanced' ? words.balanced(day) : <a href="#/cards">{words.differs(day)}</a>
}

type Cause = Reply<(typeof registerApi)['facts']>['causes'][number]

/** S4.1: the operations that made the discrepancy, each by name with its sum. */
export function Causes({ causes }: { causes: readonly Cause[] }) {
  const { cause: named } = useWords(operationsWords)
  if (causes.length === 0) return null
  return (
    <section class="causes" aria-label={useWords(tillWords).facts.causes}>
      <h2>{wordsNow(tillWords).facts.causes}</h2>
      <Facts
        rows={causes.map((cause) => {
          const text = named(cause)
          return [text, <Money key={text} sum={cause.sum ?? 0} />] as const
        })}
      />
    </section>
  )
}
