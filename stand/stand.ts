import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { done, type Handlers, invalid } from '#core/api/contract.ts'
import { parseJson } from '#core/api/json.ts'
import {
  type CaughtMail,
  caughtMail,
  type Faults,
  type Paper,
  type ProcessView,
  paper,
  type ReaderView,
  type RegisterBackup,
  type ScaleView,
  standApi,
  standRoutes,
} from '#core/api/stand.ts'
import { chance, openClock, repeat, rest, untilOver } from '#services/runtime/clock.ts'
import { readWhole } from '#services/runtime/durable-file.ts'
import { type EventStream, openEvents } from '#services/runtime/events.ts'
import { bound, listen, type Recognise } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { guardAnswers, servePage } from '#services/runtime/pages.ts'
import { PASS, passHolder } from '#services/runtime/pass.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { nobodysDoor, serveAside, servePublic } from '#services/runtime/serve.ts'
import { buildPages } from '../scripts/build-pages.ts'
import { openBankDecline } from './bank-decline.ts'
import { openBillingState } from './billing-state.ts'
import { type CardReader, openCardReader, READER_PLACES } from './card-reader.ts'
import { openConnecting } from './demo/connecting.ts'
import { type Demo, prepareDemo } from './demo/enrolment.ts'
import { clockOffsetPath, type OpenFaults, openFaults } from './faults.ts'
import { openMailServer } from './mail-server.ts'
import { leasePorts } from './ports.ts'
import { forgetProcesses, isRecorded, outlivePredecessor } from './predecessor.ts'
import { openPrinter } from './printer.ts'
import { processSpecs } from './process-settings.ts'
import { openProcesses, type Processes } from './processes.ts'
import { openPulledDevice } from './pulled-device.ts'
import { openRegisterBackups, type RegisterBackups } from './register-backups.ts'
import { openStandReleases, type StandReleases } from './releases.ts'
import { openRoll, type Roll } from './roll.ts'
import { openVirtualScale, SCALE_PLACES, type VirtualScale } from './scale.ts'
import { openShopLines, type ShopLines } from './shop-lines.ts'
import { openTurns } from './turns.ts'

/** Papers and messages that a page draws: whoever comes is sent no more. */
const DRAWN = 40

export const usualPorts = {
  register: 8080,
  sko: 1829,
  operator: 8090,
  office: 8091,
  acquirer: 8583,
  acquirerHttp: 8584,
  stand: 8099,
  printer: 9100,
  reader: 9101,
  scale: 9102,
  mail: 2525,
}
/** Port 0 picks a free one. */
export type Ports = typeof usualPorts
/** Known to the shop's own processes alone. */
const innerPorts = { skoOwn: 0, operatorLine: 0, officeLine: 0, acquirerOwn: 0, internetProbe: 0 }
const anyPorts: Ports = {
  register: 0,
  sko: 0,
  operator: 0,
  office: 0,
  acquirer: 0,
  acquirerHttp: 0,
  stand: 0,
  printer: 0,
  reader: 0,
  scale: 0,
  mail: 0,
}
export type Stand = {
  addresses: Record<keyof Ports, string>
  /** Why processes do not start, each with the end of its log; they are tried again. */
  down: readonly string[]
  stop: () => Promise<void>
}
type Event =
  | { event: 'processes'; data: { processes: ProcessView[] } }
  | { event: 'faults'; data: Faults }
  | { event: 'terminal'; data: ReaderView }
  | { event: 'scale'; data: ScaleView }
  | { event: 'backups'; data: { backups: RegisterBackup[] } }
  | { event: 'paper'; data: Paper }
  | { event: 'mail'; data: CaughtMail }

const HOST = '127.0.0.1'

/**
 * Brings up the whole demo shop in a data folder; resolves when every process of it answers, was
 * killed by hand or does not start. A port that is not named is a free one. Nobody else may be at
 * work on the folder.
 */
