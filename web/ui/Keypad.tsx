import { controlsWords } from '#core/words/controls.ts'
import { useWords } from '#web/ui/language.ts'
import { Button } from './Button.tsx'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** A press leaves the focus in the field, so that Enter goes on from there. */
export const keepsFocus = { onMouseDown: (event: Event): void => event.preventDefault() }
const held = { ...keepsFocus, tabIndex: -1 }

/** Digits for fingers. `dot` adds the decimal point of a sum. */
export function Keypad(props: {
  text: string
  onText: (text: string) => void
  dot?: boolean
  disabled?: boolean
}) {
  return (
    <Keys
      dot={props.dot ?? false}
      disabled={props.disabled ?? false}
      onKey={(key) => props.onText(props.text + key)}
      onErase={() => props.onText(props.text.slice(0, -1))}
    />
  )
}

/** The keys themselves; `more` stand below the digits. */
export function Keys(props: {
  dot: boolean
  disabled?: boolean
  more?: readonly string[]
  onKey: (key: string) => void
  onErase: () => void
}) {
  const words = useWords(controlsWords)
  const key = (text: string, name?: string) => (
    <Button
      key={text}
      {...held}
      disabled={props.disabled}
      onClick={() => props.onKey(text)}
      aria-label={name}
    >
      {text === ' ' ? '\u2423' : text}
    </Button>
  )
  return (
    <div class="keypad">
      {KEYS.map((digit) => key(digit))}
      {props.dot ? key('.', words.dot) : <span />}
      {key('0')}
      <Button
        {...held}
        icon="erase"
        label={words.erase}
        disabled={props.disabled}
        onClick={props.onErase}
      />
      {props.more?.map((each) => key(each, each === ' ' ? words.space : undefined))}
    </div>
  )
}
