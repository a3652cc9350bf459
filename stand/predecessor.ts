import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { readWhole, writeWhole } from '#services/runtime/durable-file.ts'

/** A process that may be told from another one that got the same id later. */
const running = z.object({ pid: z.int().positive(), startedAt: z.string() })
type Running = z.output<typeof running>
const record = z.object({ stand: running, children: z.array(running) })

const GRACE_MS = 10_000

/** Writes down which processes use the data folder, for the next stand to know them by. */
export function recordProcesses(path: string, pids: readonly number[]): void {
  const children = pids.map((pid) => ({ pid, startedAt: startOf(pid) ?? '' }))
  const stand = { pid: process.pid, startedAt: startOf(process.pid) ?? '' }
  writeWhole(path, JSON.stringify({ stand, children }))
}

/** As `recordProcesses`; false where the disk does not take it, for nobody may die of that. */
export function isRecorded(path: string, pids: readonly number[]): boolean {
  try {
    recordProcesses(path, pids)
    return true
  } catch {
    return false
  }
}

export const forgetProcesses = (path: string): void => rmSync(path, { force: true })

/**
 * Sees to it that nothing of a stand before this one still uses the data folder: a database opened
 * twice is a database lost. Its processes end by themselves once their stand is gone.
 */
export async function outlivePredecessor(path: string): Promise<void> {
  const before = record.safeParse(JSON.parse(readWhole(path) ?? 'null')).data
  if (!before) return
  const own = before.stand.pid === process.pid
  if (!own && isAlive(before.stand)) process.kill(before.stand.pid, 'SIGTERM')
  const left = () => [...(own ? [] : [before.stand]), ...before.children].filter(isAlive)
  for (let waited = 0; waited < GRACE_MS && left().length > 0; waited += 50) await pause(50)
  for (const { pid } of left()) process.kill(pid, 'SIGKILL')
  forgetProcesses(path)
}

const isAlive = ({ pid, startedAt }: Running): boolean => startOf(pid) === startedAt

/** When the process began, in the system's own ticks; null when there is none. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? null : (fields[18] ?? '')
  } catch {
    return process.platform === 'linux' ? null : startWithoutProc(pid)
  }
}

function startWithoutProc(pid: number): string | null {
  try {
    process.kill(pid, 0)
    return ''
  } catch {
    return null
  }
}
