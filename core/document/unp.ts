const LETTERS = 'ABCEHKMOPT'
// The same letters of the Cyrillic keyboard: А В С Е Н К М О Р Т.
const CYRILLIC = '\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422'
const WEIGHTS = [29, 23, 19, 17, 13, 7, 5, 3]

/**
 * УНП with its check digit (МНС No. 127 of 2003; fact:unp): nine digits, or two letters and
 * seven digits.
 */
export function isUnp(text: string): boolean {
  const folded = text
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(
      /[\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422]/g,
      (letter) => LETTERS[CYRILLIC.indexOf(letter)] ?? letter,
    )
  if (!/^(\d{9}|[ABCEHKM][ABCEHKMOPT]\d{7})$/.test(folded)) return false
  const digits = /^\d/.test(folded)
    ? folded
    : `${folded[0]}${LETTERS.indexOf(folded[1] ?? '')}${folded.slice(2)}`
  const check =
    WEIGHTS.reduce((sum, weight, i) => sum + weight * Number.parseInt(digits[i] ?? '', 36), 0) % 11
  // A remainder of 10 is never issued.
  return check < 10 && check === Number(folded[8])
}
