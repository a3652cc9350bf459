/** The one source of time of a process (R17): the machine's clock and an offset that only grows. */
export type Clock = { now: () => number }

export const systemClock: Clock = { now: () => Date.now() }

/** A number from 0 to 1: the one dice of a process. */
export const chance = (): number => Math.random()

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

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