export async function startStand(wanted: { data: string; ports: Partial<Ports> }): Promise<Stand> {
  await buildPages()
  const data = resolve(wanted.data)
  const running = join(data, 'stand', 'processes.json')
  await outlivePredecessor(running)
  const { ports, release } = await leasePorts(
    { ...anyPorts, ...wanted.ports, ...innerPorts },
    { host: HOST, chance },
  )
  const app = Promise.withResolvers<Hono>()
  const opened: Closing[] = [
    { close: release },
    await listen(app.promise, { host: HOST, port: ports.stand }),
  ]
  const stop = async () => {
    await Promise.all(opened.map(({ close }) => close()))
    forgetProcesses(running)
  }
  let down: string[] = []
  try {
    const parts = openParts({ data, ports, running, enrolment: prepareDemo(data) })
    opened.push({ close: parts.processes.stop }, parts.lines)
    opened.push(...(await openDevices(parts, ports)))
    app.resolve(openApp(parts))
    await parts.lines.settle()
    const connecting = startConnecting(
      parts.processes,
      addressesOf(ports),
      `http://${HOST}:${ports.skoOwn}`,
    )
    opened.push({ close: connecting.stop })
    down = await parts.processes.begin()
    await connecting.waited()
  } catch (error) {
    await stop()
    throw error
  }
  return { addresses: addressesOf(ports), down, stop }
}

type Closing = { close: () => Promise<void> }

// What keeps the shop from being connected then, a person has to see.
const CONNECT_MS = 30_000
const LOOK_MS = 50

/** Plays the person who connects the demo's devices and its till; nothing where they are. */
function startConnecting(
  processes: Processes,
  { register, operator }: Stand['addresses'],
  sko: string,
) {
  const { step, close } = openConnecting({ register, operator, sko })
  const connected = Promise.withResolvers<'connected'>()
  const work = async () => {
    const restMs = await step()
    if (restMs === null) connected.resolve('connected')
    return restMs
  }
  const loop = untilOver(repeat, work, () => {})
  const isAtWork = () =>
    processes
      .views()
      .filter(({ name }) => name !== 'acquirer' && name !== 'office')
      .every(({ healthy }) => healthy)
  return {
    /** Until it is done, or somebody is not there for it. */
    waited: async () => {
      const until = performance.now() + CONNECT_MS
      while (isAtWork() && performance.now() < until) {
        if (await Promise.race([connected.promise, rest(LOOK_MS)])) return
      }
    },
    stop: async () => {
      await loop.stop()
      close()
    },
  }
}

/** The printer, the card reader, the scale and the mail server. */
async function openDevices(parts: Parts, ports: Ports): Promise<Closing[]> {
  const { faults, tape, reader, scale, mailbox, now } = parts
  const hasPaper = () => !faults.isOn('printer.no-paper')
  const printer = await openPrinter({ host: HOST, port: ports.printer, now, hasPaper }, tape)
  const place = { host: HOST, port: ports.reader }
  const readers = await bound(createServer(reader.serve), place, READER_PLACES)
  const scales = await bound(
    createServer(scale.serve),
    { host: HOST, port: ports.scale },
    SCALE_PLACES,
  )
  const post = await openMailServer({ host: HOST, port: ports.mail, now }, mailbox)
  return [printer, readers, scales, post]
}

type Parts = {
  processes: Processes
  tape: Roll<Paper>
  mailbox: Roll<CaughtMail>
  faults: OpenFaults
  lines: ShopLines
  /** Resolves when the bank knows what it is to decline, if it answers. */
  settleDecline: () => Promise<void>
  /** Resolves when the office's data, and the register, stand as was wished, if they answer. */
  settleBilling: (isAsked: boolean) => Promise<void>
  reader: CardReader
  scale: VirtualScale
  backups: RegisterBackups
  releases: StandReleases
  events: EventStream
  /** Tells the pages what of the backups has changed. */
  backedUp: () => void
  now: () => number
}
type Place = {
  data: string
  ports: Ports & typeof innerPorts
  running: string
  enrolment: Demo
}

