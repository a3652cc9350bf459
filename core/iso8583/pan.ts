/** «999999******0007»: the first six and the last four digits are all that may be shown. */
export function maskPan(pan: string): string {
  // Of a shorter number the ten digits would leave too little to guess.
  const head = pan.length >= 16 ? 6 : 0
  const tail = Math.min(4, pan.length - head)
  return pan.slice(0, head) + '*'.repeat(pan.length - head - tail) + pan.slice(pan.length - tail)
}

/** The check digit of a card number. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighed = i % 2 === 0 ? digit : digit * 2
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return digits !== '' && sum % 10 === 0
}
