import { useState } from 'preact/hooks'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { told } from '../office.ts'

type Values<Name extends string> = Record<Name, string>

/** An act that wants a few words: fields, a button, and why it was not done. */
export function ActForm<Name extends string>(props: {
  act: string
  fields: Record<
    Name,
    { label: string; value?: string; money?: boolean; date?: boolean; optional?: boolean }
  >
  /** Null: something makes no sense yet. */
  send: (values: Values<Name>) => Promise<{ kind: 'done' } | Trouble> | null
  onDone: () => void
  danger?: boolean
}) {
  const { act, fields, send, onDone, danger } = props
  const names = Object.keys(fields) as Name[]
  const begun = () =>
    Object.fromEntries(names.map((name) => [name, fields[name].value ?? ''])) as Values<Name>
  const [values, setValues] = useState(begun)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    const sent = busy ? null : send(values)
    if (!sent) return
    setBusy(true)
    const answer = await sent
    setBusy(false)
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind !== 'done') return
    setValues(begun())
    onDone()
  }
  const isEmpty = names.some((name) => !fields[name].optional && values[name].trim() === '')
  return (
    <form class="act" aria-label={act} onSubmit={submit}>
      {names.map((name) => (
        <Field
          key={name}
          label={fields[name].label}
          type={fields[name].date ? 'date' : 'text'}
          value={values[name]}
          inputMode={fields[name].money ? 'decimal' : 'text'}
          maxLength={200}
          onText={(text) => setValues(Object.assign({}, values, { [name]: text }))}
        />
      ))}
      <Button type="submit" tone={danger ? 'danger' : 'plain'} busy={busy} disabled={isEmpty}>
        {act}
      </Button>
      {trouble && <Alert tone="red" title={told(trouble)} />}
    </form>
  )
}
