import { may } from '#core/access/roles.ts'
import type { OperationView } from '#core/api/register.ts'
import { closingWords } from '#core/words/closing.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useHearer, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { MoneyBack } from '../forms/money-back.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { Letters } from '../receipts/letters.tsx'
import { register } from '../register.ts'
import { beginSale, takers } from '../scans.ts'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { Counted } from './close-shift.tsx'

/** What an operation ended with: the change, the paper, the next customer. */
export function Done({ id }: { id: string }) {
  const { ended } = useStore(till)
  // What has just been heard is drawn at once; after a reload it is asked for.
  if (ended?.id === id) return <Ended view={ended} />
  return <Asked id={id} />
}

function Asked({ id }: { id: string }) {
  const [answer, again] = useLoad(id, () => register.operation({ id }))
  const { retry } = useWords(controlsWords)
  if (answer?.kind === 'done') return <Ended view={answer.value} />
  return (
    answer && (
      <p role="alert">
        {answerOf(answer)} <Button onClick={again}>{retry}</Button>
      </p>
    )
  )
}

function Ended({ view }: { view: OperationView }) {
  const on = () => go(view.kind === 'sale' ? '#/sale' : '#/menu')
  useKeys({ Enter: on, Escape: on })
  // The next customer's goods may lie on the counter already.
  useHearer(takers, beginSale)
  const { kinds } = useWords(operationsWords)
  const words = useWords(tillWords).done
  return (
    <div class="done">
      <div class="done-said" role="status">
        <span class="done-mark">
          <Icon name="check" size={34} />
        </span>
        <h1>{view.kind === 'shift-closing' ? words.zReport : kinds[view.kind]}</h1>
        <p class="soft">{words.registered(view.number ?? 0)}</p>
        <Sums view={view} />
        <Button tone="main" big wide wanted onClick={on}>
          {view.kind === 'sale' ? words.nextSale : words.ready}
          <span class="key-hint" aria-hidden="true">
            Enter
          </span>
        </Button>
        <Letters view={view} fresh />
      </div>
      <OperationPaper view={view} />
    </div>
  )
}

/** What the cashier does with the money now. */
function Sums({ view: { id, kind, payments, change, sum } }: { view: OperationView }) {
  const words = useWords(tillWords).done
  if (kind === 'refund' || kind === 'annulment') return <MoneyBack payments={payments} />
  // Only of cash is there change: a zero after a card would ask the cashier to look for it.
  if (kind === 'sale' && payments.some(({ means }) => means === 'cash')) {
    return (
      <p class="done-change">
        <span>{words.change}</span>
        <output aria-label={words.change}>
          <Money sum={change} currency />
        </output>
      </p>
    )
  }
  if (kind === 'shift-closing') return <CashFound closing={id} />
  if (sum === 0) return null
  return (
    <p class="done-change">
      <span>{words.sum}</span>
      <strong>
        <Money sum={sum} currency />
      </strong>
    </p>
  )
}

/** N12: what the count of this closing came to, where it has just been made. */
function CashFound({ closing }: { closing: string }) {
  const { cashedUp, session } = useStore(till)
  const words = useWords(closingWords).trade
  const own = cashedUp?.closing === closing ? cashedUp : null
  return (
    <>
      {own?.count && <Counted count={own.count} cash={own.cash} />}
      {may(session, 'report') && (
        <Button icon="trend" wide onClick={() => go('#/trade')}>
          {words.ofShift}
        </Button>
      )}
    </>
  )
}
