import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { goods as goodsSchema, type OperationView, role, type Status } from '#core/api/register.ts'
import { type Clock, repeat, systemClock } from '#services/runtime/clock.ts'
import { dataFolder, host, port, readConfig } from '#services/runtime/config.ts'
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
import { openEngine } from './engine.ts'
import { openGoods } from './goods.ts'
import { printOver } from './links/printer.ts'
import { openSkoLink } from './links/sko.ts'
import { openPeople } from './people.ts'
import { openPrinting, type Print } from './printing.ts'
import { openRegisterDb, openRegisterStore } from './store.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_REGISTER_PORT: port(8080),
  ZPOS_DATA: dataFolder,
  ZPOS_SKO_URL: z.url().default('http://127.0.0.1:1829'),
  /** Serial number of the till's СКО. */
  ZPOS_SKO_TOKEN: z.string().min(1).max(20),
  /** File, mode 0600, with the till's credential for its device. */
  ZPOS_SKO_CREDENTIAL: z.string().min(1),
  ZPOS_SKO_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(5000),
  ZPOS_PRINTER: z
    .string()
    .regex(/^[^:]+:\d+$/, 'нужно host:port')
    .default('127.0.0.1:9100'),
  ZPOS_PRINTER_COLUMNS: z.enum(['32', '48']).default('32'),
  /** JSON file {people, goods} that fills an empty register. */
  ZPOS_REGISTER_SEED: z.string().optional(),
})

const seed = z.object({
  people: z.array(z.object({ name: z.string().min(1).max(64), role, pin: z.string().min(4) })),
  goods: z.array(goodsSchema.omit({ id: true })),
})
export type RegisterSeed = z.input<typeof seed>

export type RegisterPorts = {
  db: Sqlite
  send: Send
  token: string
  credential: string
  print: Print
  columns: 32 | 48
  clock: Clock
  rest: (ms: number) => Promise<void>
  log: Log
}

type RegisterEvent = { event: 'status'; data: Status } | { event: 'operation'; data: OperationView }

/** The register over its ports, before it listens. `start` recovers what a crash left open. */
export function openRegister(ports: RegisterPorts) {
  const { db, clock, log, columns, print } = ports
  const { now } = clock
  const store = openRegisterStore(db, now)
  const sko = openSkoLink(ports)
  const changed = (id: string | null) => {
    if (id !== null) {
      printLoop?.wake()
      const view = viewed(register, id)
      if (view.kind === 'done') events.send({ event: 'operation', data: view.value })
    }
    events.send({ event: 'status', data: statusOf(register) })
  }
  const engine = openEngine({ store, sko, rest: ports.rest, clearing: () => true, changed })
  const printing = openPrinting({ store, print, columns, changed })
  const events = openEvents<RegisterEvent>(() => [
    { event: 'status', data: statusOf(register) },
    ...store.open().flatMap(({ id }) => {
      const view = viewed(register, id)
      return view.kind === 'done' ? [{ event: 'operation', data: view.value } as const] : []
    }),
  ])
  const people = openPeople(db, now)
  const goods = openGoods(db)
  const register: Register = {
    ...{ store, engine, sko, people, goods, printing, events, now, version: VERSION, log },
  }
  let printLoop: ReturnType<typeof repeat> | null = null
  let watchLoop: ReturnType<typeof repeat> | null = null
  const failed = (what: string) => (error: unknown) => log.error(what, { error: String(error) })

  return {
    register,
    app: openRegisterApp(register),
    start: async () => {
      printLoop = repeat(printing.step, failed('printing'))
      printing.onQueued(() => printLoop?.wake())
      await engine.refresh()
      await engine.recover()
      watchLoop = repeat(async () => {
        await engine.refresh()
        await engine.clearRed()
        return WATCH_MS
      }, failed('watch'))
    },
    stop: async () => {
      await Promise.all([printLoop?.stop(), watchLoop?.stop()])
      await engine.settled()
      store.close()
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

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('register')
  const send = httpSend(config.ZPOS_SKO_URL, { deadlineMs: config.ZPOS_SKO_DEADLINE_MS })
  const [printerHost = '', printerPort = ''] = config.ZPOS_PRINTER.split(':')
  const { register, app, start, stop } = openRegister({
    db: openRegisterDb(join(config.ZPOS_DATA, 'register', 'register.sqlite')),
    send,
    token: config.ZPOS_SKO_TOKEN,
    credential: readFileSync(config.ZPOS_SKO_CREDENTIAL, 'utf8').trim(),
    print: printOver({ host: printerHost, port: Number(printerPort), deadlineMs: 10_000 }),
    columns: config.ZPOS_PRINTER_COLUMNS === '48' ? 48 : 32,
    clock: systemClock,
    rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
  })
  if (config.ZPOS_REGISTER_SEED) await fill(register, config.ZPOS_REGISTER_SEED)
  await start()
  const root = new Hono()
  ownOriginOnly(root, config.ZPOS_HOST)
  servePage(root, 'cashier')
  root.route('/', app)
  const server = await listen(root, { host: config.ZPOS_HOST, port: config.ZPOS_REGISTER_PORT })
  log.info('listening', { port: server.port })
  await untilStopped()
  await server.close()
  await stop()
  send.close()
}
