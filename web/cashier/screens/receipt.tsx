import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { formatMoney } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { markingWords } from '#core/words/marking.ts'
import { messageIn, operationsWords } from '#core/words/operations.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { marksShown } from '#web/ui/marks.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { carryOut } from '../operations.ts'
import { Letters } from '../receipts/letters.tsx'
import { register } from '../register.ts'
import type { Route } from '../routes.ts'
import { goBack } from '../standing-header.tsx'
import { GatherSupport } from '../support/gather-support.tsx'
import { newId, till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { meansOf, wordsOf } from './receipts.tsx'
import { RedReceipt } from './red-receipt.tsx'

/** One operation: its paper, its uid, and the facts that fail apart. */
export function Receipt({ route }: { route: Extract<Route, { at: 'receipt' }> }) {
  const { id } = route
  const { open, status } = useStore(till)
  // Asked anew when a fact may have changed: an operation's step, the upload, the printer.
  const step = open.find((view) => view.id === id)?.state ?? ''
  const [answer, again] = useLoad(
    `${id}/${step}/${status?.unsent?.count}/${status?.printer.waiting}`,
    () => register.operation({ id }),
  )
  useKeys({ Escape: () => goBack(route) })
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <p role="alert">
        {answerOf(answer)} <Button onClick={again}>{wordsNow(controlsWords).retry}</Button>
      </p>
    )
  }
  const view = answer.value
  return view.state === 'red' ? <RedReceipt key={id} view={view} /> : <ReceiptView view={view} />
}

function ReceiptView({ view }: { view: OperationView }) {
  const { receipt: words, noData, number } = useWords(tillWords)
  const { facts } = view
  const language = useLanguage()
  const told = view.message && messageIn(language, view.message)
  return (
    <div class="receipt">
      <div class="receipt-facts">
        <h1>
          {operationsWords[language].kinds[view.kind]}
          {view.number !== null && ` ${number(view.number)}`}
        </h1>
        {told && (
          <Alert tone={view.state === 'red' ? 'red' : 'amber'} title={told.text} next={told.next} />
        )}
        <Facts
          rows={[
            [words.state, isAnnulled(view) ? words.annulledState : wordsOf(view)],
            [words.sum, <Money key="sum" sum={view.sum} />],
            ...(view.payments.length > 0 ? [[words.paid, meansOf(view)] as const] : []),
            ...undoneRows(view),
            ...reasonRows(view),
            ...markRows(view),
            [words.time, printedMoment(view.at)],
            [words.cashier, view.cashier],
            ...cardRows(view),
            ...(view.kind === 'correction'
              ? []
              : [
                  [
                    words.uid,
                    view.uid === null ? noData : <code key="uid">{view.uid}</code>,
                  ] as const,
                ]),
          ]}
        />
        {view.kind !== 'correction' && (
          <Facts
            rows={[
              ...(view.card ? [[words.paidByCard, moment(facts.paid)] as const] : []),
              [words.fiscalised, moment(facts.fiscalised)],
              [
                words.atOperator,
                facts.stored === null ? noData : facts.stored ? words.stored : words.notStored,
              ],
              [words.printed, moment(facts.printed)],
            ]}
          />
        )}
        {view.document && (
          <div class="receipt-buttons steps">
            <Copy id={view.id} />
            {view.kind === 'sale' && !isAnnulled(view) && <Undo id={view.id} />}
          </div>
        )}
        <Letters view={view} />
        <GatherSupport asked={{ operation: view.id }} />
      </div>
      <OperationPaper view={view} />
    </div>
  )
}

/** N4: a refund of any shift, or the annulment of the very last sale; the register decides. */
function Undo({ id }: { id: OperationView['id'] }) {
  const { sending } = useStore(till)
  const { receipt: words, sure, notSure } = useWords(tillWords)
  const [asked, setAsked] = useState(false)
  const annul = () => {
    setAsked(false)
    carryOut({ id: newId(), kind: 'annulment', of: id })
  }
  return (
    <>
      {/* N10: who has not the right may ask for it on the spot. */}
      <Button onClick={() => go(`#/receipts/${id}/refund`)}>{words.refund}</Button>
      <Button
        disabled={sending !== null}
        busy={sending?.request.kind === 'annulment'}
        onClick={() => setAsked(true)}
      >
        {words.annulment}
      </Button>
      {asked && (
        <Dialog
          title={words.annulAsk}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button tone="danger" onClick={annul}>
                {sure}
              </Button>
              <Button onClick={() => setAsked(false)}>{notSure}</Button>
            </>
          }
        >
          <p class="soft">{words.annulHow}</p>
        </Dialog>
      )}
    </>
  )
}

/** D21: nothing of it is left to undo. */
const isAnnulled = ({ undone }: OperationView): boolean => undone?.annulment != null

/** What has come back already; the register refuses more, and says why. */
const undoneRows = ({ undone }: OperationView): [string, ComponentChildren][] =>
  undone
    ? [
        undone.annulment === null
          ? [wordsNow(tillWords).receipt.undone, <Money key="undone" sum={undone.sum} />]
          : [
              wordsNow(tillWords).receipt.annulled,
              wordsNow(tillWords).receipt.document(undone.annulment),
            ],
      ]
    : []

/** N10: what was taken off, and why. */
const reasonRows = ({ reasons }: OperationView): [string, ComponentChildren][] =>
  reasons.map(({ reason, sum }) => [
    wordsNow(sellingWords).discounts.given,
    `${reason}: ${formatMoney(sum)}`,
  ])

/** The codes of marked units, which paper does not show. */
const markRows = ({ document }: OperationView): [string, ComponentChildren][] =>
  document ? marksShown(document.lines, wordsNow(markingWords).codes) : []

function cardRows({ card }: OperationView): [string, ComponentChildren][] {
  if (!card) return []
  const { receipt: words, noData } = wordsNow(tillWords)
  return [
    [words.byCard, <Money key="card" sum={card.sum} />],
    [words.card, card.masked ?? noData],
    [words.rrn, card.rrn ?? noData],
    [words.auth, card.auth ?? noData],
  ]
}

const moment = (at: number | null): string =>
  at === null ? wordsNow(tillWords).receipt.never : printedMoment(at)

function Copy({ id }: { id: string }) {
  const words = useWords(tillWords).receipt
  const [busy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    const answer = await register.copy({ id })
    setBusy(false)
    if (answer.kind === 'done') till.set({ notice: words.copyQueued })
    else till.set({ trouble: answer })
  }
  return (
    <Button icon="printer" busy={busy} onClick={print}>
      {words.copy}
    </Button>
  )
}
