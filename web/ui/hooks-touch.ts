import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

const kinds = ['numeric', 'decimal', 'share', 'moment', 'hex'] as const
/** What digits a field wants on the screen: by its `inputmode`, or by its `data-digits`. */
export type Digits = (typeof kinds)[number]
type Pressed = { field: HTMLInputElement; digits: Digits }

const GAP = 8

/**
 * The number field that was pressed last, until something else is or a key is typed; `place` is
 * put beside it. Old touch panels speak as mice do, so any pointer counts.
 */
export function usePressedField(): {
  pressed: Pressed | null
  place: RefObject<HTMLFieldSetElement | null>
} {
  const [pressed, setPressed] = useState<Pressed | null>(null)
  const place = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => {
    const down = ({ target }: Event) => {
      if (target instanceof Node && place.current?.contains(target)) return
      setPressed(numberField(target))
    }
    const away = ({ target }: Event) => setPressed((now) => (now?.field === target ? null : now))
    const typed = () => setPressed(null)
    // A wedge's keys are kept from all others while they go down.
    addEventListener('pointerdown', down, true)
    addEventListener('focusout', away)
    addEventListener('keyup', typed)
    return () => {
      removeEventListener('pointerdown', down, true)
      removeEventListener('focusout', away)
      removeEventListener('keyup', typed)
    }
  }, [])
  useLayoutEffect(() => {
    if (!pressed || !place.current) return
    const { field } = pressed
    // The system's own keyboard would lie over the page.
    const { inputMode } = field
    field.inputMode = 'none'
    putBeside(place.current, field)
    return () => {
      field.inputMode = inputMode
    }
  }, [pressed])
  return { pressed, place }
}

function numberField(target: EventTarget | null): Pressed | null {
  if (!(target instanceof HTMLInputElement) || target.disabled || target.readOnly) return null
  const { digits = target.inputMode } = target.dataset
  const own = target.closest('form, dialog')?.querySelector('.keypad:not(.digit-pad .keypad)')
  return own || !isDigits(digits) ? null : { field: target, digits }
}

const isDigits = (text: string): text is Digits => kinds.some((kind) => kind === text)

/** Beside the field, where it covers no sum, no other field and not the step that goes on. */
function putBeside(pad: HTMLElement, field: HTMLElement): void {
  const { left, right, top, bottom } = field.getBoundingClientRect()
  const { width, height } = pad.getBoundingClientRect()
  const inside = (at: number, size: number, whole: number) =>
    Math.max(GAP, Math.min(at, whole - size - GAP))
  const places = [
    { x: left, y: bottom + GAP },
    { x: left - width - GAP, y: top },
    { x: right + GAP, y: top },
    { x: left, y: top - height - GAP },
  ].map(({ x, y }) => ({
    x: inside(x, width, innerWidth),
    y: inside(y, height, innerHeight),
  }))
  const isOver = ({ x, y }: { x: number; y: number }, each: Element) => {
    const box = each.getBoundingClientRect()
    return box.left < x + width && box.right > x && box.top < y + height && box.bottom > y
  }
  const kept = [...document.querySelectorAll('output, input, .button-main')]
  const covered = (at: { x: number; y: number }) => kept.filter((each) => isOver(at, each)).length
  const [best = { x: GAP, y: GAP }] = places
    .filter((at) => !isOver(at, field))
    .toSorted((one, other) => covered(one) - covered(other))
  Object.assign(pad.style, { left: `${best.x}px`, top: `${best.y}px` })
}
