/** On or off at once, with nothing to save. The words beside it are its label. */
export const Switch = (props: {
  label: string
  on: boolean
  busy?: boolean
  onChange: () => void
}) => (
  <button
    type="button"
    role="switch"
    class="switch"
    aria-label={props.label}
    aria-checked={props.on}
    aria-busy={props.busy}
    disabled={props.busy}
    onClick={props.onChange}
  >
    <span class="switch-knob" />
  </button>
)
