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
