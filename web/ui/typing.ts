import type { Place } from './wedge.ts'

// What was held back is given to the page here, and taken back from it.

/** A field as it was before characters came into it. */
export type Before = { field: HTMLInputElement; value: string; start: number; end: number }

const noText = /^(button|submit|reset|checkbox|radio|file|range|color|image)$/

/** The text field that has the focus. */
export function fieldWithFocus(): HTMLInputElement | null {
  const { activeElement: element } = document
  return element instanceof HTMLInputElement && !noText.test(element.type) ? element : null
}

/** Where a character would go now; `elsewhere` is the field that takes what is typed beside any. */
export function placeNow(elsewhere: HTMLInputElement | null): Place {
  const field = fieldWithFocus() ?? (isReachable(elsewhere) ? elsewhere : null)
  if (!field) return 'nowhere'
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

/** What a space does beside a field. */
export function pressSpace(): void {
  const { activeElement } = document
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

const stateOf = (field: HTMLInputElement): Before => ({
  field,
  value: field.value,
  start: field.selectionStart ?? field.value.length,
  end: field.selectionEnd ?? field.value.length,
})

/** Puts a field back as it was; the page hears of it as of any typing. */
export function restore({ field, value, start, end }: Before): void {
  if (!field.isConnected || field.value === value) return
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  if (document.activeElement === field) field.setSelectionRange(start, end)
}
