import { useId, useState } from 'preact/hooks'
import { useFocus } from './hooks.ts'

type Props = {
  label: string
  value: number
  /** What was typed in place of `value` and means no number; null: `value` counts. */
  wrong: string | null
  min: number
  max: number
  step: number
  format: (value: number) => string
  /** The number within its bounds, or why what was typed is none. */
  read: (text: string) => number | string
  onValue: (value: number) => void
  /** The caller keeps it: what comes next must not go on with the number before. */
  onWrong: (text: string) => void
  disabled?: boolean
  /** Takes the focus when it appears, and again at another `place`; `fine`: see `useFocus`. */
  wanted?: 'always' | 'fine' | 'never'
  place?: string
}

/**
 * A number with its bounds. What is typed counts as soon as it makes sense; until then it is
 * flagged, and stays when the field is left. `value`, `min`, `max` and `step` are in the caller's
 * units.
 */
export function NumberField(props: Props) {
  const { value, wrong, min, max, step } = props
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const field = useFocus(props.wanted ?? 'never', props.place)
  const type = (text: string) => {
    setTyped(text)
    const read = props.read(text)
    if (typeof read === 'number') props.onValue(read)
    else props.onWrong(text)
  }
  // Typed is what counts until the value is changed from elsewhere.
  const stands = typed !== null && props.read(typed) === value
  const shown = wrong ?? (stands ? typed : props.format(value))
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
        value={shown}
        disabled={props.disabled}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={shown}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-note`}
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
      {wrong !== null && (
        <span id={`${id}-note`} class="field-error number-note">
          {props.read(wrong)}
        </span>
      )}
    </>
  )
}
