import { type ComponentChildren, type ComponentType, createContext } from 'preact'
import { useContext, useId } from 'preact/hooks'
import { useIsTop, useModal } from './hooks.ts'

/** What must be read whatever is open: the topmost dialog shows it, all else is inert. */
export const OverDialogs = createContext<ComponentType | null>(null)

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
  const isTop = useIsTop(modal)
  const Over = useContext(OverDialogs)
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
      {isTop && Over && <Over />}
    </dialog>
  )
}
