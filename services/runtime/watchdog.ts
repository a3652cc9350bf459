import { writeSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** Processor time of one turn of the main thread that no work of ours comes near. */
const STUCK_MS = 30_000
const LOOK_MS = 500

/**
 * Ends this process by SIGKILL once its main thread has spun for `stuckMs` of processor time
 * without coming back: it hears no signal by then, answers nobody, and whoever started it takes it
 * for alive. A process that waits, is stopped or starved of its processor is left in peace. Returns
 * what calls the watch off.
 */
export function watchMainThread(what: string, stuckMs = STUCK_MS): () => Promise<void> {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const beat = setInterval(() => Atomics.add(beats, 0, 1), LOOK_MS).unref()
  const given: Watched = { beats, what, stuckMs }
  // Not the flags that the process itself was started by: they may be about its own script.
  const worker = new Worker(new URL(import.meta.url), { workerData: given, execArgv: [] })
  worker.unref()
  // A watch that fails is missing, and no reason to stop work.
  worker.on('error', () => {})
  return async () => {
    clearInterval(beat)
    await worker.terminate()
  }
}

type Watched = { beats: Int32Array; what: string; stuckMs: number }

/** In the thread beside the main one. */
function watch({ beats, what, stuckMs }: Watched): void {
  let seen = -1
  let from = process.cpuUsage()
  setInterval(() => {
    const now = Atomics.load(beats, 0)
    if (now !== seen) from = process.cpuUsage()
    seen = now
    const { user, system } = process.cpuUsage(from)
    if ((user + system) / 1000 < stuckMs) return
    try {
      writeSync(2, `${what} does not come back: the process ends itself\n`)
    } finally {
      process.kill(process.pid, 'SIGKILL')
    }
  }, LOOK_MS)
}

if (!isMainThread && workerData?.beats) watch(workerData)
