import { MINUTE, SECOND } from './time.ts'

/** Wrong attempts in a row, and when the last one was. */
export type Attempts = { wrong: number; lastAt: number }
export const noAttempts: Attempts = { wrong: 0, lastAt: 0 }

const FREE = 3
const LONGEST = 15 * MINUTE

/** Milliseconds to wait before the next attempt: none for three, then 5 s, 10 s, 20 s … 15 min. */
export function mustWait({ wrong, lastAt }: Attempts, now: number): number {
  if (wrong < FREE) return 0
  const delay = Math.min(LONGEST, 5 * SECOND * 2 ** Math.min(wrong - FREE, 16))
  // A clock that went back must not lock anyone out for longer than the delay itself.
  return Math.max(0, Math.min(delay, lastAt + delay - now))
}

export const afterWrong = ({ wrong }: Attempts, now: number): Attempts => ({
  wrong: wrong + 1,
  lastAt: now,
})
