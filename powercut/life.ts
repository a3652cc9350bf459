import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { newFolder, removeFolder } from './folder.ts'
import { type Recording, recordingEnv } from './recorder.ts'

const root = join(import.meta.dirname, '..')

/** A program and its settings; it says on standard error on which ports it listens. */
export type Program = { entry: string; env: Record<string, string> }
export type Ports = { port: number; httpPort?: number | undefined }
export type Life = { ports: Ports; isOver: () => boolean; end: () => Promise<void> }
/** A process that lives, or what it said before it ended by itself. */
export type Started = { is: 'living'; life: Life } | { is: 'ended'; said: string }

const listening = z.object({ port: z.int().positive(), httpPort: z.int().positive().optional() })
const LONGEST_START_MS = 180_000

/**
 * Starts a process and waits until it listens; it ends by SIGKILL. `recording` null: nothing of it
 * is recorded.
 */
export async function startLife(
  program: Program,
  recording: Recording | null = null,
): Promise<Started> {
  const env = { ...program.env, ...(recording ? recordingEnv(recording) : {}) }
  const child = launch(program.entry, env)
  const heard = await hear(child)
  if (heard.is === 'ended') return heard
  const end = async () => {
    if (isOver(child)) return
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  return { is: 'living', life: { ports: heard.ports, isOver: () => isOver(child), end } }
}

function launch(entry: string, env: Record<string, string>): ChildProcess {
  const cache = process.env.NODE_COMPILE_CACHE ?? join(root, 'dist', 'compiled')
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, entry)], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache, ...env },
    // With the channel it ends when this process does (services/runtime/life.ts).
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

const isOver = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

type Heard = { is: 'listening'; ports: Ports } | { is: 'ended'; said: string }

const hear = (child: ChildProcess): Promise<Heard> =>
  new Promise((resolve) => {
    let said = ''
    const finish = (heard: Heard) => {
      clearTimeout(late)
      child.stderr?.off('data', listen)
      child.off('close', ended)
      // Whoever is not listened to must not be held up.
      child.stderr?.resume()
      resolve(heard)
    }
    const ended = () => finish({ is: 'ended', said: said.trim().slice(-2000) })
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_START_MS)
    const listen = (part: Buffer) => {
      said += part
      const lines = said.split('\n').map((line) => listening.safeParse(parseJson(line)).data)
      const ports = lines.find((line) => line !== undefined)
      if (ports) finish({ is: 'listening', ports })
    }
    child.stderr?.on('data', listen)
    child.once('close', ended)
  })

/** Lives in one process before another takes its place, for what they leave behind in memory. */
const LIVES = 100

/** Starts lives one after another in processes that have everything loaded (warm-process.ts). */
export function openWarmLives() {
  let child: ChildProcess | null = null
  let lives = 0
  const kept = newFolder()
  const endChild = async () => {
    const leaving = child
    child = null
    if (!leaving || isOver(leaving)) return
    leaving.kill('SIGKILL')
    await once(leaving, 'close')
  }
  return {
    start: async (program: Program): Promise<Started> => {
      if (lives % LIVES === 0) await endChild()
      lives += 1
      if (!child || isOver(child)) {
        child = launch('powercut/warm-process.ts', { POWERCUT_KEPT: kept })
      }
      const own = child
      own.send(program)
      const heard = await hear(own)
      if (heard.is === 'ended') return heard
      const end = async () => {
        if (isOver(own)) return
        own.send('end')
        const { signal, abort } = abortable()
        await Promise.race([once(own, 'message', { signal }), once(own, 'close', { signal })])
        abort()
      }
      return { is: 'living', life: { ports: heard.ports, isOver: () => isOver(own), end } }
    },
    stop: async () => {
      await endChild()
      removeFolder(kept)
    },
  }
}

const abortable = () => {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

export type StartLife = (program: Program) => Promise<Started>
