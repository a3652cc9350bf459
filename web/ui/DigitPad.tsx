import { controlsWords } from '#core/words/controls.ts'
import { type Digits, usePressedField } from './hooks-touch.ts'
import { Keys } from './Keypad.tsx'
import { useWords } from './language.ts'
import { eraseBack, insertText } from './typing.ts'

/** What may be typed beside digits, by what the field asks for. */
const kinds = {
  numeric: { dot: false, more: [] },
  decimal: { dot: true, more: [] },
  share: { dot: true, more: ['%'] },
  moment: { dot: true, more: [':', ' '] },
  hex: { dot: false, more: ['A', 'B', 'C', 'D', 'E', 'F'] },
} as const satisfies Record<Digits, { dot: boolean; more: readonly string[] }>

/**
 * Digits for the number field that was pressed by finger or mouse, where its form has no keypad of
 * its own (H5). A key of the keyboard, or a press elsewhere, puts them away.
 */
export function DigitPad() {
  const words = useWords(controlsWords)
  const { pressed, place } = usePressedField()
  if (!pressed) return null
  const { dot, more } = kinds[pressed.digits]
  return (
    <fieldset ref={place} class="digit-pad" aria-label={words.digits}>
      <Keys
        dot={dot}
        more={more}
        onKey={(key) => insertText(pressed.field, key)}
        onErase={() => eraseBack(pressed.field)}
      />
    </fieldset>
  )
}
