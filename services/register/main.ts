import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { goods as goodsSchema, type OperationView, role, type Status } from '#core/api/register.ts'
import {
  type Clock,
  openClock,
  type Repeat,
  type Repeating,
  repeat,
  rest,
} from '#services/runtime/clock.ts'
import {
  clockOffsetFile,
  dataFolder,
  host,
  port,
  readConfig,
  requestsPerSecond,
} from '#services/runtime/config.ts'
import { openEvents } from '#services/runtime/events.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { servePage } from '#services/runtime/pages.ts'
import { httpSend } from '#services/runtime/send.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { VERSION } from '#services/runtime/version.ts'
import { openRegisterApp, type Register, statusOf } from './app.ts'
import { viewed } from './begin.ts'
import { clearUp } from './clearing.ts'
import { openDeviceWatch } from './device.ts'
import { openEngine } from './engine.ts'
import { openGoods } from './goods.ts'
import { type Internet, openInternet } from './links/internet.ts'
import { openOperatorLink } from './links/operator.ts'
import { printOver } from './links/printer.ts'
import { openSkoLink } from './links/sko.ts'
import { openPeople } from './people.ts'
import { openPrinting, type Print } from './printing.ts'
import { openRegisterDb, openRegisterStore, type RegisterStore } from './store.ts'
import { openUploadWatch } from './upload.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_REGISTER_PORT: port(8080),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_DATA: dataFolder,
  ZPOS_SKO_URL: z.url().default('http://127.0.0.1:1829'),
  /** Serial number of the till's СКО. */
  ZPOS_SKO_TOKEN: z.string().min(1).max(20),
  /** File, mode 0600, with the till's credential for its device. */
  ZPOS_SKO_CREDENTIAL: z.string().min(1),
  ZPOS_OPERATOR_URL: z.url().default('http://127.0.0.1:8090'),
  /** host:port of anything beyond the shop, to tell a dead line from a silent operator (S5.3). */
  ZPOS_INTERNET_PROBE: z
    .string()
    .regex(/^[^:]+:\d+$/, 'нужно host:port')
    .optional(),
  ZPOS_SKO_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(5000),
  ZPOS_PRINTER: z
    .string()
    .regex(/^[^:]+:\d+$/, 'нужно host:port')
    .default('127.0.0.1:9100'),
  ZPOS_PRINTER_COLUMNS: z.enum(['32', '48']).default('32'),
  /** JSON file {people, goods} that fills an empty register. */
  ZPOS_REGISTER_SEED: z.string().optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
})

const seed = z.object({
  people: z.array(z.object({ name: z.string().min(1).max(64), role, pin: z.string().min(4) })),
  goods: z.array(goodsSchema.omit({ id: true })),
})
export type RegisterSeed = z.input<typeof seed>

export type RegisterPorts = {
  db: Sqlite
  /** To the СКО, and to the operator. */
  send: Send
  askOperator: Send
  internet: Internet
  token: string
  credential: string
  print: Print
  columns: 32 | 48
  clock: Clock
  rest: (ms: number) => Promise<void>
  /** What drives the loops; the runtime's own where it is not given. */
  repeat?: Repeat
  log: Log
}

type RegisterEvent = { event: 'status'; data: Status } | { event: 'operation'; data: OperationView }

/** The register over its ports, before it listens. `start` recovers what a crash left open. */
export function openRegister(ports: RegisterPorts) {
  const { register, printed } = openParts(ports)
  const { engine, device, printing, store } = register
  const failed = (what: string) => (error: unknown) =>
    ports.log.error(what, { error: String(error) })
  const loop = ports.repeat ?? repeat
  let loops: Repeating[] = []
  /** One look at the device and at what is not known for certain; answers when to look again. */
  const watch = async (): Promise<number> => {
    await device.refresh()
    await engine.recover()
    await clearUp({ ...register, clearing: register.settings.clearing })
    return WATCH_MS
  }
  return {
    register,
    watch,
    app: openRegisterApp(register),
    start: async () => {
      const printLoop = loop(printing.step, failed('printing'))
      printed(printLoop.wake)
      await device.refresh()
      await engine.recover()
      loops = [
        printLoop,
        loop(watch, failed('watch')),
        loop(register.upload.step, failed('upload')),
      ]
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      await engine.settled()
      store.close()
    },
  }
}

