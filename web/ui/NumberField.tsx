import { useId, useState } from 'preact/hooks'
import { useFocus } from './hooks.ts'

type Props = {
  label: string
  value: number
  min: number
  max: number
  step: number
  format: (value: number) => string
  parse: (text: string) => number | null
  onValue: (value: number) => void
  disabled?: boolean
  /** Takes the focus when it appears, and again at another `place`. */
  wanted?: boolean
  place?: string
}

/**
 * A number with its bounds. What is typed counts as soon as it makes sense; leaving the field puts
 * back the last value that did. `value`, `min`, `max` and `step` are in the caller's units.
 */
export function NumberField(props: Props) {
  const { value, min, max, step } = props
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const field = useFocus(props.wanted ? 'always' : 'never', props.place)
  const type = (text: string) => {
    setTyped(text)
    const read = readIn(props, text)
    if (read !== null) props.onValue(read)
  }
  // Typed is what counts until the value is changed from elsewhere.
  const stands = typed !== null && [null, value].includes(readIn(props, typed))
  const move = (by: number) => {
    setTyped(null)
    props.onValue(Math.min(max, Math.max(min, value + by)))
  }
  return (
    <>
      <label class="unseen" for={id}>
        {props.label}
      </label>
      <input
        ref={field}
        id={id}
        class="field-input number-input"
        type="text"
        role="spinbutton"
        inputMode="decimal"
        autocomplete="off"
        value={stands ? typed : props.format(value)}
        disabled={props.disabled}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={props.format(value)}
        onInput={(event) => type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') move(step)
          else if (event.key === 'ArrowDown') move(-step)
          else if (event.key === 'Enter') event.currentTarget.blur()
          else return
          event.preventDefault()
        }}
      />
    </>
  )
}

/** The number typed, null when it is none or out of bounds. */
function readIn({ parse, min, max }: Props, text: string): number | null {
  const read = parse(text)
  return read !== null && read >= min && read <= max ? read : null
}
