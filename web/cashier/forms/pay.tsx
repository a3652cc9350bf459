import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Payment } from '#core/document/totals.ts'
import { settle } from '#core/document/totals.ts'
import { formatMoney, type Kopecks, kopecks, parseMoney } from '#core/money.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, goInstead, useFocus, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { Keypad, keepsFocus } from '#web/ui/Keypad.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { faultIn, priced, saleRequest } from '../basket.ts'
import { carryOut } from '../operations.ts'
import { payByCard } from '../paying.ts'
import { till } from '../till.ts'
import { isUnusual } from '../typed.ts'
import { quickSums } from './quick-sums.ts'
import { UnusualSum } from './unusual-sum.tsx'

type PayStep = 'means' | 'cash' | 'card' | 'mixed' | 'other'

/** Paying: by what means, then how much was handed over. */
export function Pay({ step }: { step: PayStep }) {
  const { basket, sending } = useStore(till)
  const words = useWords(tillWords)
  const { totals, fault } = priced(basket)
  const total = fault === null ? totals?.total : undefined
  const busy = sending?.request.kind === 'sale'
  const [asked, setAsked] = useState<Payment[] | null>(null)
  const carryOn = (payments: Payment[]) => {
    const { basket: now, open } = till.get()
    // Sent before, and its outcome is not known: the receipt itself is what goes on.
    const sent = open.find((view) => view.id === now.id)
    if (sent) go(`#/receipts/${sent.id}`)
    else if (now.id !== null) carryOut(saleRequest({ ...now, id: now.id }, payments))
  }
  const pay = (payments: Payment[]) => {
    if (isUnusual(cashOf(payments))) setAsked(payments)
    else carryOn(payments)
  }
  return (
    <section class="pay" aria-label={words.pay.heading}>
      <p class="pay-due">
        <span>{words.pay.due}</span>
        <strong>
          <Money sum={total ?? 0} currency />
        </strong>
      </p>
      {total === undefined ? (
        <p class="soft">
          {fault && faultIn(words.sale.faults, fault)}. <a href="#/sale">{words.pay.backToGoods}</a>
        </p>
      ) : step === 'means' ? (
        <MeansChoice />
      ) : step === 'cash' ? (
        <CashForm total={total} busy={busy} onPay={(sum) => pay([{ means: 'cash', sum }])} />
      ) : step === 'card' ? (
        <WholeForm busy={busy} onPay={() => pay([{ means: 'card', sum: total }])}>
          {words.pay.cardHow}
        </WholeForm>
      ) : step === 'mixed' ? (
        <MixedForm total={total} busy={busy} onPay={pay} />
      ) : (
        <WholeForm busy={busy} onPay={() => pay([{ means: 'other', sum: total }])}>
          {words.pay.otherHow}
        </WholeForm>
      )}
      {asked && (
        <UnusualSum
          what={words.pay.received}
          sum={cashOf(asked)}
          onYes={() => carryOn(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

const cashOf = (payments: readonly Payment[]): Kopecks =>
  payments.find(({ means }) => means === 'cash')?.sum ?? kopecks(0)

// The choice gives its place in the history to what was chosen: «Back» leads to the receipt.
function MeansChoice() {
  const { status } = useStore(till)
  const words = useWords(tillWords).pay
  const isTaken = status?.terminal === true
  const byCard = (work: () => void) => (isTaken ? { onClick: work } : { hint: words.noTerminal })
  // N11: the reader waits at once; there is nothing to decide before.
  const atOnce = () => {
    goInstead('#/sale/card')
    payByCard()
  }
  return (
    <div class="means">
      <MeansTile wanted icon="cash" text={words.cash} onClick={() => goInstead('#/sale/cash')} />
      <MeansTile icon="card" text={words.card} {...byCard(atOnce)} />
      <MeansTile icon="mixed" text={words.mixed} {...byCard(() => goInstead('#/sale/mixed'))} />
      <MeansTile
        icon="gift"
        text={words.other}
        note={words.otherNote}
        onClick={() => goInstead('#/sale/other')}
      />
    </div>
  )
}

function MeansTile(props: {
  icon: IconName
  text: string
  note?: string
  hint?: string
  /** Takes the focus when it appears. */
  wanted?: boolean
  onClick?: () => void
}) {
  const tile = useFocus<HTMLButtonElement>(props.wanted ? 'always' : 'never')
  const note = props.hint ?? props.note
  return (
    <button
      ref={tile}
      type="button"
      class="tile"
      aria-label={props.text}
      aria-description={note}
      disabled={!props.onClick}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={30} />
      <span class="tile-text">{props.text}</span>
      {note && <span class="tile-note" data-note={note} />}
    </button>
  )
}

function CashForm(props: { total: Kopecks; busy: boolean; onPay: (sum: Kopecks) => void }) {
  const { total, busy } = props
  const words = useWords(tillWords)
  // Null until touched: the exact sum, which any typing replaces.
  const [typed, setTyped] = useState<string | null>(null)
  const field = useFocus()
  const received = typed === null ? total : parseMoney(typed)
  const settled = received === null ? null : settle(total, [{ means: 'cash', sum: received }])
  const enough = settled !== null && !('fault' in settled)
  return (
    <form
      class="cash"
      onSubmit={(event) => {
        event.preventDefault()
        if (enough && received !== null && !busy) props.onPay(received)
      }}
    >
      <div class="cash-sums">
        <Field
          label={words.pay.received}
          big
          inputMode="decimal"
          value={typed ?? formatMoney(total)}
          onText={(text) => setTyped(unlessExact(text, total))}
          field={field}
          disabled={busy}
          error={received === null ? words.typed.sumLike : undefined}
        />
        <Due
          label={enough ? words.pay.change : words.pay.short}
          sum={enough ? settled.change : total - (received ?? 0)}
          short={!enough}
        />
      </div>
      <QuickSums due={total} busy={busy} onTyped={setTyped} />
      <Keypad dot text={typed ?? ''} onText={setTyped} disabled={busy} />
      <Button tone="main" big wide type="submit" busy={busy} disabled={!enough}>
        {words.carryOut}
        <span class="key-hint" aria-hidden="true">
          Enter
        </span>
      </Button>
    </form>
  )
}

/** The exact sum, also when it is put back into the field, is what any key of the pad replaces. */
const unlessExact = (text: string, exact: Kopecks): string | null =>
  text === formatMoney(exact) ? null : text

/** A part by card, the rest in cash; change is given of the cash alone. */
function MixedForm(props: { total: Kopecks; busy: boolean; onPay: (payments: Payment[]) => void }) {
  const { total, busy, onPay } = props
  const words = useWords(tillWords)
  const [byCard, setByCard] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState<'card' | 'cash'>('card')
  const field = useFocus()
  const { due, received, isPart, payments } = mixedOf(total, byCard, typed)
  return (
    <form
      class="cash"
      onSubmit={(event) => {
        event.preventDefault()
        if (payments && !busy) onPay(payments)
      }}
    >
      <div class="cash-sums">
        <Field
          label={words.pay.byCard}
          big
          inputMode="decimal"
          placeholder="0.00"
          value={byCard}
          onText={setByCard}
          onFocus={() => setAt('card')}
          field={field}
          disabled={busy}
          error={byCard !== '' && !isPart ? words.pay.partOfSum : undefined}
        />
        <Due label={words.pay.inCash} sum={due} />
      </div>
      <div class="cash-sums">
        <Field
          label={words.pay.received}
          big
          inputMode="decimal"
          value={typed ?? formatMoney(due)}
          onText={(text) => setTyped(unlessExact(text, due))}
          onFocus={() => setAt('cash')}
          disabled={busy}
          error={isPart && !payments ? words.pay.cashShort : undefined}
        />
        <Due label={words.pay.change} sum={payments ? received - due : 0} />
      </div>
      {at === 'cash' && <QuickSums due={due} busy={busy} onTyped={setTyped} />}
      {at === 'card' ? (
        <Keypad dot text={byCard} onText={setByCard} disabled={busy} />
      ) : (
        <Keypad dot text={typed ?? ''} onText={setTyped} disabled={busy} />
      )}
      <Button tone="main" big wide type="submit" busy={busy} disabled={!payments}>
        {words.carryOut}
      </Button>
    </form>
  )
}

/** What was typed of a mixed payment; null payments: it does not come to the receipt's sum. */
function mixedOf(total: Kopecks, byCard: string, typed: string | null) {
  const card = parseMoney(byCard)
  const isPart = card !== null && card > 0 && card < total
  const due = kopecks(total - (isPart ? card : 0))
  const received = typed === null ? due : parseMoney(typed)
  const payments: Payment[] | null =
    isPart && received !== null && received >= due
      ? [
          { means: 'card', sum: card },
          { means: 'cash', sum: received },
        ]
      : null
  return { due, received: received ?? kopecks(0), isPart, payments }
}

/** A sum that follows from what is typed. */
const Due = (props: { label: string; sum: number; short?: boolean }) => (
  <p class={props.short ? 'change change-short' : 'change'}>
    <span>{props.label}</span>
    <output aria-label={props.label}>
      <Money sum={props.sum} currency />
    </output>
  </p>
)

/** Sums that a customer hands over for this one (N11), and the exact sum. */
function QuickSums(props: {
  due: Kopecks
  busy: boolean
  onTyped: (typed: string | null) => void
}) {
  const { due, busy, onTyped } = props
  const words = useWords(tillWords).pay
  return (
    <div class="notes">
      <Button class="notes-exact" {...keepsFocus} disabled={busy} onClick={() => onTyped(null)}>
        {words.exact}
      </Button>
      {quickSums(due).map((sum) => (
        <Button key={sum} {...keepsFocus} disabled={busy} onClick={() => onTyped(formatMoney(sum))}>
          {sum % 100 === 0 ? sum / 100 : formatMoney(sum)}
        </Button>
      ))}
    </div>
  )
}

/** The whole sum by one means, without change. */
function WholeForm(props: { busy: boolean; onPay: () => void; children: ComponentChildren }) {
  const words = useWords(tillWords)
  return (
    <form
      class="cash"
      onSubmit={(event) => {
        event.preventDefault()
        if (!props.busy) props.onPay()
      }}
    >
      <p class="soft">{props.children}</p>
      <Button tone="main" big wide wanted type="submit" busy={props.busy}>
        {words.carryOut}
      </Button>
    </form>
  )
}
