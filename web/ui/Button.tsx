import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useFocus } from './hooks.ts'
import { Icon, type IconName } from './Icon.tsx'

type Props = Omit<ButtonHTMLAttributes, 'icon' | 'label' | 'ref'> & {
  /** `main` is the one step that goes on; a screen has one. */
  tone?: 'main' | 'plain' | 'quiet' | 'danger'
  big?: boolean
  wide?: boolean
  /** Work is under way: pressing does nothing, and the button shows it. */
  busy?: boolean
  icon?: IconName
  /** Takes the focus when it appears. */
  wanted?: boolean
  /** Accessible name of a button that shows an icon alone. */
  label?: string
  children?: ComponentChildren
}

// Not `disabled`: that would throw the focus away, and the reader of screens would lose its place.
const ignore = (event: Event): void => event.preventDefault()

export function Button(props: Props) {
  const { tone = 'plain', big, wide, busy, icon, label, wanted, children, ...rest } = props
  const button = useFocus<HTMLButtonElement>(wanted ? 'always' : 'never')
  const classes = [
    'button',
    `button-${tone}`,
    big && 'button-big',
    wide && 'button-wide',
    label !== undefined && children === undefined && 'button-icon',
    rest.class,
  ]
  return (
    <button
      type="button"
      {...rest}
      ref={button}
      {...(label !== undefined && { 'aria-label': label, title: label })}
      class={classes.filter(Boolean).join(' ')}
      {...(busy && { 'aria-disabled': true, onClick: ignore })}
      aria-busy={busy}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
