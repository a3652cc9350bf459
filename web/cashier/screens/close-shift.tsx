import { useState } from 'preact/hooks'
import { printedMoment } from '#core/time.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { carryOut } from '../operations.ts'
import { newId, till } from '../till.ts'

/** N2: closing makes the Z-report, so it is asked for once more. */
export function CloseShift() {
  const { status, sending, open } = useStore(till)
  const all = useWords(tillWords)
  const words = all.closing
  // Asked on arrival; after a refusal only when it is pressed again.
  const [asked, setAsked] = useState(true)
  const closing = sending?.request.kind === 'shift-closing'
  // What stands open is told above, and must end first: a question over it would hide it.
  const isStopped = open.some(({ state }) => state !== 'reversing')
  const shift = status?.shift
  return (
    <>
      <h1>{words.heading}</h1>
      {status && !shift && <p class="soft">{words.closed}</p>}
      {status && shift && (
        <Facts
          rows={[
            [words.shift, all.number(shift.number)],
            [words.opened, printedMoment(shift.openedAt)],
            [words.cash, <Money key="cash" sum={status.cash} />],
          ]}
        />
      )}
      {closing && (
        <p class="calm" role="status">
          <span class="spinner" aria-hidden="true" />
          {words.closing}
        </p>
      )}
      {shift && !closing && !asked && !isStopped && (
        <Button
          tone="main"
          onClick={() => {
            till.set({ trouble: null })
            setAsked(true)
          }}
        >
          {words.close}
        </Button>
      )}
      {shift && !closing && asked && !isStopped && (
        <Question number={shift.number} onYes={() => setAsked(false)} />
      )}
    </>
  )
}

function Question({ number, onYes }: { number: number; onYes: () => void }) {
  const { sending } = useStore(till)
  const words = useWords(tillWords)
  const close = () => {
    onYes()
    carryOut({ id: newId(), kind: 'shift-closing' })
  }
  return (
    <Dialog
      title={words.closing.ask(number)}
      onClose={() => go('#/menu')}
      actions={
        <>
          <Button tone="main" disabled={sending !== null} onClick={close}>
            {words.yes}
          </Button>
          <Button onClick={() => go('#/menu')}>{words.no}</Button>
        </>
      }
    >
      <p class="soft">{words.closing.how}</p>
    </Dialog>
  )
}
