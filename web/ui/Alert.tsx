import type { ComponentChildren } from 'preact'
import { controlsWords } from '#core/words/controls.ts'
import { useWords } from '#web/ui/language.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

/** What a person must know: `red` and `amber` are read out at once, `green` when there is time. */
export function Alert(props: {
  tone: 'red' | 'amber' | 'green'
  title: string
  /** The step that helps. */
  next?: string | undefined
  /** Buttons. */
  children?: ComponentChildren
  onClose?: () => void
}) {
  return (
    <div class={`alert alert-${props.tone}`} role={props.tone === 'green' ? 'status' : 'alert'}>
      <Icon name={props.tone === 'green' ? 'check' : 'warning'} />
      <div class="alert-body">
        <span class="alert-title">{props.title}</span>
        {props.next && <span>{props.next}</span>}
        <div class="alert-actions">{props.children}</div>
      </div>
      {props.onClose && (
        <Button
          tone="quiet"
          icon="close"
          label={useWords(controlsWords).hideMessage}
          class="alert-close"
          onClick={props.onClose}
        />
      )}
    </div>
  )
}