function openParts({ data, ports, running, enrolment }: Place): Parts {
  const clock = openClock(clockOffsetPath(data))
  const { now } = clock
  const events = openEvents<Event>(() => [
    { event: 'processes', data: { processes: processes.views() } },
    { event: 'faults', data: faults.bodies() },
    { event: 'terminal', data: reader.view() },
    { event: 'scale', data: scale.view() },
    { event: 'backups', data: { backups: backups.list() } },
    ...tape
      .shown()
      .slice(-DRAWN)
      .map((data) => ({ event: 'paper', data }) as const),
    ...mailbox
      .shown()
      .slice(-DRAWN)
      .map((data) => ({ event: 'mail', data }) as const),
  ])
  const mailbox = openRoll(join(data, 'stand', 'mail.jsonl'), caughtMail, (mail) =>
    events.send({ event: 'mail', data: mail }),
  )
  const tape = openRoll(join(data, 'stand', 'paper.jsonl'), paper, (paper) =>
    events.send({ event: 'paper', data: paper }),
  )
  const faults = openFaults(data, {
    device: openPulledDevice(data, enrolment.tillDevice),
    changed: () => events.send({ event: 'faults', data: faults.bodies() }),
  })
  const at = addressedBy(ports)
  const { settle: settleDecline } = openBankDecline(
    {
      url: `http://${HOST}:${ports.acquirerHttp}`,
      tokenFile: join(data, 'acquirer', 'keys', 'token'),
    },
    faults,
  )
  const own = (port: number) => `http://${HOST}:${port}`
  const releases = openStandReleases(data, own(ports.office), now)
  const billing = openBillingState(
    {
      office: own(ports.office),
      register: own(ports.register),
      now,
      release: releases.newer,
    },
    faults,
  )
  const lines = openShopLines(
    at,
    { ...faults, declined: settleDecline },
    tillAtDoor(enrolment, now),
  )
  const reader = openCardReader(() => events.send({ event: 'terminal', data: reader.view() }))
  const scale = openVirtualScale(() => events.send({ event: 'scale', data: scale.view() }))
  let recorded = ''
  const processes = openProcesses(processSpecs({ data, enrolment, at }), {
    logs: join(data, 'log'),
    clock,
    fell: lines.fell,
    rose: async (name) => {
      // Before the bank is reached: a purchase must not slip past what is to decline it.
      if (name === 'acquirer') await settleDecline()
      // Likewise: no till is told of data that are still to be arranged.
      if (name === 'office') await billing.settle()
      await lines.rose(name)
    },
    changed: () => {
      const pids = processes.pids()
      if (pids.join() !== recorded && isRecorded(running, pids)) recorded = pids.join()
      events.send({ event: 'processes', data: { processes: processes.views() } })
    },
  })
  const backups = openRegisterBackups(data, now)
  const backedUp = () => events.send({ event: 'backups', data: { backups: backups.list() } })
  const settleBilling = async (isAsked: boolean): Promise<void> => {
    const hasChanged = await billing.settle()
    // Only a line that is open brings the register an answer.
    if (hasChanged || isAsked) await billing.tellRegister()
  }
  const bank = { lines, settleDecline, settleBilling, reader, scale }
  const kept = { backups, backedUp, releases }
  return { processes, tape, mailbox, faults, ...bank, ...kept, events, now }
}

function openApp(parts: Parts): Hono {
  const { events } = parts
  const root = new Hono()
  guardAnswers(root, { isSecure: false })
  ownOriginOnly(root, HOST)
  servePage(root, 'stand')
  const log = openLog('stand')
  root.route('/', servePublic(standApi, handlersOf(parts), { log }))
  serveAside(root, {
    routes: standRoutes,
    handlers: {
      'GET /api/events': (call) => events.open(call),
      'GET /health': (call) => call.json({ ok: true, process: 'stand' }),
    },
    door: nobodysDoor,
  })
  return root
}

