import { useState } from 'preact/hooks'
import type { Status } from '#core/api/register.ts'
import type { CashUpView } from '#core/api/register-cash-up.ts'
import type { Kopecks } from '#core/money.ts'
import { type CashCount, surplusOf } from '#core/register/cash-up.ts'
import { printedMoment } from '#core/time.ts'
import { closingWords } from '#core/words/closing.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { closeAfterAll, closeInOneGo, isBlind } from '../cash-up.ts'
import { CountCash, nothingTyped } from '../forms/count-cash.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'

/** N2, N12: cash is counted, the difference named, and one yes withdraws it and closes. */
export function CloseShift() {
  const { status, open, cashingUp, sending, session } = useStore(till)
  const words = useWords(closingWords)
  const numbered = useWords(tillWords).number
  useKeys({ Escape: () => goBack({ at: 'close-shift' }) })
  const [held] = useLoad(String(status?.revision), () => register.currentCashUp({}))
  // What stands open is told above, and must end first: a question over it would hide it.
  const isStopped = open.some(({ state }) => state !== 'reversing')
  const closing = cashingUp !== null || sending?.request.kind === 'shift-closing'
  const shift = status?.shift
  const isShown = status && !isBlind({ session, status })
  return (
    <>
      <h1>{words.heading}</h1>
      {status && !shift && <p class="soft">{words.closed}</p>}
      {status && shift && (
        <Facts
          rows={[
            [words.shift, numbered(shift.number)],
            [words.opened, printedMoment(shift.openedAt)],
            ...(isShown ? [[words.cash, <Money key="cash" sum={status.cash} />] as const] : []),
          ]}
        />
      )}
      {closing && (
        <p class="calm" role="status">
          <span class="spinner" aria-hidden="true" />
          {cashingUp?.lost ? words.lost : words.closing}
        </p>
      )}
      {status && shift && held && (
        <Steps
          status={status}
          before={held.kind === 'done' ? held.value.cashUp : null}
          isIdle={!closing && !isStopped}
        />
      )}
    </>
  )
}

/** Its withdrawal is made, and nothing has come into the drawer since. */
const isHalfWay = ({ cash }: Status, before: CashUpView | null): before is CashUpView =>
  before !== null && before.withdrawal !== null && before.stage === 'withdrawn' && cash === 0

type StepsProps = {
  status: Status
  before: CashUpView | null
  /** Nothing is under way: otherwise what was counted waits, unseen, for how that ends. */
  isIdle: boolean
}

function Steps({ status, before, isIdle }: StepsProps) {
  const { session } = useStore(till)
  const words = useWords(closingWords)
  const [typed, setTyped] = useState(nothingTyped)
  const [count, setCount] = useState<CashCount | null>(null)
  // Asked on arrival; after a refusal only when it is pressed again.
  const [asked, setAsked] = useState(true)
  const by = status.cashCount
  const blind = isBlind({ session, status })
  // An empty drawer is not counted, unless that would tell that it should be empty.
  const isNeedless = count !== null || (status.cash <= 0 && !blind)
  if (!isIdle) return null
  if (isHalfWay(status, before)) return <HalfWay cashUp={before} />
  if (!isNeedless && by !== 'skipped') {
    return (
      <>
        {status.carried !== 0 && <p class="carried-first">{words.carriedFirst}</p>}
        <CountCash by={by} typed={typed} onTyped={setTyped} onCounted={setCount} />
      </>
    )
  }
  if (!asked) {
    return (
      <Button
        tone="main"
        onClick={() => {
          till.set({ trouble: null })
          setAsked(true)
        }}
      >
        {words.close}
      </Button>
    )
  }
  return (
    <Question
      status={status}
      count={count}
      // Whoever has seen what should be there counts anew from the start.
      onRecount={count && !blind ? () => setCount(null) : null}
      onYes={() => {
        setAsked(false)
        void closeInOneGo(status.cash, count)
      }}
    />
  )
}

/** N12: it stopped at its withdrawal, and goes on only if somebody still wants it. */
function HalfWay({ cashUp }: { cashUp: CashUpView }) {
  const words = useWords(closingWords)
  return (
    <section class="half-way">
      <p>
        <strong>{words.withdrawn(cashUp.withdrawal?.sum ?? 0)}</strong>
      </p>
      <p class="soft">{words.stillWanted}</p>
      <Button tone="main" onClick={() => void closeAfterAll(cashUp)}>
        {words.close}
      </Button>
    </section>
  )
}

function Question(props: {
  status: Status
  count: CashCount | null
  onRecount: (() => void) | null
  onYes: () => void
}) {
  const words = useWords(closingWords)
  const yesNo = useWords(tillWords)
  const { count, status, onRecount } = props
  const { cash } = status
  return (
    <Dialog
      title={words.ask(status.shift?.number ?? 0)}
      onClose={() => go('#/menu')}
      actions={
        <>
          <Button tone="main" onClick={props.onYes}>
            {yesNo.yes}
          </Button>
          <Button onClick={() => go('#/menu')}>{yesNo.no}</Button>
        </>
      }
    >
      {count && <Counted count={count} cash={cash} />}
      {onRecount && (
        <Button tone="quiet" onClick={onRecount}>
          {words.recount}
        </Button>
      )}
      {status.parked > 0 && <p>{words.parked(status.parked)}</p>}
      <p class="soft">{cash > 0 ? words.howWithdrawn(cash) : words.how}</p>
    </Dialog>
  )
}

/** What was found, what the books hold, and the difference by its name. */
export function Counted({ count, cash }: { count: CashCount; cash: Kopecks }) {
  const words = useWords(closingWords)
  const surplus = surplusOf({ cash, count }) ?? 0
  return (
    <div class="counted">
      <Facts
        rows={[
          [words.total, <Money key="counted" sum={count.sum} />],
          [words.byBooks, <Money key="books" sum={cash} />],
          [
            surplus === 0 ? words.even : surplus > 0 ? words.surplus : words.shortage,
            <span key="gap" class={surplus === 0 ? '' : 'differs'}>
              <Money sum={Math.abs(surplus)} />
            </span>,
          ],
        ]}
      />
      {surplus !== 0 && <p class="soft small">{words.differs}</p>}
    </div>
  )
}
