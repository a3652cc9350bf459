import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessName, ProcessView } from '#core/api/stand.ts'
import { backoff } from '#core/backoff.ts'
import { type Clock, type Repeating, repeat, rest } from '#services/runtime/clock.ts'
import { type LogFile, openLogFile } from './log-file.ts'

export type ProcessSpec = Pick<ProcessView, 'name' | 'address' | 'page' | 'signIn'> & {
  /** Where it listens itself; `address` is where others come to it. */
  own: string
  /** The file it runs, from the root of the repository. */
  entry: string
  env: Record<string, string>
  /** What has its turn before each start, where it is wanted, and where the programs are then. */
  before?: { entry: string; isWanted: () => boolean; home: () => string }
}

const root = join(import.meta.dirname, '..')
const STARTING_MS = 100
const RUNNING_MS = 1000
const HEALTH_MS = 2000
/** A run this long shows that the failures before it are over. */
const SOUND_MS = 10_000
const STOP_MS = 8000
/** Deaths in a row after which the first start is given up. */
const GIVE_UP = 4
/** Enough to hold the trace of an error and the sentence above it. */
const LOG_LINES = 15
/** What a child says last comes after its end, unless somebody it left behind keeps the pipe. */
const LAST_WORDS_MS = 500

export type Processes = ReturnType<typeof openProcesses>
type Watch = {
  logs: string
  clock: Clock
  changed: () => void
  /** It answers at its own address. Only when this is over is it told to be healthy. */
  rose: (name: ProcessName) => Promise<void>
  /** It died. */
  fell: (name: ProcessName) => void
}

/** The stand's child processes: kept alive, watched, killed and started by a person's hand. */
export function openProcesses(specs: readonly ProcessSpec[], watch: Watch) {
  const slots = specs.map((spec) => openSlot(spec, watch))
  const named = (name: ProcessName): Slot => {
    const found = slots.find((slot) => slot.spec.name === name)
    if (!found) throw new Error(`no process ${name}`)
    return found
  }
  return {
    views: (): ProcessView[] => slots.map(viewOf),
    pids: (): number[] => slots.flatMap((slot) => slot.child?.pid ?? []),
    /**
     * Starts them all, and waits until each answers, was killed by hand, or keeps dying before it
     * ever answers: why those do is told. They are started again all the same, the others live.
     */
    begin: async (): Promise<string[]> => {
      for (const slot of slots) start(slot)
      const fates = await Promise.all(slots.map((slot) => slot.answered.promise))
      return fates.flatMap((fate) => (fate.is === 'down' ? fate.why : []))
    },
    kill: async (name: ProcessName): Promise<ProcessView> => {
      await end(named(name), 'SIGKILL')
      return viewOf(named(name))
    },
    start: (name: ProcessName): ProcessView => {
      const slot = named(name)
      if (!slot.child) slot.answered = openPromise()
      start(slot)
      return viewOf(named(name))
    },
    /** Resolves when a process that was started answers; fails when it is killed or keeps dying. */
    answering: async (name: ProcessName): Promise<ProcessView> => {
      const fate = await named(name).answered.promise
      if (fate.is === 'killed') throw new Error(`${name}: stopped`)
      if (fate.is === 'down') throw new Error(fate.why)
      return viewOf(named(name))
    },
    stop: async (): Promise<void> => {
      await Promise.all(slots.flatMap((slot) => [end(slot, 'SIGTERM'), slot.loop.stop()]))
    },
  }
}

/** A place for a process: what stands in it changes, the place stays. */
type Slot = {
  spec: ProcessSpec
  watch: Watch
  log: LogFile
  child: ChildProcess | null
  /** What has its turn before the process. */
  preparing: { child: ChildProcess; ended: Promise<unknown> } | null
  /** Waits for the next try to start. */
  timer: NodeJS.Timeout | undefined
  state: ProcessView['state']
  /** Since when it is in its state: the date, and by time elapsed. */
  since: number
  becameAt: number
  starts: number
  failures: number
  healthy: boolean
  rssMb: number | null
  /** What became of it first since it was started by hand. */
  answered: ReturnType<typeof openPromise>
  loop: Repeating
}

function openSlot(spec: ProcessSpec, watch: Watch): Slot {
  const slot: Slot = {
    spec,
    watch,
    log: openLogFile(join(watch.logs, `${spec.name}.log`)),
    child: null,
    preparing: null,
    timer: undefined,
    state: 'stopped',
    since: watch.clock.now(),
    becameAt: watch.clock.elapsed(),
    starts: 0,
    failures: 0,
    healthy: false,
    rssMb: null,
    answered: openPromise(),
    loop: repeat(
      () => check(slot),
      () => {},
    ),
  }
  return slot
}

type Fate = { is: 'up' } | { is: 'killed' } | { is: 'down'; why: string }

function openPromise() {
  const opened = Promise.withResolvers<Fate>()
  // Nobody may be waiting: a process that fails later is started again, not reported.
  opened.promise.catch(() => {})
  return opened
}

function start(slot: Slot): void {
  clearTimeout(slot.timer)
  if (slot.child || slot.preparing) return
  if (slot.spec.before?.isWanted()) {
    prepare(slot, slot.spec.before.entry)
    return
  }
  run(slot)
}