function handlersOf(parts: Parts): Handlers<typeof standApi, null> {
  const { processes, tape, mailbox, faults, lines, settleDecline, settleBilling, reader } = parts
  const { backups, backedUp, releases, scale } = parts
  const settled = async () => {
    await Promise.all([lines.settle(), settleDecline()])
    return done(faults.bodies())
  }
  const inTurn = openTurns()
  return {
    paper: async () => done({ papers: [...tape.shown()] }),
    mail: async () => done({ mail: [...mailbox.shown()] }),
    processes: async () => done({ processes: processes.views() }),
    kill: async ({ name }) => done(await processes.kill(name)),
    start: async ({ name }) => done(processes.start(name)),
    faults: async () => done(faults.bodies()),
    fault: async (wish) => {
      const set = faults.set(wish)
      if (set.kind !== 'done') return set
      await settleBilling(wish.name === 'billing.state')
      return settled()
    },
    reset: async () => {
      faults.reset()
      reader.clear()
      await settleBilling(false)
      return settled()
    },
    terminal: async () => done(reader.view()),
    tap: async ({ card, entry }) => {
      if (card !== null) return done({ ...reader.tap({ card, entry }), card, entry })
      reader.clear()
      return done({ waiting: reader.view().waiting, card, entry })
    },
    scale: async () => done(scale.view()),
    layOnScale: async (laid) => {
      scale.lay(laid)
      return done(scale.view())
    },
    release: () => inTurn(async () => done({ version: await releases.publish() })),
    backups: async () => done({ backups: backups.list() }),
    backUp: () =>
      inTurn(async () => {
        const taken = await backups.take()
        backedUp()
        return done(taken)
      }),
    restore: ({ id }) =>
      inTurn(async () => {
        const wanted = backups.list().find((each) => each.id === id)
        if (!wanted) return invalid('id', 'backup-unknown')
        await processes.kill('register')
        // In one breath: nobody may start the register between the two.
        try {
          backups.putBack(wanted)
        } finally {
          processes.start('register')
        }
        return done(await processes.answering('register'))
      }),
  }
}

/** The till is known on its way by what it shows at the door of its device (R32). */
function tillAtDoor({ byHand, tillDevice, tillEnrolment }: Demo, now: () => number): Recognise {
  const told = z.object({ credential: z.string() })
  const secret = (): string | undefined =>
    byHand
      ? readWhole(byHand.credential)?.trim()
      : told.safeParse(parseJson(readWhole(tillEnrolment) ?? '')).data?.credential
  const keyOf = (serial: string): string | null => {
    const known = serial === tillDevice ? secret() : undefined
    return known === undefined ? null : sha256(known)
  }
  return ({ headers }) => (headers[PASS] ? passHolder(headers[PASS], keyOf, now()) : null)
}

const addressedBy = (ports: Ports & typeof innerPorts) => {
  const at = (port: number) => ({ host: HOST, port })
  const { register, sko, operator, office, printer, skoOwn, operatorLine, internetProbe } = ports
  return {
    register: at(register),
    sko: at(sko),
    operator: at(operator),
    office: at(office),
    officeLine: at(ports.officeLine),
    printer: at(printer),
    skoOwn: at(skoOwn),
    operatorLine: at(operatorLine),
    internetProbe: at(internetProbe),
    acquirer: at(ports.acquirer),
    acquirerOwn: at(ports.acquirerOwn),
    acquirerHttp: at(ports.acquirerHttp),
    reader: at(ports.reader),
    scale: at(ports.scale),
    mail: at(ports.mail),
  }
}

function addressesOf(ports: Ports): Stand['addresses'] {
  const at = (port: number) => `http://${HOST}:${port}`
  const { register, sko, operator, office, acquirer, acquirerHttp } = ports
  const { stand, printer, reader, scale, mail } = ports
  return {
    register: at(register),
    sko: at(sko),
    operator: at(operator),
    office: at(office),
    stand: at(stand),
    acquirer: `${HOST}:${acquirer}`,
    acquirerHttp: at(acquirerHttp),
    printer: `${HOST}:${printer}`,
    reader: `${HOST}:${reader}`,
    scale: `${HOST}:${scale}`,
    mail: `${HOST}:${mail}`,
  }
}
