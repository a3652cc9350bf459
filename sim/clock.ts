import type { Repeating } from '#services/runtime/clock.ts'
import type { Life } from '#shop/process.ts'

/** Virtual time: a queue of what is due, and nothing that waits for the real clock. */
export type VirtualClock = ReturnType<typeof openClock>

type Due = { at: number; seq: number; work: (() => void) | null }

export function openClock(start: number) {
  let time = start
  let seq = 0
  const queue: Due[] = []
  const after = (ms: number, work: () => void): (() => void) => {
    const due: Due = { at: time + Math.max(0, ms), seq: seq++, work }
    push(queue, due)
    return () => {
      due.work = null
    }
  }
  return {
    now: () => time,
    /** Calls `work` in `ms` milliseconds; the answer calls it off. */
    after,
    rest: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        after(ms, resolve)
      }),
    /** Nobody was awake for so long: what fell due meanwhile is late, as after a sleep. */
    leap: (ms: number): void => {
      time += ms
    },
    /** Runs what is due next. False: nothing ever will be. */
    step: (): boolean => {
      for (;;) {
        const due = pop(queue)
        if (!due) return false
        if (!due.work) continue
        time = Math.max(time, due.at)
        due.work()
        return true
      }
    },
  }
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq)

function push(heap: Due[], due: Due): void {
  let at = heap.length
  heap.push(due)
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent] as Due
    if (!isBefore(due, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = due
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || first === last) return first
  let at = 0
  for (;;) {
    const left = heap[2 * at + 1]
    const right = heap[2 * at + 2]
    const child = left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
    const below = heap[child]
    if (!below || !isBefore(below, last)) break
    heap[at] = below
    at = child
  }
  heap[at] = last
  return first
}

// A loop that threw tries again no sooner than this, as in services/runtime/clock.ts.
const AFTER_ERROR_MS = 1000

/** `repeat` of services/runtime/clock.ts on virtual time, for one life of a process. */
export const repeatOn =
  (clock: VirtualClock, life: Life) =>
  (work: () => Promise<number>, failed: (error: unknown) => void): Repeating => {
    let callOff = () => {}
    let running = false
    let again = false
    let stopped = false
    const run = (): void => {
      if (stopped || !life.alive) return
      again = false
      running = true
      const told = (error: unknown) => {
        if (life.alive) failed(error)
        return AFTER_ERROR_MS
      }
      const rested = (ms: number) => {
        running = false
        if (!stopped && life.alive) callOff = clock.after(again ? 0 : ms, run)
      }
      // A thrown refusal to work is an answer like any other here.
      Promise.resolve().then(work).catch(told).then(rested)
    }
    callOff = clock.after(0, run)
    return {
      wake: () => {
        again = true
        if (running || stopped) return
        callOff()
        callOff = clock.after(0, run)
      },
      stop: async () => {
        stopped = true
        callOff()
      },
    }
  }
