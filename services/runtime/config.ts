import { z } from 'zod'
import type { Rate } from '#core/rate.ts'
import { usualRate } from './listen.ts'
import { say } from './log.ts'

/**
 * Reads a process's settings from its environment by a schema. A wrong value stops the process with
 * a sentence that names it.
 */
export function readConfig<T extends z.ZodObject>(schema: T, env: NodeJS.ProcessEnv): z.output<T> {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  say('error', `zPOS: setting ${issue?.path.join('.')}: ${issue?.message}`)
  process.exit(2)
}

export const port = (value: number) => z.coerce.number().int().min(0).max(65_535).default(value)
export const host = z.string().default('127.0.0.1')
/** Host names parted by commas. */
export const names = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((name) => name.trim().toLowerCase() || []))
export const dataFolder = z.string().min(1).default('data')

/** Whether browsers come by a proxy that speaks TLS: their cookies then never travel without. */
export const behindTls = z
  .enum(['yes', 'no'])
  .default('no')
  .transform((word) => word === 'yes')

/** How often one address may ask in a second, twice as often at once; 0: as often as it likes. */
export const requestsPerSecond = z.coerce
  .number()
  .int()
  .min(0)
  .default(usualRate.perSecond)
  .transform((perSecond): Rate | null => (perSecond ? { perSecond, burst: 2 * perSecond } : null))

/** ZPOS_CLOCK_OFFSET_FILE: see `openClock`. */
export const clockOffsetFile = z.string().min(1).optional()
