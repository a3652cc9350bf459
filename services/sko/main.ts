import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import { newDevice } from '#core/sko/device.ts'
import {
  chance,
  openClock,
  type Repeat,
  type Repeating,
  repeat,
  untilOver,
} from '#services/runtime/clock.ts'
import {
  clockOffsetFile,
  dataFolder,
  host,
  port,
  readConfig,
  requestsPerSecond,
} from '#services/runtime/config.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder, writeWhole } from '#services/runtime/durable-file.ts'
import { openGuesses } from '#services/runtime/guesses.ts'
import { keysInFiles, openBelief } from '#services/runtime/key-changes.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen, type Recognise } from '#services/runtime/listen.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { ENROLLED_KEYS, OPERATOR_KEYS } from '#services/runtime/operator-keys.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { guardAnswers } from '#services/runtime/pages.ts'
import { PASS, passHolder } from '#services/runtime/pass.ts'
import { hashSecret, newToken } from '#services/runtime/secret.ts'
import { readSecret } from '#services/runtime/secret-file.ts'
import { httpSend } from '#services/runtime/send.ts'
import { VERSION } from '#services/runtime/version.ts'
import { openSkoApp } from './app.ts'
import type { DevicePort } from './call.ts'
import { type Courier, openCourier } from './courier.ts'
import { type Joining, makeDevices, openEnrolments } from './enrolments.ts'
import { type Keys, openKeys } from './keys.ts'
import { openTillKeys } from './session.ts'
import { openSessions } from './sessions.ts'
import { openSkoDb, openSkoStore, type SkoStore } from './store.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_SKO_PORT: port(1829),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_DATA: dataFolder,
  ZPOS_OPERATOR_URL: z.url().default('http://127.0.0.1:8090'),
  /**
   * File of the operator's public keys, PEM, as many as there are: read anew when it changes.
   * Without it ZPOS_DATA/operator-key.pem.pub.
   */
  ZPOS_OPERATOR_PUBLIC_KEYS: z.string().min(1).optional(),
  /** JSON file of devices that are enrolled already, see `enrolment`. */
  ZPOS_SKO_DEVICES: z.string().optional(),
  /**
   * Serial numbers, parted by commas, of devices that are made where they are missing and ask the
   * operator to be connected. Without it a service without any device makes one.
   */
  ZPOS_SKO_SERIALS: z
    .string()
    .regex(/^[A-Za-z0-9-]{4,20}(,[A-Za-z0-9-]{4,20})*$/)
    .transform((list) => list.split(','))
    .optional(),
  /** PIN by which foreign clients use a device made here; without it none of them can. */
  ZPOS_SKO_PIN: z.string().min(4).max(8).optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
})

const enrolment = z.array(
  z.object({
    serial: z.string().min(1).max(20),
    registerNumber: z.int().min(100_000_000).max(799_999_999),
    company: z.string(),
    unp: z.string(),
    place: z.string(),
    address: z.string(),
    pin: z.string().min(4).max(8),
    credentialSha256: z.string().length(64).optional(),
  }),
)
export type Enrolments = z.output<typeof enrolment>

/** Enrols devices that are not known yet; a till's new credential replaces the old one. */
export async function enrol(store: SkoStore, devices: Enrolments): Promise<void> {
  for (const { serial, pin, credentialSha256 = null, ...issuer } of devices) {
    const known = store.device(serial)
    if (known) {
      const isNew = known.credential !== credentialSha256 && known.pairedAt === null
      if (isNew) store.setCredential(serial, credentialSha256)
      continue
    }
    const { company, unp, place, address, registerNumber } = issuer
    const device = newDevice({ company, unp, place, address, registerNumber, device: serial })
    store.enrol({ serial, device, pin: await hashSecret(pin), credential: credentialSha256 })
  }
}

// What the courier says of a device that the operator does not know.
const UNKNOWN = 'rejected: device.unknown'
const LOOK_MS = 5000

export type SkoPorts = {
  store: SkoStore
  keys: Keys
  /** To the operator, and the keys that it signs with. */
  send: Send
  verify: VerifyBy
  /** Chance that no answer of before can carry; the runtime's own where it is not given. */
  nonce?: () => string
  now: () => number
  elapsed: () => number
  chance: () => number
  /** How devices are connected; without it those that are enrolled are all there are. */
  joining?: Joining
  /** What drives the couriers; the runtime's own where it is not given. */
  repeat?: Repeat
  log: Log
}

