/** The one source of time of a process (R17): the machine's clock and an offset that only grows. */
export type Clock = { now: () => number }

export const systemClock: Clock = { now: () => Date.now() }

/** Calls `work` again and again, `everyMs` after it ended, until stopped; errors go to `failed`. */
export function repeat(
  everyMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): { stop: () => Promise<void>; wake: () => void } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  const run = () => {
    timer = undefined
    running = work()
      .catch(failed)
      .then(() => {
        running = undefined
        if (stopped) return
        if (again) {
          again = false
          run()
        } else timer = setTimeout(run, everyMs)
      })
  }
  timer = setTimeout(run, 0)
  return {
    /** Runs it now, or once more right after the present run. */
    wake: () => {
      if (running) again = true
      else if (!stopped) {
        clearTimeout(timer)
        run()
      }
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
