import { PIN_LENGTH } from '#core/access/pin.ts'
import { peopleWords } from '#core/words/people.ts'
import { Field } from '#web/ui/Field.tsx'
import { useWords } from '#web/ui/language.ts'

/** A PIN that is chosen. */
export function NewPin(props: {
  label: string
  hint?: string
  pin: string
  fault: string | undefined
  onPin: (pin: string) => void
}) {
  const words = useWords(peopleWords)
  return (
    <Field
      label={props.label}
      type="password"
      inputMode="numeric"
      autocomplete="new-password"
      maxLength={PIN_LENGTH.most}
      value={props.pin}
      onText={props.onPin}
      hint={props.hint === undefined ? words.pinHint : `${words.pinHint}. ${props.hint}`}
      error={props.fault}
    />
  )
}

type Twice = { pin: string; again: string }

/** What of a PIN that was typed twice is wrong before anybody is asked. */
export const pinTwiceFaults = (
  { pin, again }: Twice,
  words: { missing: string; repeatWrong: string },
): { pin: string | undefined; again: string | undefined } => ({
  pin: pin === '' ? words.missing : undefined,
  again: pin === again ? undefined : words.repeatWrong,
})

/** A PIN that is chosen for oneself, and typed once more: nobody else can tell her what it is. */
export function NewPinTwice(props: {
  labels: { pin: string; again: string }
  typed: Twice
  faults: Partial<Record<keyof Twice, string | undefined>>
  put: (change: Partial<Twice>) => void
}) {
  const { labels, typed, faults, put } = props
  return (
    <>
      <NewPin label={labels.pin} pin={typed.pin} fault={faults.pin} onPin={(pin) => put({ pin })} />
      <Field
        label={labels.again}
        type="password"
        inputMode="numeric"
        autocomplete="new-password"
        maxLength={PIN_LENGTH.most}
        value={typed.again}
        onText={(again) => put({ again })}
        error={faults.again}
      />
    </>
  )
}
