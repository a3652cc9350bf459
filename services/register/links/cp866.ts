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
  '₽': '\u0440\u0443\u0431.',
  '€': 'EUR',
  // Belarusian and Ukrainian letters that the code page has no place for.
  '\u0456': 'i',
  '\u0406': 'I',
  '\u0490': '\u0413',
  '\u0491': '\u0433',
}

const CP866 = /^[ -~\u0410-\u044f\u0401\u0451\u0404\u0454\u0407\u0457\u040e\u045e°∙·√№¤■]$/
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
