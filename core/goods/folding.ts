/** Latin letters that look like a Cyrillic one, and the letter that both are searched as. */
const LOOKALIKES: Record<string, string> = {
  a: '\u0430',
  b: '\u0432',
  c: '\u0441',
  e: '\u0435',
  h: '\u043d',
  i: '\u0456',
  k: '\u043a',
  m: '\u043c',
  o: '\u043e',
  p: '\u0440',
  t: '\u0442',
  x: '\u0445',
  y: '\u0443',
}

/**
 * A text as it is searched (H4). Case, accents and the dots of letters, quotation marks,
 * apostrophes and dashes do not count; Latin letters are the Cyrillic ones that look alike; a
 * fraction has a point; numbers stand apart from their units.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/['\u2018\u2019\u02bc\u02b9`\u00b4\u2032]/g, '')
    .replace(/(\d),(?=\d)/g, '$1.')
    .replace(/[abcehikmoptxy]/g, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/(\d)(?=[\p{L}%])|(\p{L})(?=\d)/gu, '$1$2 ')
    .replace(/[^\p{L}\p{N}.%+\s]|\.(?!\d)/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
