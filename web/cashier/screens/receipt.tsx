import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { printedMoment } from '#core/time.ts'
import { messageIn, operationsWords } from '#core/words/operations.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { carryOut } from '../operations.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { meansOf, wordsOf } from './receipts.tsx'
import { RedReceipt } from './red-receipt.tsx'

/** One operation: its paper, its УИ, and the facts that fail apart. */
export function Receipt({ id }: { id: string }) {
  const { open, status } = useStore(till)
  // Asked anew when a fact may have changed: an operation's step, the upload, the printer.
  const step = open.find((view) => view.id === id)?.state ?? ''
  const [answer, again] = useLoad(
    `${id}/${step}/${status?.unsent?.count}/${status?.printer.waiting}`,
    () => register.operation({ id }),
  )
  useKeys({ Escape: () => goBack({ at: 'receipt', id }) })
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <p role="alert">
        {answerOf(answer)} <Button onClick={again}>Повторить</Button>
      </p>
    )
  }
  const view = answer.value
  return view.state === 'red' ? <RedReceipt key={id} view={view} /> : <ReceiptView view={view} />
}

function ReceiptView({ view }: { view: OperationView }) {
  const { facts } = view
  const language = useLanguage()
  const told = view.message && messageIn(language, view.message)
  return (
    <div class="receipt">
      <div class="receipt-facts">
        <h1>
          {operationsWords[language].kinds[view.kind]}
          {view.number !== null && ` № ${view.number}`}
        </h1>
        {told && (
          <Alert tone={view.state === 'red' ? 'red' : 'amber'} title={told.text} next={told.next} />
        )}
        <Facts
          rows={[
            ['Состояние', wordsOf(view)],
            ['Сумма', <Money key="sum" sum={view.sum} />],
            ...(view.payments.length > 0 ? [['Оплата', meansOf(view)] as const] : []),
            ...undoneRows(view),
            ['Время', printedMoment(view.at)],
            ['Кассир', view.cashier],
            ...cardRows(view),
            ...(view.kind === 'correction'
              ? []
              : [
                  [
                    'УИ',
                    view.uid === null ? 'нет данных' : <code key="uid">{view.uid}</code>,
                  ] as const,
                ]),
          ]}
        />
        {view.kind !== 'correction' && (
          <Facts
            rows={[
              ...(view.card ? [['Оплачен картой', moment(facts.paid)] as const] : []),
              ['Фискализирован', moment(facts.fiscalised)],
              [
                'У оператора',
                facts.stored === null ? 'нет данных' : facts.stored ? 'да' : 'ещё нет',
              ],
              ['Напечатан', moment(facts.printed)],
            ]}
          />
        )}
        {view.document && (
          <div class="receipt-buttons">
            <Copy id={view.id} />
            {view.kind === 'sale' && <Undo id={view.id} />}
          </div>
        )}
      </div>
      <OperationPaper view={view} />
    </div>
  )
}

/** N4: a refund of any shift, or the annulment of the very last sale; the register decides. */
function Undo({ id }: { id: OperationView['id'] }) {
  const { sending } = useStore(till)
  const [asked, setAsked] = useState(false)
  const annul = () => {
    setAsked(false)
    carryOut({ id: newId(), kind: 'annulment', of: id })
  }
  return (
    <>
      <Button onClick={() => go(`#/receipts/${id}/refund`)}>Возврат</Button>
      <Button
        disabled={sending !== null}
        busy={sending?.request.kind === 'annulment'}
        onClick={() => setAsked(true)}
      >
        Аннулирование
      </Button>
      {asked && (
        <Dialog
          title="Аннулировать чек?"
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button tone="danger" onClick={annul}>
                ДА
              </Button>
              <Button onClick={() => setAsked(false)}>НЕТ</Button>
            </>
          }
        >
          <p class="soft">
            Чек отменяется целиком. Так можно отменить только последний чек текущей смены, для
            остальных есть «Возврат».
          </p>
        </Dialog>
      )}
    </>
  )
}

/** What has come back already; the register refuses more, and says why. */
const undoneRows = ({ undone }: OperationView): [string, ComponentChildren][] =>
  undone
    ? [
        undone.annulment === null
          ? ['Возвращено', <Money key="undone" sum={undone.sum} />]
          : ['Аннулирован', `документ № ${undone.annulment}`],
      ]
    : []

const cardRows = ({ card }: OperationView): [string, ComponentChildren][] =>
  card
    ? [
        ['Картой', <Money key="card" sum={card.sum} />],
        ['Карта', card.masked ?? 'нет данных'],
        ['RRN', card.rrn ?? 'нет данных'],
        ['Код авторизации', card.auth ?? 'нет данных'],
      ]
    : []

const moment = (at: number | null): string => (at === null ? 'нет' : printedMoment(at))

function Copy({ id }: { id: string }) {
  const [busy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    const answer = await register.copy({ id })
    setBusy(false)
    if (answer.kind === 'done') till.set({ notice: 'Копия отправлена на печать' })
    else till.set({ trouble: answer })
  }
  return (
    <Button icon="printer" busy={busy} onClick={print}>
      Копия
    </Button>
  )
}
