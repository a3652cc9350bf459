import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** Something that is on or off, with a sentence on what it does. The whole row is pressed. */
export function Switch(props: {
  label: string
  on: boolean
  /** The change is under way. */
  busy?: boolean
  onChange: (on: boolean) => void
  children?: ComponentChildren
}) {
  const id = useId()
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={props.on}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-note`}
      aria-busy={props.busy}
      disabled={props.busy}
      onClick={() => props.onChange(!props.on)}
    >
      <span class="switch-text">
        <span id={`${id}-label`} class="switch-label">
          {props.label}
        </span>
        <span id={`${id}-note`} class="soft small">
          {props.children}
        </span>
      </span>
      <span class="switch-track" aria-hidden="true" />
    </button>
  )
}
