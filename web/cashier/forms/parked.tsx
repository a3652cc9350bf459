import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { printedMoment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { sellingWords } from '#core/words/selling.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { bringBack, park } from '../aside.ts'
import { register } from '../register.ts'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

const LONGEST_NAME = 64

/** N9: puts the receipt aside under a name, or without one under its time. */
export function ParkDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(sellingWords).aside
  const [name, setName] = useState('')
  const field = useFocus()
  const put = () => {
    onClose()
    park(name.trim() === '' ? null : name.trim())
  }
  return (
    <Dialog
      title={words.park}
      onClose={onClose}
      actions={
        <>
          <Button tone="main" onClick={put}>
            {words.park}
          </Button>
          <Button onClick={onClose}>{words.close}</Button>
        </>
      }
    >
      <p class="soft">{words.parkHow}</p>
      <Field
        label={words.name}
        placeholder={words.nameHint}
        value={name}
        maxLength={LONGEST_NAME}
        onText={setName}
        onEnter={put}
        field={field}
      />
    </Dialog>
  )
}

type Waiting = Reply<(typeof registerApi)['parked']>['receipts'][number]

/** N9: receipts that wait, the oldest first; one is brought back where no other is open. */
export function ParkedDialog({ onClose }: { onClose: () => void }) {
  const { basket, status } = useStore(till)
  const words = useWords(sellingWords).aside
  const { retry } = useWords(controlsWords)
  const [answer, again] = useLoad(`${status?.parked}`, () => register.parked({}))
  const isOpen = basket.lines.length > 0
  const bring = (id: Waiting['id']) => {
    onClose()
    bringBack(id)
  }
  return (
    <Dialog
      class="parked"
      title={words.heading}
      onClose={onClose}
      actions={<Button onClick={onClose}>{words.close}</Button>}
    >
      {isOpen && <p role="status">{words.notEmpty}</p>}
      {answer && answer.kind !== 'done' && (
        <p role="alert">
          {answerOf(answer)} <Button onClick={again}>{retry}</Button>
        </p>
      )}
      {answer?.kind === 'done' && answer.value.receipts.length === 0 && <p>{words.none}</p>}
      {answer?.kind === 'done' && (
        <ul class="parked-list">
          {answer.value.receipts.map((receipt) => (
            <Row key={receipt.id} receipt={receipt} stopped={isOpen} onBring={bring} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Row(props: { receipt: Waiting; stopped: boolean; onBring: (id: Waiting['id']) => void }) {
  const { id, name, at, person, sum, lines, goods } = props.receipt
  const words = useWords(sellingWords).aside
  const time = printedMoment(at).slice(0, 16)
  return (
    <li class="parked-row">
      <span class="parked-what">
        <strong>{name ?? time}</strong>
        <span class="soft small">{words.goods(goods, lines - 1)}</span>
        <span class="soft small">{name === null ? person : `${time} · ${person}`}</span>
      </span>
      {sum !== null && (
        <strong class="nowrap">
          <Money sum={sum} />
        </strong>
      )}
      <Button
        disabled={props.stopped}
        aria-description={name ?? time}
        onClick={() => props.onBring(id)}
      >
        {words.back}
      </Button>
    </li>
  )
}