function run(slot: Slot): void {
  const { entry, before } = slot.spec
  const child = launch(slot, { entry, home: before?.home() ?? root })
  slot.child = child
  slot.starts += 1
  child.once('exit', () => ended(slot, child))
  // A child that could not even be started says so by an error and never exits.
  child.once('error', () => child.pid === undefined && ended(slot, child))
  become(slot, 'starting')
  slot.loop.wake()
}

/** The process is started whatever comes of it: that is for who prepares to see to. */
function prepare(slot: Slot, entry: string): void {
  const child = launch(slot, { entry, home: root })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => child.pid === undefined && resolve())
  })
  slot.preparing = { child, ended }
  become(slot, 'starting')
  void ended.then(() => {
    slot.preparing = null
    if (slot.state === 'starting') run(slot)
  })
}

function ended(slot: Slot, child: ChildProcess): void {
  const { state, watch, spec } = slot
  Object.assign(slot, { child: null, healthy: false, rssMb: null })
  watch.fell(spec.name)
  if (state === 'stopped') {
    watch.changed()
    return
  }
  const sound = state === 'running' && watch.clock.elapsed() - slot.becameAt >= SOUND_MS
  slot.failures = sound ? 1 : slot.failures + 1
  if (slot.failures >= GIVE_UP) void giveUp(slot, child)
  become(slot, 'starting')
  const waitMs = backoff(slot.failures, { first: 1000, longest: 30_000, chance: 0 })
  slot.timer = setTimeout(() => start(slot), waitMs)
}

async function giveUp({ spec, log, answered }: Slot, child: ChildProcess): Promise<void> {
  await Promise.race([once(child, 'close'), rest(LAST_WORDS_MS)])
  const why = `${spec.name}: does not start, see ${log.path}\n${log.tail(LOG_LINES)}`
  answered.resolve({ is: 'down', why })
}

async function end(slot: Slot, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  clearTimeout(slot.timer)
  slot.answered.resolve({ is: 'killed' })
  become(slot, 'stopped')
  slot.preparing?.child.kill('SIGKILL')
  await slot.preparing?.ended
  const { child } = slot
  if (!child) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(late)
}

/** Looks how the process does; answers when to look again. */
async function check(slot: Slot): Promise<number> {
  const { child, spec, watch, answered } = slot
  if (!child) return RUNNING_MS
  const isOver = () => child !== slot.child || slot.state === 'stopped'
  const answers = await isHealthy(spec)
  if (isOver()) return RUNNING_MS
  const healthy = answers && (slot.healthy || (await hasRisen(slot)))
  if (isOver()) return RUNNING_MS
  const rssMb = rssOf(child.pid)
  const isNew = healthy !== slot.healthy || rssMb !== slot.rssMb
  Object.assign(slot, { healthy, rssMb })
  if (healthy) answered.resolve({ is: 'up' })
  if (healthy && slot.state === 'starting') become(slot, 'running')
  else if (isNew) watch.changed()
  return slot.state === 'starting' ? STARTING_MS : RUNNING_MS
}

async function hasRisen({ spec, watch, answered }: Slot): Promise<boolean> {
  try {
    await watch.rose(spec.name)
    return true
  } catch (error) {
    answered.reject(new Error(`${spec.name}: ${error instanceof Error ? error.message : error}`))
    return false
  }
}

function become(slot: Slot, state: ProcessView['state']): void {
  const { clock } = slot.watch
  Object.assign(slot, { state, since: clock.now(), becameAt: clock.elapsed() })
  slot.watch.changed()
}

function viewOf({ spec, child, state, since, starts, healthy, rssMb }: Slot): ProcessView {
  const { name, address, page, signIn } = spec
  return {
    name,
    address,
    page,
    signIn,
    pid: child?.pid ?? null,
    state,
    since,
    restarts: Math.max(0, starts - 1),
    healthy,
    rssMb,
  }
}

const SECRET = /DATABASE_URL$|^PG[A-Z]|PASSWORD|SECRET|TOKEN|CREDENTIAL/
const ownSecrets: Partial<Record<ProcessName, RegExp>> = {
  operator: /^(DATABASE_URL|PG[A-Z]+)$/,
  office: /^ZPOS_OFFICE_DATABASE_URL$/,
  acquirer: /^ZPOS_ACQUIRER_DATABASE_URL$/,
}

/** What a process gets of the stand's own environment: no secret but its own. */
export function inherited(name: ProcessName, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isIts = (variable: string) => ownSecrets[name]?.test(variable) === true
  const passed = Object.entries(env).filter(([each]) => isIts(each) || !SECRET.test(each))
  return Object.fromEntries(passed)
}

/**
 * The IPC channel carries nothing: its closing tells the child that the stand died (life.ts). What
 * the child says comes by pipes, so that its log can be turned over while it lives.
 */
function launch(
  { spec: { name, env }, log }: Slot,
  { entry, home }: { entry: string; home: string },
): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(home, entry)],
    {
      cwd: home,
      env: Object.assign(inherited(name, process.env), env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', log.write)
  }
  return child
}

async function isHealthy({ own }: ProcessSpec): Promise<boolean> {
  try {
    const answer = await fetch(`${own}/health`, { signal: AbortSignal.timeout(HEALTH_MS) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

function rssOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
  } catch {
    return null
  }
}