/** The parts, wired: every change of one is told to the pages, every new paper to the printer. */
function openParts(ports: RegisterPorts): {
  register: Register
  printed: (wake: () => void) => void
} {
  const { db, log, columns, print, rest } = ports
  const { now } = ports.clock
  const store = openRegisterStore(db, now)
  const sko = openSkoLink(ports)
  let wakePrinter = () => {}
  const viewEvent = (id: string): RegisterEvent[] => {
    const view = viewed(register, id)
    return view.kind === 'done' ? [{ event: 'operation', data: view.value }] : []
  }
  const status = (): RegisterEvent => ({ event: 'status', data: statusOf(register) })
  const changed = (id: string | null) => {
    // A printer at fault is tried again in its own time, not at every sale.
    if (printing.fault() === null) wakePrinter()
    if (events.idle()) return
    // What is said of an open operation depends on the standing facts as well.
    const ids = id === null ? store.open().map((operation) => operation.id) : [id]
    for (const event of ids.flatMap(viewEvent)) events.send(event)
    events.send(status())
  }
  const told = () => changed(null)
  const device = openDeviceWatch({ store, sko, now, changed: told })
  const operator = openOperatorLink({ send: ports.askOperator, token: ports.token })
  const settings = openSettings(store, told)
  const { clearing } = settings
  const engine = openEngine({ store, sko, device, rest, clearing, changed })
  const upload = openUploadWatch({ device, operator, internet: ports.internet, now, changed: told })
  const printing = openPrinting({ store, print, columns, changed })
  const events = openEvents<RegisterEvent>(() => [
    status(),
    ...store.open().flatMap(({ id }) => viewEvent(id)),
  ])
  const people = openPeople(db, now)
  const goods = openGoods(db)
  const register: Register = {
    ...{ store, engine, device, sko, operator, upload, settings, people, goods, printing },
    ...{ events, changed, now, version: VERSION, log },
  }
  const printed = (wake: () => void) => {
    wakePrinter = wake
  }
  return { register, printed }
}

const CLEARING = 'clearing'

/** What is set in «Обслуживание»: red receipts clear themselves up unless that is switched off. */
function openSettings(store: RegisterStore, changed: () => void): Register['settings'] {
  return {
    clearing: () => store.setting(CLEARING) !== 'off',
    setClearing: (on, person) => {
      store.set(CLEARING, on ? 'on' : 'off', person)
      changed()
    },
  }
}

// How fresh the cashier's picture of the device is: its presence and the unsent documents.
const WATCH_MS = 2000

async function fill({ people, goods }: Register, path: string): Promise<void> {
  const wanted = seed.parse(JSON.parse(readFileSync(path, 'utf8')))
  const known = new Set(people.list().map(({ name }) => name))
  for (const { name, role, pin } of wanted.people) {
    if (!known.has(name)) await people.add(name, role, pin)
  }
  if (goods.count() === 0) goods.add(wanted.goods)
}

const OPERATOR_DEADLINE_MS = 3000

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('register')
  const send = httpSend(config.ZPOS_SKO_URL, { deadlineMs: config.ZPOS_SKO_DEADLINE_MS })
  const askOperator = httpSend(config.ZPOS_OPERATOR_URL, { deadlineMs: OPERATOR_DEADLINE_MS })
  const [printerHost = '', printerPort = ''] = config.ZPOS_PRINTER.split(':')
  const { register, app, start, stop } = openRegister({
    db: openRegisterDb(join(config.ZPOS_DATA, 'register', 'register.sqlite')),
    send,
    askOperator,
    internet: openInternet(config.ZPOS_INTERNET_PROBE ?? null),
    token: config.ZPOS_SKO_TOKEN,
    credential: readFileSync(config.ZPOS_SKO_CREDENTIAL, 'utf8').trim(),
    print: printOver({ host: printerHost, port: Number(printerPort), deadlineMs: 10_000 }),
    columns: config.ZPOS_PRINTER_COLUMNS === '48' ? 48 : 32,
    clock: openClock(config.ZPOS_CLOCK_OFFSET_FILE),
    rest,
    log,
  })
  if (config.ZPOS_REGISTER_SEED) await fill(register, config.ZPOS_REGISTER_SEED)
  await start()
  const root = new Hono()
  ownOriginOnly(root, config.ZPOS_HOST)
  servePage(root, 'cashier')
  root.route('/', app)
  const server = await listen(root, {
    ...{ host: config.ZPOS_HOST, port: config.ZPOS_REGISTER_PORT },
    rate: config.ZPOS_REQUESTS_PER_SECOND,
  })
  log.info('listening', { port: server.port })
  await untilStopped()
  await server.close()
  await stop()
  send.close()
  askOperator.close()
}
