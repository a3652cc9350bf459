import type {
  InputHTMLAttributes,
  RefObject,
  TargetedFocusEvent,
  TargetedKeyboardEvent,
} from 'preact'
import { useId, useState } from 'preact/hooks'
import { Icon, type IconName } from './Icon.tsx'

type Props = {
  label: string
  value: string
  onText: (text: string) => void
  type?: 'text' | 'password' | 'email' | 'search' | 'date' | 'datetime-local'
  inputMode?: 'text' | 'decimal' | 'numeric'
  /** What digits on the screen are to offer, where `inputMode` does not say it. */
  digits?: 'share' | 'moment' | 'hex'
  autocomplete?: 'off' | 'username' | 'current-password' | 'new-password' | 'one-time-code'
  placeholder?: string
  maxLength?: number
  /** Id of a datalist with what may be meant. */
  list?: string
  disabled?: boolean
  hint?: string | undefined
  error?: string | undefined
  /** What is wrong came as an answer: it is read out at once. */
  loud?: boolean
  icon?: IconName
  /** The label stays the accessible name, but only the placeholder is seen. */
  bare?: boolean
  /** One large number to the right. */
  big?: boolean
  field?: RefObject<HTMLInputElement | null> | undefined
  onKeyDown?: (event: TargetedKeyboardEvent<HTMLInputElement>) => void
  /** Enter, and nothing else of it: a dialog that closes gives the focus to what it would press. */
  onEnter?: () => void
  onFocus?: () => void
  onBlur?: (event: TargetedFocusEvent<HTMLInputElement>) => void
}

/** A labelled text field; the hint and the error are read out with it. */
export function Field(props: Props) {
  const { label, value, onText, hint, error, loud, icon, bare, big, field, digits, ...others } =
    props
  const { onEnter, onBlur, ...rest } = others
  const id = useId()
  // A day on its way to its year: 0002, 0020, 0202; whoever asks for it would be asked thrice.
  const [unfinished, keep] = useState<string | null>(null)
  const typed = (text: string) => {
    const isFinished = others.type !== 'date' || !text.startsWith('0')
    keep(isFinished ? null : text)
    if (isFinished) onText(text)
  }
  const note = error ?? hint
  return (
    <div class={big ? 'field field-big' : 'field'}>
      <label class={bare ? 'unseen' : 'field-label'} for={id}>
        {label}
      </label>
      <div class="field-box">
        {icon && <Icon name={icon} />}
        <input
          spellcheck={false}
          // Preact types every `type` of input apart and cannot match a choice of them.
          {...({ type: 'text', autocomplete: 'off', ...rest } as InputHTMLAttributes)}
          {...(onEnter && { onKeyDown: entered(onEnter) })}
          {...(others.type === 'date' && { max: LAST_DAY })}
          onBlur={(event) => {
            keep(null)
            onBlur?.(event)
          }}
          ref={field ?? null}
          data-digits={digits}
          id={id}
          class={icon ? 'field-input field-with-icon' : 'field-input'}
          value={unfinished ?? value}
          onInput={(event) => typed(event.currentTarget.value)}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
        />
      </div>
      {note !== undefined && (
        <span
          id={`${id}-note`}
          class={error === undefined ? 'field-hint' : 'field-error'}
          role={loud && error !== undefined ? 'alert' : undefined}
        >
          {note}
        </span>
      )}
    </div>
  )
}

/** By it browsers know that a year has four digits. */
const LAST_DAY = '9999-12-31'

const entered = (enter: () => void) => (event: TargetedKeyboardEvent<HTMLInputElement>) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  enter()
}
