import { readFileSync, statSync } from 'node:fs'

/**
 * The one source of time of a process. `now` is a date: the machine's clock and an offset that only
 * grows (R17). It is corrected either way while the process lives; it dates things, and deadlines
 * that are dates are held against it. `elapsed` are milliseconds that only go forward, from a
 * beginning of their own: whatever waits measures by them (R33).
 */
export type Clock = { now: () => number; elapsed: () => number }

const elapsed = (): number => performance.now()
export const systemClock: Clock = { now: () => Date.now(), elapsed }

/**
 * The machine's clock put forward by the milliseconds that a file holds, so that all processes of
 * a till agree on a time other than the machine's: who writes the file has told them all. Without
 * a path or a file it is the machine's clock. What cannot be read changes nothing, and the offset
 * never shrinks while the process lives.
 */
export function openClock(path: string | undefined): Clock {
  if (path === undefined) return systemClock
  let seen = ''
  let offset = 0
  return {
    now: () => {
      // A look at the file's mark costs microseconds; it is read only when the mark is new.
      const mark = markOf(path)
      if (mark !== seen) offset = Math.max(offset, readOffset(path))
      seen = mark
      return Date.now() + offset
    },
    elapsed,
  }
}

function markOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch {
    return ''
  }
}

/** Milliseconds; 0 for a file that is not there or holds anything but a whole number. */
function readOffset(path: string): number {
  try {
    const text = readFileSync(path, 'utf8').trim()
    return /^\d{1,15}$/.test(text) ? Number(text) : 0
  } catch {
    return 0
  }
}

/** A number from 0 to 1: the one dice of a process. */
export const chance = (): number => Math.random()

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Repeats `work` until it answers null. */
export function untilOver(
  loop: Repeat,
  work: () => Promise<number | null>,
  failed: (error: unknown) => void,
): Repeating {
  const repeating = loop(async () => {
    const restMs = await work()
    if (restMs === null) void repeating.stop()
    return restMs ?? 0
  }, failed)
  return repeating
}

export type Repeat = typeof repeat
export type Repeating = { stop: () => Promise<void>; wake: () => void }

// A loop that threw tries again no sooner than this.
const AFTER_ERROR_MS = 1000

/** Calls `work` again and again until stopped; it answers how many milliseconds to rest. */
export function repeat(work: () => Promise<number>, failed: (error: unknown) => void): Repeating {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  const run = () => {
    again = false
    running = work()
      .catch((error: unknown) => {
        failed(error)
        return AFTER_ERROR_MS
      })
      .then((restMs) => {
        running = undefined
        if (!stopped) timer = setTimeout(run, again ? 0 : restMs)
      })
  }
  timer = setTimeout(run, 0)
  return {
    /** Runs it now, or once more right after the present run. */
    wake: () => {
      again = true
      if (running || stopped) return
      clearTimeout(timer)
      timer = setTimeout(run, 0)
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
