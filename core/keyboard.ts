// The same keys under a Latin and a Cyrillic keyboard: whoever types, or the scanner that types for
// her, does not look which of them is on (H3, H4).

const LATIN = `\`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?&`
const RUSSIAN =
  '\u0451\u0439\u0446\u0443\u043a\u0435\u043d\u0433' +
  '\u0448\u0449\u0437\u0445\u044a\u0444\u044b\u0432\u0430' +
  '\u043f\u0440\u043e\u043b\u0434\u0436\u044d\u044f' +
  '\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e.' +
  '\u0401\u0419\u0426\u0423\u041a\u0415\u041d\u0413' +
  '\u0428\u0429\u0417\u0425\u042a\u0424\u042b\u0412\u0410' +
  '\u041f\u0420\u041e\u041b\u0414\u0416\u042d\u042f' +
  '\u0427\u0421\u041c\u0418\u0422\u042c\u0411\u042e,?'
const BELARUSIAN = RUSSIAN.replaceAll('\u0449', '\u045e')
  .replaceAll('\u0438', '\u0456')
  .replaceAll('\u044a', "'")
  .replaceAll('\u0429', '\u040e')
  .replaceAll('\u0418', '\u0406')

const latinOf = new Map([...keysOf(BELARUSIAN), ...keysOf(RUSSIAN)])
const russianOf = new Map([...keysOf(RUSSIAN)].map(([there, latin]) => [latin, there]))

function keysOf(cyrillic: string): [string, string][] {
  return [...cyrillic].map((character, place) => [character, LATIN[place] ?? character])
}

/** What the same keys type with the Latin keyboard on; a text without Cyrillic letters stays. */
export const asLatinKeys = (text: string): string =>
  /\p{Script=Cyrillic}/u.test(text) ? typedBy(text, latinOf) : text

/** What the same keys type with the Russian keyboard on; a text without Latin letters stays. */
export const asRussianKeys = (text: string): string =>
  /[A-Za-z]/.test(text) ? typedBy(text, russianOf) : text

const typedBy = (text: string, keys: ReadonlyMap<string, string>): string =>
  [...text].map((character) => keys.get(character) ?? character).join('')
