import { useState } from 'preact/hooks'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useLater } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, type Session, told, visit } from '../operator.ts'

type Viewing = NonNullable<Session['viewing']>

/** What stands above a client's pages while one of the operator's people looks at them. */
export function ViewingBar({ viewing, email }: { viewing: Viewing; email: string }) {
  const words = useWords(staffWords).view
  useLater(viewing.reason, viewing.leftMs, () => void visit.restore())
  const end = async () => {
    const answer = await operator.endView({})
    if (answer.kind !== 'done') return
    go('#/clients')
    await visit.restore()
  }
  return (
    <section class="viewing" aria-label={words.label}>
      <p>
        <strong>{words.asClient(viewing.company)}</strong> {words.readOnly(email)}
      </p>
      <Button onClick={() => void end()}>{words.end}</Button>
    </section>
  )
}

/** Asks why, before a client's data are looked at. */
export function ViewDialog(props: { unp: string; company: string; onClose: () => void }) {
  const { view: words, measures } = useWords(staffWords)
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const field = useFocus()
  const begin = async (event: Event) => {
    event.preventDefault()
    if (reason.trim() === '') return
    const answer = await operator.beginView({ unp: props.unp, reason })
    if (answer.kind !== 'done') {
      setTrouble(answer)
      return
    }
    go('#/')
    await visit.restore()
  }
  return (
    <Dialog title={words.title(props.company)} class="measure" onClose={props.onClose}>
      <form class="measure-form" onSubmit={begin}>
        <p>{words.consequence}</p>
        <Field
          label={measures.reason}
          hint={words.reasonHint}
          value={reason}
          maxLength={500}
          field={field}
          onText={setReason}
        />
        {trouble && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          <Button type="submit" tone="main" disabled={reason.trim() === ''}>
            {words.begin}
          </Button>
          <Button onClick={props.onClose}>{measures.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}
