import { useId } from 'preact/hooks'

/** A labelled choice of one of a few; the value is a string of the page's own. */
export function Select(props: {
  label: string
  value: string
  options: readonly { value: string; text: string }[]
  onChoice: (value: string) => void
}) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <select
        id={id}
        class="field-input"
        value={props.value}
        onChange={(event) => props.onChoice(event.currentTarget.value)}
      >
        {props.options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
