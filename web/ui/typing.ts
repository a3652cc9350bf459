import type { Place } from './wedge.ts'

// What was held back is given to the page here, and taken back from it.

type TypedInto = HTMLInputElement | HTMLTextAreaElement
/** A field as it was before characters came into it; null: it has no caret that could be put. */
export type Before = {
  field: TypedInto | HTMLSelectElement
  value: string
  caret: [number, number] | null
}

const noText = /^(button|submit|reset|checkbox|radio|file|range|color|image)$/
const inParts = /^(date|time|month|week|datetime-local)$/

/** The field that has the focus, of those that take characters. */
export function fieldWithFocus(): TypedInto | null {
  const { activeElement: element } = document
  if (element instanceof HTMLTextAreaElement) return element
  return element instanceof HTMLInputElement && !noText.test(element.type) ? element : null
}

/** Where the focus is the browser alone can type: a date, part by part. */
export const isOwnTyping = (): boolean => inParts.test(fieldWithFocus()?.type ?? '')

/**
 * Such a field before the key goes into it. It could not be given afterwards what was held back, so
 * it takes what dates are written with at once, and is put back after a scan.
 */
export function ownTyping(key: string): Before | null {
  const field = /^[\d./-]$/.test(key) && isOwnTyping() ? fieldWithFocus() : null
  return field && stateOf(field)
}

/** Where a character would go now; `elsewhere` is the field that takes what is typed beside any. */
export function placeNow(elsewhere: HTMLInputElement | null): Place {
  const field = fieldWithFocus() ?? (isReachable(elsewhere) ? elsewhere : null)
  if (!field) return 'nowhere'
  if (inParts.test(field.type)) return 'date'
  return field.type === 'password' ? 'secret' : field.type === 'search' ? 'search' : 'field'
}

const isReachable = (field: HTMLInputElement | null): boolean =>
  field?.checkVisibility() === true && !document.querySelector('dialog[open]')

/** Types `text` as a person does, key by key. Returns the field as it was, if it went into one. */
export function type(text: string, elsewhere: HTMLInputElement | null): Before | null {
  let before: Before | null = null
  for (const key of text) {
    const was = typeKey(key, elsewhere)
    before ??= was
  }
  return before
}

function typeKey(key: string, elsewhere: HTMLInputElement | null): Before | null {
  const target = document.activeElement ?? document.body
  const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  if (!target.dispatchEvent(pressed)) return null
  if (target instanceof HTMLSelectElement) return choose(target, key, pressed.timeStamp)
  if (!fieldWithFocus()) {
    if (/[\p{L}\p{N}]/u.test(key) && isReachable(elsewhere)) elsewhere?.focus()
  }
  const field = fieldWithFocus()
  if (!field || /\p{Cc}/u.test(key)) return null
  const before = stateOf(field)
  // The only way that keeps the length allowed, Undo and the caret as typing does.
  document.execCommand('insertText', false, key)
  return before
}

/** What was typed last at a choice: a browser looks for the text that begins with all of it. */
let sought = { text: '', at: 0 }
const SOUGHT_MS = 1000

/** Chooses by letters, as a browser does: the same one again is the next that begins with it. */
function choose(field: HTMLSelectElement, key: string, at: number): Before | null {
  const before = { field, value: field.value, caret: null }
  const text = (at - sought.at < SOUGHT_MS ? sought.text : '') + key.toLowerCase()
  sought = { text, at }
  const isOne = [...text].every((sign) => sign === text[0])
  const wanted = isOne ? key.toLowerCase() : text
  const all = [...field.options]
  const from = field.selectedIndex + (isOne ? 1 : 0)
  const inOrder = [...all.slice(from), ...all.slice(0, from)]
  const found = inOrder.find((each) => each.text.toLowerCase().startsWith(wanted))
  if (!found || found.value === field.value) return null
  setChoice(field, found.value)
  return before
}

function setChoice(field: HTMLSelectElement, value: string): void {
  field.value = value
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }))
}

/** What a space does beside a field. */
export function pressSpace(): void {
  const { activeElement } = document
  if (activeElement instanceof HTMLSelectElement) activeElement.showPicker()
  if (activeElement instanceof HTMLElement && activeElement.matches(BUTTON)) activeElement.click()
}

/** Types into a field as a finger on a key does. */
export function insertText(field: HTMLInputElement, text: string): void {
  field.focus()
  document.execCommand('insertText', false, text)
}

/** Takes away what is chosen in a field, or the character before the caret. */
export function eraseBack(field: HTMLInputElement): void {
  field.focus()
  document.execCommand('delete')
}

const BUTTON = 'button, input, summary'

function stateOf(field: TypedInto): Before {
  const { value, selectionStart: start, selectionEnd: end } = field
  return { field, value, caret: start === null || end === null ? null : [start, end] }
}

/** Puts a field back as it was; the page hears of it as of any typing. */
export function restore({ field, value, caret }: Before): void {
  if (!field.isConnected) return
  if (field instanceof HTMLSelectElement) {
    if (field.value !== value) setChoice(field, value)
    return
  }
  // Parts of a date that are none yet are no value; another value takes them away.
  if (inParts.test(field.type) && field instanceof HTMLInputElement) field.valueAsNumber = 0
  if (field.value === value) return
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  if (caret && document.activeElement === field) field.setSelectionRange(...caret)
}
