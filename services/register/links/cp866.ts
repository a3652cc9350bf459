const FOLDED: Record<string, string> = {
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '’': "'",
  '‘': "'",
  '‚': "'",
  ʼ: "'",
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '…': '...',
  '•': '*',
  '×': 'x',
  '½': '1/2',
  '™': 'TM',
  '₽': 'руб.',
  '€': 'EUR',
  і: 'i',
  І: 'I',
  Ґ: 'Г',
  ґ: 'г',
}

const CP866 = /^[ -~А-яЁёЄєЇїЎў°∙·√№¤■]$/
// Control characters are no commands when they stand in a name.
const SPACE = /^[\p{Zs}\p{Zl}\p{Zp}\p{Cc}]$/u

/**
 * Text that code page 866 can carry. What it lacks becomes what a reader takes it for (і is i, an
 * accented Latin letter its plain one), and only what is left becomes «?».
 */
export const cp866Text = (text: string): string => [...text.normalize('NFC')].map(folded).join('')

function folded(letter: string): string {
  if (CP866.test(letter)) return letter
  if (SPACE.test(letter)) return ' '
  const known = FOLDED[letter]
  if (known !== undefined) return known
  if (/^[\u200b-\u200d\ufeff\u00ad]$/.test(letter)) return ''
  const plain = letter.normalize('NFKD').charAt(0)
  return CP866.test(plain) ? plain : '?'
}