/** The service over its ports: the protocol's handler, and a courier for each device. */
export function openSko(ports: SkoPorts) {
  const { store, keys, now, elapsed, log, nonce = randomUUID } = ports
  const loop = ports.repeat ?? repeat
  const couriers = new Map<string, { courier: Courier; loop: Repeating | null }>()
  const { send, chance, verify } = ports
  const keyChanges = (serial: string) => keys.changes?.(serial) ?? []
  let isStarted = false
  const run = (entry: { courier: Courier; loop: Repeating | null }) => {
    const failed = (error: unknown) => log.error('courier', { error: String(error) })
    entry.loop = loop(entry.courier.step, failed)
  }
  const carry = (serial: string) => {
    const { present, signer } = keys
    const world = { send, chance, now, elapsed, present, signer }
    const toOperator = Object.assign({ store, verify, nonce, log, keyChanges }, world)
    const entry = { courier: openCourier(serial, toOperator), loop: null }
    couriers.set(serial, entry)
    if (isStarted) run(entry)
  }
  for (const serial of store.serials()) carry(serial)
  const { joining = null } = ports
  const asking: Repeating[] = []
  const unasked = (error: unknown) => log.error('enrolment', { error: String(error) })
  const enrolments = openEnrolments({
    store,
    joining,
    send,
    elapsed,
    chance,
    enrolled: carry,
    run: (step) => void asking.push(untilOver(loop, step, unasked)),
    log,
  })
  const lookForUnknown = async (): Promise<number> => {
    for (const [serial, { courier }] of couriers) {
      if (courier.fault() === UNKNOWN) enrolments.again(serial)
    }
    return LOOK_MS
  }
  const announceKeys = async (): Promise<number> => {
    for (const [serial, { courier }] of couriers) {
      // A device that was put back would announce a key for numbers that are taken: nobody could
      // follow it, and nothing that it seals would be stored any more.
      if (!courier.isHeard()) continue
      const signed = keys.announce?.(serial, store.device(serial)?.device.number ?? 0)
      if (signed) log.info('key announced', { serial, from: signed.change.from })
    }
    return LOOK_MS
  }
  const port: DevicePort = {
    store,
    now,
    version: VERSION,
    signer: keys.signer,
    certificate: keys.certificate,
    keyChanges,
    keysOf: openTillKeys(store),
    uploadFault: (serial) => couriers.get(serial)?.courier.fault() ?? null,
    // While the line is down the courier comes back in its own time, not at every document.
    documented: (serial) => {
      const entry = couriers.get(serial)
      if (entry?.courier.fault() === null) entry.loop?.wake()
    },
    sessions: openSessions(elapsed),
    newSession: randomUUID,
    guesses: openGuesses({ now, elapsed }),
  }
  return {
    app: openSkoApp(port, { store, keys: joining, verify, waiting: enrolments.views, log }),
    couriers: [...couriers.values()].map(({ courier }) => courier),
    start: () => {
      isStarted = true
      for (const entry of couriers.values()) run(entry)
      enrolments.start()
      if (joining) asking.push(loop(lookForUnknown, unasked))
      if (keys.announce) asking.push(loop(announceKeys, unasked))
    },
    stop: async () => {
      await Promise.all(asking.map((each) => each.stop()))
      await Promise.all([...couriers.values()].map(({ loop }) => loop?.stop()))
      store.close()
    },
  }
}

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('sko')
  const folder = join(config.ZPOS_DATA, 'sko')
  makeFolder(folder)
  ownFolder(folder)
  const opened = Promise.withResolvers<Hono>()
  const door: { recognise?: Recognise } = {}
  const server = await listen(opened.promise, {
    host: config.ZPOS_HOST,
    port: config.ZPOS_SKO_PORT,
    rate: config.ZPOS_REQUESTS_PER_SECOND,
    recognise: (incoming) => door.recognise?.(incoming) ?? null,
  })
  const store = openSkoStore(openSkoDb(join(folder, 'sko.sqlite')))
  if (config.ZPOS_SKO_DEVICES) {
    await enrol(store, enrolment.parse(JSON.parse(readSecret(config.ZPOS_SKO_DEVICES))))
  }
  const send = httpSend(config.ZPOS_OPERATOR_URL, { deadlineMs: 10_000 })
  const keys = openKeys(join(folder, 'keys'))
  makeDevices(join(folder, 'keys'), { wanted: config.ZPOS_SKO_SERIALS ?? [], store, keys })
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const { now, elapsed } = clock
  const ownKeys = join(folder, ENROLLED_KEYS)
  const keyFile = config.ZPOS_OPERATOR_PUBLIC_KEYS
  const anchors = keyFile ? [keyFile] : [ownKeys, join(config.ZPOS_DATA, OPERATOR_KEYS)]
  const kept = keysInFiles(anchors, join(folder, 'operator-keys.changes'))
  const operatorKeys = openBelief('operator', kept, { send, clock, log })
  const { verify } = operatorKeys
  const pin = await hashSecret(config.ZPOS_SKO_PIN ?? newToken())
  const joining = Object.assign({ pin, keepKeys: (pem: string) => writeWhole(ownKeys, pem) }, keys)
  const passKeyOf = (serial: string) => store.device(serial)?.credential ?? null
  door.recognise = ({ headers }) => passHolder(headers[PASS], passKeyOf, now())
  const told = { now, elapsed, chance, log }
  const sko = openSko(Object.assign(told, { store, keys, send, verify, joining }))
  const root = new Hono()
  guardAnswers(root, { isSecure: false })
  // Clients of devices call by any name.
  ownOriginOnly(root, config.ZPOS_HOST, {
    machines: ['/tsrv', '/pairing', '/enrolment', '/health', '/metrics'],
  })
  root.route('/', sko.app)
  opened.resolve(root)
  sko.start()
  log.info('listening', { port: server.port })
  await untilStopped()
  await server.close()
  await operatorKeys.stop()
  await sko.stop()
  send.close()
}
