import { MINUTE } from '#core/time.ts'
import { keyedHash, sameSecret } from './secret.ts'

/** The header in which a program shows at the door who it is, ahead of its message. */
export const PASS = 'zpos-pass'

// Clocks of two machines differ by no more; an old pass gives nobody anything for longer.
const VALID_MINUTES = 2

const minuteOf = (now: number): number => Math.floor(now / MINUTE)

// Every message of a minute shows the same one.
const made = new Map<string, string>()
const MOST_MADE = 256

function sealOf(key: string, who: string, minute: number): string {
  const of = `${key} ${who} ${minute}`
  const known = made.get(of)
  if (known !== undefined) return known
  const seal = keyedHash(key, `zpos door ${who} ${minute}`)
  if (made.size >= MOST_MADE) made.clear()
  made.set(of, seal)
  return seal
}

/** Says who asks, provable by the key and good for two minutes. It opens a door and no more. */
export const passOf = (who: string, key: string, now: number): string =>
  `${who} ${minuteOf(now)} ${sealOf(key, who, minuteOf(now))}`

/** Who has made the pass; null: it is nobody's, or too old. */
export function passHolder(
  pass: unknown,
  keyOf: (who: string) => string | null,
  now: number,
): string | null {
  if (typeof pass !== 'string') return null
  const [, who = '', minute = '', seal = ''] =
    /^(\S{1,64}) (\d{1,10}) (\S{1,128})$/.exec(pass) ?? []
  if (who === '' || Math.abs(Number(minute) - minuteOf(now)) > VALID_MINUTES) return null
  const key = keyOf(who)
  return key !== null && sameSecret(seal, sealOf(key, who, Number(minute))) ? who : null
}
