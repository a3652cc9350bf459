import { useId, useState } from 'preact/hooks'
import { useFocus } from './hooks.ts'

/**
 * A number with its bounds. What is typed counts as soon as it makes sense; leaving the field puts
 * back the last value that did. `value`, `min`, `max` and `step` are in the caller's units.
 */
export function NumberField(props: {
  label: string
  value: number
  min: number
  max: number
  step: number
  format: (value: number) => string
  parse: (text: string) => number | null
  onValue: (value: number) => void
  disabled?: boolean
  /** Takes the focus when it appears. */
  wanted?: boolean
}) {
  const { value, min, max, step } = props
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const field = useFocus(props.wanted ? 'always' : 'never')
  const type = (text: string) => {
    setTyped(text)
    const read = props.parse(text)
    if (read !== null && read >= min && read <= max) props.onValue(read)
  }
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
        value={typed ?? props.format(value)}
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
