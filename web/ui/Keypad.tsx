import { Button } from './Button.tsx'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Digits for fingers. `dot` adds the decimal point of a sum. */
export function Keypad(props: { text: string; onText: (text: string) => void; dot?: boolean }) {
  const type = (key: string) => props.onText(props.text + key)
  return (
    <div class="keypad">
      {KEYS.map((key) => (
        <Button key={key} tabIndex={-1} onClick={() => type(key)}>
          {key}
        </Button>
      ))}
      {props.dot ? (
        <Button tabIndex={-1} onClick={() => type('.')} aria-label="Точка">
          .
        </Button>
      ) : (
        <span />
      )}
      <Button tabIndex={-1} onClick={() => type('0')}>
        0
      </Button>
      <Button
        tabIndex={-1}
        icon="erase"
        label="Стереть"
        onClick={() => props.onText(props.text.slice(0, -1))}
      />
    </div>
  )
}
