import { useState } from 'preact/hooks'
import { printedMoment } from '#core/time.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useStore } from '#web/ui/hooks.ts'
import { Money } from '#web/ui/Money.tsx'
import { carryOut } from '../operations.ts'
import { newId, till } from '../till.ts'

/** N2: closing makes the Z-report, so it is asked for once more. */
export function CloseShift() {
  const { status, sending, open } = useStore(till)
  // Asked on arrival; after a refusal only when it is pressed again.
  const [asked, setAsked] = useState(true)
  const closing = sending?.request.kind === 'shift-closing'
  // What stands open is told above, and must end first: a question over it would hide it.
  const isStopped = open.some(({ state }) => state !== 'reversing')
  const shift = status?.shift
  return (
    <>
      <h1>Закрытие смены</h1>
      {status && !shift && <p class="soft">Смена уже закрыта.</p>}
      {status && shift && (
        <Facts
          rows={[
            ['Смена', `№ ${shift.number}`],
            ['Открыта', printedMoment(shift.openedAt)],
            ['Наличные в кассе', <Money key="cash" sum={status.cash} />],
          ]}
        />
      )}
      {closing && (
        <p class="calm" role="status">
          <span class="spinner" aria-hidden="true" />
          Закрываем смену…
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
          Закрыть смену
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
  const close = () => {
    onYes()
    carryOut({ id: newId(), kind: 'shift-closing' })
  }
  return (
    <Dialog
      title={`Закрыть смену № ${number}?`}
      onClose={() => go('#/menu')}
      actions={
        <>
          <Button tone="main" disabled={sending !== null} onClick={close}>
            Да
          </Button>
          <Button onClick={() => go('#/menu')}>Нет</Button>
        </>
      }
    >
      <p class="soft">Будет сформирован Z-отчёт. Новая смена откроется отдельно.</p>
    </Dialog>
  )
}
