// Line breaks and all that moves a printer's head or a reader's eye elsewhere: control characters,
// separators of lines and paragraphs, and the marks that turn the direction of what follows.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Whether a text stands where it is put, on a screen as on paper. */
export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text)

/** The text with a mark in place of each character that would stand elsewhere. */
export const printable = (text: string): string =>
  isPrintable(text) ? text : text.replace(new RegExp(UNPRINTABLE, 'gu'), '?')
