import { useState } from 'preact/hooks'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told, useEntitled } from './operator.ts'

/** The way to end a device's work, for whoever may. */
export function Retire(props: { device: string; unsent: number | null; onDone: () => void }) {
  const mayEnrol = useEntitled('device.enrol')
  const words = useWords(staffWords).retire
  const [isAsked, setAsked] = useState(false)
  if (!mayEnrol) return null
  return (
    <>
      <Button onClick={() => setAsked(true)}>{words.way(props.device)}</Button>
      {isAsked && (
        <RetireDialog
          device={props.device}
          unsent={props.unsent}
          onClose={(isDone) => {
            setAsked(false)
            if (isDone) props.onDone()
          }}
        />
      )}
    </>
  )
}

/** Names what is lost by it, and takes the reason. */
function RetireDialog(props: {
  device: string
  unsent: number | null
  onClose: (isDone: boolean) => void
}) {
  const { device, unsent, onClose } = props
  const words = useWords(staffWords).retire
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const field = useFocus()
  const confirm = async (event: Event) => {
    event.preventDefault()
    if (isBusy || reason.trim() === '') return
    setBusy(true)
    const answer = await operator.retireDevice({ device, reason: reason.trim() })
    setBusy(false)
    if (answer.kind === 'done') onClose(true)
    else setTrouble(answer)
  }
  return (
    <Dialog title={words.title(device)} class="measure" onClose={() => !isBusy && onClose(false)}>
      <form class="measure-form" onSubmit={(event) => void confirm(event)}>
        <p>{words.consequence}</p>
        {unsent !== null && unsent > 0 && <Alert tone="red" title={words.unsent(unsent)} />}
        <Field
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          maxLength={500}
          field={field}
          onText={setReason}
        />
        {trouble && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          <Button type="submit" tone="danger" busy={isBusy} disabled={reason.trim() === ''}>
            {words.confirm}
          </Button>
          <Button disabled={isBusy} onClick={() => onClose(false)}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
