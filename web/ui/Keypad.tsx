import { controlsWords } from '#core/words/controls.ts'
import { useWords } from '#web/ui/language.ts'
import { Button } from './Button.tsx'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** A press leaves the focus in the field, so that Enter goes on from there. */
export const keepsFocus = { onMouseDown: (event: Event): void => event.preventDefault() }
const held = { ...keepsFocus, tabIndex: -1 }

/** Digits for fingers. `dot` adds the decimal point of a sum. */
export function Keypad(props: { text: string; onText: (text: string) => void; dot?: boolean }) {
  const words = useWords(controlsWords)
  const type = (key: string) => props.onText(props.text + key)
  return (
    <div class="keypad">
      {KEYS.map((key) => (
        <Button key={key} {...held} onClick={() => type(key)}>
          {key}
        </Button>
      ))}
      {props.dot ? (
        <Button {...held} onClick={() => type('.')} aria-label={words.dot}>
          .
        </Button>
      ) : (
        <span />
      )}
      <Button {...held} onClick={() => type('0')}>
        0
      </Button>
      <Button
        {...held}
        icon="erase"
        label={words.erase}
        onClick={() => props.onText(props.text.slice(0, -1))}
      />
    </div>
  )
}
