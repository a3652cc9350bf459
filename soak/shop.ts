import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { client } from '#core/api/client.ts'
import type { Outcome } from '#core/api/contract.ts'
import { type ProcessName, processName, standApi } from '#core/api/stand.ts'
import { SECOND } from '#core/time.ts'
import { leasePorts } from '#stand/ports.ts'
import { usualPorts } from '#stand/stand.ts'
import { type Victim, victims } from './plan.ts'
import { openSeat } from './seat.ts'

const root = join(import.meta.dirname, '..')
const HOST = '127.0.0.1'
/** After a death that nobody brought about. */
const AGAIN_MS = 500
/** Starting on a busy machine takes a while; what takes longer than this does not start. */
const UP_WITHIN = 300 * SECOND

export type Shop = Awaited<ReturnType<typeof openShop>>

/** The stand as a process of its own on free ports, and a hand that ends and stops each process. */
export async function openShop(data: string, log: string) {
  const free = Object.fromEntries(Object.keys(usualPorts).map((name) => [name, 0]))
  const { ports, release } = await leasePorts(free as typeof usualPorts, {
    host: HOST,
    chance: Math.random,
  })
  const at = (port: number) => `http://${HOST}:${port}`
  const stand = client(standApi, openSeat(at(ports.stand), { deadlineMs: 4 * SECOND }))
  const own = openStandProcess({ data, log, ports })
  const hand = openHand(own)
  const isUp = async () => {
    const seen = await stand.processes({})
    return seen.kind === 'done' && seen.value.processes.every(({ healthy }) => healthy)
  }
  const shop = {
    data,
    addresses: {
      register: at(ports.register),
      operator: at(ports.operator),
      office: at(ports.office),
      bank: at(ports.acquirerHttp),
    },
    stand,
    /**
     * Faults are the stand's doing: one that starts is waited for, while those that it starts are
     * not; one that stands still is not either.
     */
    standUp: async (): Promise<void> => {
      const last = Date.now() + UP_WITHIN
      while (own.isNew() && Date.now() < last) {
        if ((await stand.faults({})).kind === 'done') own.answered()
        else await rest(100)
      }
    },
    kill: hand.kill,
    stop: hand.stop,
    /** Starts what is not running; the others go on. */
    start: async (name: Victim): Promise<void> => {
      if (name === 'stand') return own.start()
      // The stand may not have seen yet that it is dead, and would let it lie for its own while.
      for (let tries = 10; tries > 0; tries -= 1) {
        await stand.start({ name })
        if (runningAs(name, data) !== null) return
        await rest(100)
      }
    },
    /** Lets everybody run, and returns when all answer. */
    revive: async (): Promise<void> => {
      hand.releaseAll()
      own.start()
      const last = Date.now() + UP_WITHIN
      while (!(await isUp())) {
        if (Date.now() > last)
          throw new Error(`not up: ${JSON.stringify(await stand.processes({}))}`)
        for (const name of processName.options) await shop.start(name)
        await rest(300)
      }
    },
    close: async (): Promise<void> => {
      hand.releaseAll()
      await own.close()
      // Those of a stand that was still starting end by themselves, and write until they have.
      while (processName.options.some((name) => runningAs(name, data) !== null)) await rest(50)
      await release()
    },
  }
  return shop
}

type StandProcess = { data: string; log: string; ports: typeof usualPorts }

function openStandProcess({ data, log, ports }: StandProcess) {
  let child: ChildProcess | null = null
  let hasAnswered = false
  // One that is on its way out, or died by itself, is started again once it is gone.
  let isWanted = false
  const flags = Object.entries(ports).flatMap(([name, port]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-port`,
    String(port),
  ])
  return {
    data,
    pid: () => child?.pid ?? null,
    /** It has not answered since it was started. */
    isNew: () => !hasAnswered,
    answered: (): void => {
      hasAnswered = true
    },
    /** Dead and staying so until it is started; answers whether it was alive. */
    kill: (): boolean => {
      isWanted = false
      return child?.kill('SIGKILL') ?? false
    },
    start: function start(): void {
      isWanted = true
      if (child) return
      const output = openSync(log, 'a', 0o600)
      const quiet = '--disable-warning=ExperimentalWarning'
      const started = spawn(
        process.execPath,
        [quiet, join(root, 'stand/main.ts'), '--data', data, ...flags],
        // The channel ends the stand when this process dies (services/runtime/life.ts).
        { cwd: root, stdio: ['ignore', output, output, 'ipc'] },
      )
      closeSync(output)
      child = started
      started.once('exit', () => {
        if (child === started) child = null
        hasAnswered = false
        if (isWanted) setTimeout(() => isWanted && start(), AGAIN_MS)
      })
    },
    close: async (): Promise<void> => {
      isWanted = false
      const ending = child
      if (!ending) return
      const gone = new Promise((resolve) => ending.once('exit', resolve))
      ending.kill('SIGTERM')
      await gone
    },
  }
}

/** Signals from outside: nobody is asked, and nobody tidies up. */
function openHand(own: ReturnType<typeof openStandProcess>) {
  const stopped = new Set<number>()
  const pidOf = (name: Victim): number | null =>
    name === 'stand' ? own.pid() : runningAs(name, own.data)
  const signal = (pid: number, name: NodeJS.Signals): boolean => {
    try {
      return process.kill(pid, name)
    } catch {
      return false
    }
  }
  const release = (pid: number): void => {
    if (stopped.delete(pid)) signal(pid, 'SIGCONT')
  }
  return {
    /** SIGKILL to all of them in one breath; answers whom it met alive. */
    kill: (names: readonly Victim[]): Victim[] => {
      const pids = names.map((name) => [name, pidOf(name)] as const)
      // The stand last: it would still say who dies.
      pids.sort(([a], [b]) => victims.indexOf(a) - victims.indexOf(b))
      return pids.flatMap(([name, pid]) => {
        if (pid === null) return []
        const isMet = name === 'stand' ? own.kill() : signal(pid, 'SIGKILL')
        return isMet ? [name] : []
      })
    },
    /** SIGSTOP; the answer lets it go on. Null: it did not run. */
    stop: (name: Victim): (() => void) | null => {
      const pid = pidOf(name)
      if (pid === null || !signal(pid, 'SIGSTOP')) return null
      stopped.add(pid)
      return () => release(pid)
    },
    releaseAll: (): void => {
      for (const pid of [...stopped]) release(pid)
    },
  }
}

/** Looked up past the stand, which may be dead or stopped. Null: nobody is at work there. */
function runningAs(name: ProcessName, data: string): number | null {
  const own = readdirSync('/proc').find(
    (pid) =>
      /^\d+$/.test(pid) &&
      told(pid, 'cmdline').includes(`services/${name}/main.ts`) &&
      told(pid, 'environ').includes(`ZPOS_DATA=${data}\0`),
  )
  return own === undefined ? null : Number(own)
}

/** What the system tells of a process; nothing of one that is gone. */
function told(pid: string, what: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1')
  } catch {
    return ''
  }
}

/** The value of an answer; undefined when there is none. */
export const answered = <T>(answer: Outcome<T>): T | undefined =>
  answer.kind === 'done' ? answer.value : undefined
