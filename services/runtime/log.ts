import { fstatSync, writeSync } from 'node:fs'
import { MINUTE, SECOND } from '#core/time.ts'

/** One JSON line per event on standard error; never a card number, a PIN or a key. */
export type Log = {
  info: (what: string, details?: Record<string, unknown>) => void
  error: (what: string, details?: Record<string, unknown>) => void
}

/**
 * Logging never fails and never waits: lines that find no room or no reader are lost, and counted
 * ahead of the next one that gets through. Of a kind that comes too often the most are left out,
 * which is told once a minute, so that no flood of requests fills a disk.
 */
export function openLog(process_: string): Log {
  const put = openOutput(2)
  const line = (level: string, what: string, details: Record<string, unknown>) => {
    const head = { at: new Date().toISOString(), level, process: process_, what }
    put(cut(JSON.stringify(Object.assign(head, details))))
  }
  const sift = openSieve((kind, suppressed) => line('info', 'left out', { kind, suppressed }))
  const write = (level: string, what: string, details: Record<string, unknown>) => {
    const isTrace = details.error !== undefined
    if (sift(kindOf(level, what, details), isTrace)) line(level, what, details)
  }
  return {
    info: (what, details = {}) => write('info', what, details),
    error: (what, details = {}) => write('error', what, details),
  }
}

export const silentLog: Log = { info: () => {}, error: () => {} }

/** A sentence to whoever started the process, on standard output or error; never fails. */
export const say = (to: 'output' | 'error', text: string): void =>
  openOutput(to === 'output' ? 1 : 2)(text)

// Longer than any trace, shorter than what a caller may send in.
const LONGEST_LINE = 8192
// An output that nobody reads keeps so many bytes waiting, and loses the rest.
const WAITING_BYTES = 1_000_000

const cut = (line: string): string =>
  line.length <= LONGEST_LINE ? line : JSON.stringify({ cut: line.slice(0, LONGEST_LINE / 2) })

type Output = { put: (line: string) => void; lost: number }
const outputs = new Map<1 | 2, Output>()

/** Writes lines to a descriptor, whatever became of the disk or the reader behind it. */
function openOutput(descriptor: 1 | 2): (line: string) => void {
  const known = outputs.get(descriptor)
  if (known) return known.put
  const put = isFile(descriptor) ? intoFile(descriptor) : intoStream(descriptor)
  const output: Output = {
    lost: 0,
    put: (line) => {
      const told = output.lost > 0 ? `${JSON.stringify({ lost: output.lost })}\n` : ''
      if (put(`${told}${line}\n`)) output.lost = 0
      else output.lost += 1
    },
  }
  outputs.set(descriptor, output)
  return output.put
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}

// Node's own stream of a file breaks at the first error and stays broken.
function intoFile(descriptor: number): (text: string) => boolean {
  let torn = false
  return (text) => {
    try {
      // What a full disk took the half of is no line: the next one begins anew.
      const bytes = Buffer.from(torn ? `\n${text}` : text)
      const written = writeSync(descriptor, bytes)
      torn = written < bytes.length
      return !torn
    } catch {
      return false
    }
  }
}

// A pipe or a terminal, written to without waiting for its reader.
function intoStream(descriptor: 1 | 2): (text: string) => boolean {
  const stream = descriptor === 1 ? process.stdout : process.stderr
  stream.on('error', () => {})
  return (text) => {
    if (stream.destroyed || stream.writableLength > WAITING_BYTES) return false
    stream.write(text)
    return true
  }
}

// Of each kind so many at once, and then so many in a second; of traces one in a minute.
const USUAL = { burst: 200, everyMs: SECOND / 5 }
const TRACES = { burst: 1, everyMs: MINUTE }
/** What a caller invents makes no more kinds than this; the rest is one kind. */
const MOST_KINDS = 200

/** Lets as many lines of each kind through as are bearable; of the others it tells how many. */
function openSieve(tell: (kind: string, suppressed: number) => void) {
  const kinds = new Map<string, { fullAt: number; suppressed: number }>()
  const reckon = (name: string) => {
    const kind = kinds.get(name)
    if (kind) tell(name, kind.suppressed)
    kinds.delete(name)
  }
  return (named: string, isTrace: boolean): boolean => {
    const name = kinds.has(named) || kinds.size < MOST_KINDS ? named : 'others'
    const kind = kinds.get(name) ?? { fullAt: 0, suppressed: 0 }
    kinds.set(name, kind)
    const { burst, everyMs } = isTrace ? TRACES : USUAL
    const at = performance.now()
    const fullAt = Math.max(kind.fullAt, at) + everyMs
    const passes = fullAt <= at + burst * everyMs
    if (passes) kind.fullAt = fullAt
    else if (kind.suppressed++ === 0) setTimeout(() => reckon(name), MINUTE).unref()
    return passes
  }
}

/** Lines are of a kind that say the same of different things: a trace, by its first line. */
function kindOf(level: string, what: string, { error }: Record<string, unknown>): string {
  const first = error === undefined ? '' : String(error).split('\n', 1)[0]
  return `${level} ${what} ${first?.replace(/\d+/g, '').slice(0, 100)}`
}
