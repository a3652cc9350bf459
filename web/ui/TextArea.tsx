import { useId } from 'preact/hooks'

/** A labelled field of several lines; the hint and the error are read out with it. */
export function TextArea(props: {
  label: string
  value: string
  rows: number
  onText: (text: string) => void
  hint?: string | undefined
  error?: string | undefined
}) {
  const id = useId()
  const note = props.error ?? props.hint
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        class="field-input field-lines"
        rows={props.rows}
        spellcheck={false}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onText(event.currentTarget.value)}
        aria-invalid={props.error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <span id={`${id}-note`} class={props.error === undefined ? 'field-hint' : 'field-error'}>
          {note}
        </span>
      )}
    </div>
  )
}
