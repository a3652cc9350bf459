import { type AddressInfo, createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { Hono } from 'hono'
import { done, type Handlers } from '#core/api/contract.ts'
import { type Paper, type ProcessView, standApi } from '#core/api/stand.ts'
import { type EventStream, openEvents } from '#services/runtime/events.ts'
import { listen } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { servePage } from '#services/runtime/pages.ts'
import { serve } from '#services/runtime/serve.ts'
import { buildPages } from '../scripts/build-pages.ts'
import { type Enrolment, prepareDemo } from './demo/enrolment.ts'
import { forgetProcesses, outlivePredecessor, recordProcesses } from './predecessor.ts'
import { openPrinter } from './printer.ts'
import { openProcesses, type Processes, type ProcessSpec } from './processes.ts'
import { openTape, type Tape } from './tape.ts'

export const usualPorts = { register: 8080, sko: 1829, operator: 8090, stand: 8099, printer: 9100 }
/** Port 0 picks a free one. */
export type Ports = typeof usualPorts
export type Stand = {
  addresses: Record<keyof Ports, string>
  stop: () => Promise<void>
}
type Event =
  | { event: 'processes'; data: { processes: ProcessView[] } }
  | { event: 'paper'; data: Paper }

const HOST = '127.0.0.1'

/** Brings up the whole demo shop in a data folder; resolves when every process of it answers. */
export async function startStand(wanted: { data: string; ports: Ports }): Promise<Stand> {
  await buildPages()
  const data = resolve(wanted.data)
  const enrolment = prepareDemo(data)
  const running = join(data, 'stand', 'processes.json')
  await outlivePredecessor(running)
  const ports = await freePorts(wanted.ports)
  const { processes, tape, events } = openParts(specsOf({ data, ports, enrolment }), data, running)
  const printer = await openPrinter({ host: HOST, port: ports.printer, now: Date.now }, tape)
  const opened: { close: () => Promise<void> }[] = [printer]
  const stop = async () => {
    await Promise.all([processes.stop(), ...opened.map(({ close }) => close())])
    forgetProcesses(running)
  }
  try {
    const app = openApp({ processes, tape, events })
    opened.push(await listen(app, { host: HOST, port: ports.stand }))
    await processes.begin()
  } catch (error) {
    await stop()
    throw error
  }
  return { addresses: addressesOf(ports), stop }
}

type Parts = { processes: Processes; tape: Tape; events: EventStream }

function openParts(specs: readonly ProcessSpec[], data: string, running: string): Parts {
  const events = openEvents<Event>(() => [
    { event: 'processes', data: { processes: processes.views() } },
    ...tape.papers().map((paper) => ({ event: 'paper', data: paper }) as const),
  ])
  const tape = openTape(join(data, 'stand', 'paper.jsonl'), (paper) =>
    events.send({ event: 'paper', data: paper }),
  )
  let recorded = ''
  const processes = openProcesses(specs, {
    logs: join(data, 'log'),
    now: Date.now,
    changed: () => {
      const pids = processes.pids()
      if (pids.join() !== recorded) recordProcesses(running, pids)
      recorded = pids.join()
      events.send({ event: 'processes', data: { processes: processes.views() } })
    },
  })
  return { processes, tape, events }
}

function openApp({ processes, tape, events }: Parts): Hono {
  const root = new Hono()
  ownOriginOnly(root, HOST)
  servePage(root, 'stand')
  const handlers: Handlers<typeof standApi, null> = {
    paper: async () => done({ papers: [...tape.papers()] }),
    processes: async () => done({ processes: processes.views() }),
    kill: async ({ name }) => done(await processes.kill(name)),
    start: async ({ name }) => done(processes.start(name)),
  }
  root.route('/', serve(standApi, handlers, { context: async () => null, log: openLog('stand') }))
  root.get('/api/events', (call) => events.open(call))
  root.get('/health', (call) => call.json({ ok: true, process: 'stand' }))
  return root
}

type Place = { data: string; ports: Ports; enrolment: Enrolment }

function specsOf({ data, ports, enrolment }: Place): ProcessSpec[] {
  const at = addressesOf(ports)
  const everywhere = { ZPOS_DATA: data, ZPOS_HOST: HOST }
  return [
    {
      name: 'register',
      title: 'АРМ Кассира',
      entry: 'services/register/main.ts',
      address: at.register,
      page: at.register,
      signIn: ['«Анна», PIN 1111 — кассир', '«Ольга», PIN 9999 — администратор'],
      env: {
        ...everywhere,
        ZPOS_REGISTER_PORT: String(ports.register),
        ZPOS_SKO_URL: at.sko,
        ZPOS_SKO_TOKEN: enrolment.tillDevice,
        ZPOS_SKO_CREDENTIAL: enrolment.credential,
        ZPOS_OPERATOR_URL: at.operator,
        ZPOS_PRINTER: `${HOST}:${ports.printer}`,
        ZPOS_REGISTER_SEED: enrolment.registerSeed,
      },
    },
    {
      name: 'sko',
      title: 'Служба СКО',
      entry: 'services/sko/main.ts',
      address: at.sko,
      page: null,
      signIn: ['PIN устройства 1234, протокол tsrv: POST /tsrv'],
      env: {
        ...everywhere,
        ZPOS_SKO_PORT: String(ports.sko),
        ZPOS_OPERATOR_URL: at.operator,
        ZPOS_SKO_DEVICES: enrolment.devices,
      },
    },
    {
      name: 'operator',
      title: 'Оператор (АИС ПКС)',
      entry: 'services/operator/main.ts',
      address: at.operator,
      page: at.operator,
      signIn: ['client@demo.by, пароль demo', 'staff@demo.by, пароль demo'],
      env: {
        ...everywhere,
        ZPOS_OPERATOR_PORT: String(ports.operator),
        ZPOS_OPERATOR_SEED: enrolment.operatorSeed,
      },
    },
  ]
}

function addressesOf(ports: Ports): Stand['addresses'] {
  const at = (port: number) => `http://${HOST}:${port}`
  const { register, sko, operator, stand, printer } = ports
  return {
    ...{ register: at(register), sko: at(sko), operator: at(operator), stand: at(stand) },
    printer: `${HOST}:${printer}`,
  }
}

/** Ports 0 become free ones, all held until the last is found, so that none comes twice. */
async function freePorts(ports: Ports): Promise<Ports> {
  const held: Server[] = []
  const free = async (port: number): Promise<number> => {
    if (port !== 0) return port
    const server = createServer()
    held.push(server)
    await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
    return (server.address() as AddressInfo).port
  }
  const found = {
    register: await free(ports.register),
    sko: await free(ports.sko),
    operator: await free(ports.operator),
    stand: await free(ports.stand),
    printer: await free(ports.printer),
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))))
  return found
}
