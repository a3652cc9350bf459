import type { CodePage } from '#core/api/register-equipment.ts'

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
  // Belarusian and Ukrainian letters that page 866 has no place for.
  '\u0456': 'i',
  '\u0406': 'I',
  '\u0490': '\u0413',
  '\u0491': '\u0433',
}

// Control characters are no commands when they stand in a name.
const SPACE = /^[\p{Zs}\p{Zl}\p{Zp}\p{Cc}]$/u
const NOTHING = /^[\u200b-\u200d\ufeff\u00ad]$/

const decoders = { cp866: 'ibm866', windows1251: 'windows-1251' } satisfies Record<CodePage, string>
const UPPER_HALF = Uint8Array.from({ length: 128 }, (_, place) => 128 + place)

/** Letters beyond ASCII that a page has. */
const lettersOf = (page: CodePage): ReadonlySet<string> =>
  new Set(new TextDecoder(decoders[page]).decode(UPPER_HALF))
const letters = { cp866: lettersOf('cp866'), windows1251: lettersOf('windows1251') }

const carries = (page: CodePage, letter: string): boolean =>
  /^[ -~]$/.test(letter) || letters[page].has(letter)

/**
 * Text that a code page can carry. What it lacks becomes what a reader takes it for (in 866 \u0456
 * is i, an accented Latin letter its plain one), and only what is left becomes «?».
 */
export const pageText = (text: string, page: CodePage): string =>
  [...text.normalize('NFC')].map((letter) => folded(letter, page)).join('')

function folded(letter: string, page: CodePage): string {
  if (SPACE.test(letter)) return ' '
  if (NOTHING.test(letter)) return ''
  if (carries(page, letter)) return letter
  const known = FOLDED[letter]
  if (known !== undefined) return known
  const plain = letter.normalize('NFKD').charAt(0)
  return carries(page, plain) ? plain : '?'
}
