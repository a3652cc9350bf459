import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'

/** How large a log may grow, in bytes, and how many that are full are kept beside it. */
type Bounds = { longest: number; kept: number }
const USUAL: Bounds = { longest: 5_000_000, kept: 3 }
/** A line longer than this is written in parts. */
const LONGEST_LINE = 65_536

export type LogFile = ReturnType<typeof openLogFile>

/**
 * A log that is turned over while it is written: `x.log`, then `x.log.1` to `x.log.3`, the oldest
 * last. It never fails: lines for which there is no room are counted, and told once there is.
 */
export function openLogFile(path: string, { longest, kept }: Bounds = USUAL) {
  let file: number | null = null
  let rest = ''
  let lost = 0
  const close = () => {
    if (file !== null) closeSync(file)
    file = null
  }
  const turnOver = () => {
    close()
    for (let age = kept; age > 0; age--) {
      const younger = age === 1 ? path : `${path}.${age - 1}`
      if (existsSync(younger)) renameSync(younger, `${path}.${age}`)
    }
  }
  const put = (text: string): void => {
    file ??= openSync(path, 'a', 0o600)
    if (fstatSync(file).size + text.length > longest) turnOver()
    file ??= openSync(path, 'a', 0o600)
    const bytes = Buffer.from(lost > 0 ? `\n${JSON.stringify({ lost })}\n${text}` : text)
    if (writeSync(file, bytes) < bytes.length) throw new Error('no room')
    lost = 0
  }
  return {
    path,
    write: (part: string): void => {
      const text = rest + part
      const end = text.length > LONGEST_LINE ? text.length : text.lastIndexOf('\n') + 1
      rest = text.slice(end)
      if (end === 0) return
      try {
        put(text.slice(0, end))
      } catch {
        lost += text.slice(0, end).split('\n').length - 1
      }
    },
    /** The last lines, of which the newest may not be whole. */
    tail: (lines: number): string => {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
      return (text + rest).trimEnd().split('\n').slice(-lines).join('\n')
    },
  }
}
