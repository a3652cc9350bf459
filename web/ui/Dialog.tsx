import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useModal } from './hooks.ts'

/**
 * A modal dialog on the platform's own <dialog>. Mounted means open. Without `onClose` no key and
 * no click outside closes it.
 */
export function Dialog(props: {
  title: string
  class?: string
  children?: ComponentChildren
  actions?: ComponentChildren
  onClose?: () => void
}) {
  const id = useId()
  const modal = useModal(props.onClose)
  return (
    <dialog
      ref={modal}
      class={`dialog ${props.class ?? ''}`}
      aria-modal="true"
      aria-labelledby={id}
    >
      <h2 id={id}>{props.title}</h2>
      {props.children}
      {props.actions && <div class="dialog-actions">{props.actions}</div>}
    </dialog>
  )
}
