import type { TillWords } from '#core/words/till/ru.ts'

/** Why a code did nothing. */
const reasons = [
  'unknown',
  'no-code',
  'no-answer',
  'signed-out',
  'dialog',
  'paying',
  'taken',
  'shift-closed',
  'elsewhere',
  'full',
  'no-uid',
  'no-receipt',
  'answer',
  'mark-first',
  'mark-twice',
  'mark-held',
  'mark-parked',
  'mark-wrong',
  'mark-gtin',
  'mark-unclear',
  'mark-not-here',
] as const satisfies (keyof TillWords['missed']['reasons'])[]

export type Why = (typeof reasons)[number]
export type Missed = { code: string; why: Why }

/** What was kept over a reload; what this page would not keep is left out. */
export function readMissed(value: unknown): Missed[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  return list.flatMap((each) => {
    const { code, why } = (each ?? {}) as { code?: unknown; why?: unknown }
    return typeof code === 'string' && isWhy(why) ? [{ code, why }] : []
  })
}

const isWhy = (value: unknown): value is Why => reasons.some((why) => why === value)

/** The same code for the same reason stands once, where it came last; the newest first. */
export function counted(missed: readonly Missed[]): (Missed & { times: number })[] {
  const rows = new Map<string, Missed & { times: number }>()
  for (const { code, why } of missed) {
    const key = `${why} ${code}`
    const times = (rows.get(key)?.times ?? 0) + 1
    rows.delete(key)
    rows.set(key, { code, why, times })
  }
  return [...rows.values()].toReversed()
}
