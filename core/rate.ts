import { SECOND } from './time.ts'

/** How often somebody may ask: so many at once, then so many in a second. */
export type Rate = { burst: number; perSecond: number }
/** A bucket of tokens, told by the one moment that says all of it: when it is full again. */
export type Bucket = { fullAt: number }

export const fullBucket: Bucket = { fullAt: 0 }

// Milliseconds of which adding fractions may be wrong.
const ROUNDING = 0.001

/** Takes a token; `waitMs` is 0 when there was one, otherwise after how long there will be. */
export function take(
  { fullAt }: Bucket,
  { burst, perSecond }: Rate,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const eachMs = SECOND / perSecond
  // A clock that went back must not lock anyone out for longer than an empty bucket does.
  const missingMs = Math.min(burst * eachMs, Math.max(0, fullAt - now))
  const waitMs = Math.max(0, Math.ceil(missingMs + eachMs - burst * eachMs - ROUNDING))
  return { bucket: { fullAt: now + missingMs + (waitMs === 0 ? eachMs : 0) }, waitMs }
}

/** As good as one never seen: it may be forgotten. */
export const isFull = ({ fullAt }: Bucket, now: number): boolean => fullAt <= now
