import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

// Programs are found by where they work, and met by signals from outside: PostgreSQL leaves its
// parent.

/** `asPostgres`: by the user of that name where this process is root's, whom PostgreSQL refuses. */
type Wish = { file: string; argv: readonly string[]; log: string; asPostgres?: boolean }

/** Starts a program on its own. */
export function start(
  { file, argv, log, asPostgres = false }: Wish,
  env: Record<string, string> = {},
): void {
  const output = openSync(log, 'a', 0o644)
  const isOther = asPostgres && process.getuid?.() === 0
  const command = isOther ? ['runuser', '-u', 'postgres', '--', file, ...argv] : [file, ...argv]
  const [run = '', ...rest] = command
  const child = spawn(run, rest, {
    cwd: '/',
    env: Object.assign({}, process.env, env),
    stdio: ['ignore', output, output],
    detached: true,
  })
  // That it did not start is seen by what does not answer.
  child.on('error', () => {})
  child.unref()
  closeSync(output)
}

/** Sends a signal to everything that works in a folder. */
export function signalAll(folder: string, name: NodeJS.Signals): void {
  for (const pid of workingIn(folder)) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended meanwhile.
    }
  }
}

export const isAnyIn = (folder: string): boolean => workingIn(folder).length > 0

function workingIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
        const isNamed = command.includes(`${folder}/`) || command.includes(`${folder}\0`)
        return isNamed || isWithin(readlinkSync(`/proc/${pid}/cwd`), folder)
      } catch {
        // It ended meanwhile.
        return false
      }
    })
    .map(Number)
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)
