import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { equipmentSerial } from '#core/api/office.ts'
import { type ScaleSetup, usualPrinter } from '#core/api/register-equipment.ts'
import { assert } from '#core/assert.ts'
import { paperWidths } from '#core/document/paper-text.ts'
import { LONGEST_MESSAGE } from '#core/iso8583/codec.ts'
import {
  type Clock,
  chance,
  openClock,
  type Repeating,
  repeat,
  rest,
  untilOver,
} from '#services/runtime/clock.ts'
import {
  behindTls,
  clockOffsetFile,
  dataFolder,
  host,
  port,
  readConfig,
  requestsPerSecond,
} from '#services/runtime/config.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { publicHalf, signText } from '#services/runtime/device-keys.ts'
import { makeFolder, readWhole } from '#services/runtime/durable-file.ts'
import { openEnrolling } from '#services/runtime/enrolling.ts'
import { frameSend } from '#services/runtime/frame-client.ts'
import { keysInFiles, openBelief } from '#services/runtime/key-changes.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { readTerminalKey, type TerminalKey } from '#services/runtime/line-seal.ts'
import { listen, type Recognise } from '#services/runtime/listen.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { mailSettings, openPost } from '#services/runtime/mail.ts'
import { ENROLLED_KEYS, OFFICE_KEYS, OPERATOR_KEYS } from '#services/runtime/operator-keys.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { guardAnswers, servePage } from '#services/runtime/pages.ts'
import { passOf } from '#services/runtime/pass.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { readSecret, secretFile } from '#services/runtime/secret-file.ts'
import { httpSend } from '#services/runtime/send.ts'
import { openRegisterApp } from './desk/app.ts'
import { openSetupApp } from './desk/setup.ts'
import { openTillFiles, presentEnrolment, type TillEnrolment } from './enrolment.ts'
import { deviceKeysIn } from './links/device-keys.ts'
import { openInternet } from './links/internet.ts'
import { openPairing } from './links/pairing.ts'
import { openPrint } from './links/printer.ts'
import { openReader } from './links/reader.ts'
import { openReleaseLink, type ReleaseLink } from './links/releases.ts'
import { carryOutReturn } from './links/returning.ts'
import { ownDevice } from './links/seal.ts'
import { openUpdaterLink } from './links/updater.ts'
import { openRegisterDb } from './memory/store.ts'
import { clearUp } from './operating/clearing.ts'
import { updateByNight } from './operating/installing.ts'
import type { Register } from './register.ts'
import { fill } from './seed.ts'
import { openParts, type RegisterPorts } from './wiring.ts'

const place = z.string().regex(/^[^:]+:\d+$/, 'must be host:port')

/** All that a register is told from outside. */
export const registerSettings = z.object({
  ZPOS_HOST: host,
  ZPOS_REGISTER_PORT: port(8080),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_BEHIND_TLS: behindTls,
  ZPOS_DATA: dataFolder,
  ZPOS_SKO_URL: z.url().default('http://127.0.0.1:1829'),
  /**
   * JSON file of the till's device, see `ownDevice`, and file, mode 0600, with the secret that the
   * two share, where they were written by hand. Without them the till asks to be connected.
   */
  ZPOS_SKO_DEVICE: z.string().min(1).optional(),
  ZPOS_SKO_CREDENTIAL: z.string().min(1).optional(),
  ZPOS_OPERATOR_URL: z.url().default('http://127.0.0.1:8090'),
  /**
   * File of the operator's public keys, PEM, as many as there are: read anew when it changes.
   * Without it ZPOS_DATA/operator-key.pem.pub.
   */
  ZPOS_OPERATOR_PUBLIC_KEYS: z.string().min(1).optional(),
  /**
   * Billing, and this till's serial number there. Without them what the operator told when the
   * till was connected, and the till's own number; where it told nothing nobody is asked.
   */
  ZPOS_OFFICE_URL: z.url().optional(),
  ZPOS_EQUIPMENT_SERIAL: equipmentSerial.optional(),
  /**
   * File of the office's public keys, PEM, as many as there are: read anew when it changes.
   * Without it ZPOS_DATA/office-key.pem.pub.
   */
  ZPOS_OFFICE_PUBLIC_KEYS: z.string().min(1).optional(),
  /** The root that releases are believed by; without it the one that came with the programs. */
  ZPOS_RELEASE_ROOT: z.string().min(1).optional(),
  /** Where the updater keeps installed versions; without it nothing is installed from the page. */
  ZPOS_PROGRAMS: z.string().min(1).optional(),
  /** host:port of anything beyond the shop, to tell a dead line from a silent operator (S5.3). */
  ZPOS_INTERNET_PROBE: place.optional(),
  /** The bank's host and the card reader, host:port; without them cards are not taken. */
  ZPOS_ACQUIRER: place.optional(),
  ZPOS_READER: place.optional(),
  /** File, mode 0600, with the terminal's key at its bank; read anew for each message. */
  ZPOS_TERMINAL_KEY: z.string().min(1).optional(),
  /** File of PEM: the bank is spoken to by TLS, and has a certificate of this authority (R32). */
  ZPOS_ACQUIRER_CA: z.string().min(1).optional(),
  /** The name in that certificate, where it is not the host's. */
  ZPOS_ACQUIRER_NAME: z.string().min(1).optional(),
  ZPOS_TERMINAL_ID: z.string().max(8).default(''),
  ZPOS_MERCHANT_ID: z.string().max(15).default(''),
  ZPOS_ACQUIRER_ID: z
    .string()
    .regex(/^\d{1,11}$/, 'must be digits')
    .default('000001'),
  ZPOS_MERCHANT_CATEGORY: z
    .string()
    .regex(/^\d{4}$/, 'must be four digits')
    .default('5411'),
  ZPOS_SKO_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(5000),
  /** The printer until another is set on the page. */
  ZPOS_PRINTER: place.default('127.0.0.1:9100'),
  ZPOS_PRINTER_COLUMNS: z.coerce.number().pipe(z.literal(paperWidths)).default(32),
  /** The scale, MT-SICS over TCP, until another is set on the page; without it there is none. */
  ZPOS_SCALE: place.optional(),
  ...mailSettings,
  /** JSON file {people, goods} that fills an empty register. */
  ZPOS_REGISTER_SEED: z.string().optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
})

/** The register over its ports, before it listens. `start` recovers what a crash left open. */
export function openRegister(ports: RegisterPorts) {
  const { register, wakers } = openParts(ports)
  const { engine, device, printing, store } = register
  const failed = (what: string) => (error: unknown) =>
    ports.log.error(what, { error: String(error) })
  const loop = ports.repeat ?? repeat
  let loops: Repeating[] = []
  const look = async (): Promise<number> => {
    await device.refresh()
    return WATCH_MS
  }
  const clear = async (): Promise<number> => {
    await engine.recover()
    await clearUp({ ...register, clearing: register.settings.clearing })
    return WATCH_MS
  }
  return {
    register,
    /** One look at the device, then at what is not known for certain. */
    watch: async (): Promise<void> => {
      await look()
      await clear()
    },
    app: openRegisterApp(register),
    start: async () => {
      const printLoop = loop(printing.step, failed('printing'))
      wakers.printer = printLoop.wake
      await device.refresh()
      // Asked after beside the work: a silent bank or device keeps no page waiting.
      engine.recover().catch(failed('recovery'))
      const reversals = loop(register.reversing.step, failed('reversing'))
      wakers.reversals = reversals.wake
      const imports = loop(register.importing.step, failed('import of goods'))
      wakers.imports = imports.wake
      const letters = loop(register.mailing.step, failed('mailing'))
      wakers.letters = letters.wake
      loops = [
        printLoop,
        reversals,
        imports,
        letters,
        loop(look, failed('look at the device')),
        // Apart: a silent bank, asked for long, must not make the picture of the device old.
        loop(clear, failed('clearing')),
        loop(register.upload.step, failed('upload')),
        loop(register.measures.step, failed('measures')),
        loop(register.succession.step, failed('succession')),
        loop(register.warned.step, failed('warned opening')),
        loop(register.billing.step, failed('billing')),
        loop(register.reporting.step, failed('reporting')),
        loop(register.updates.step, failed('updates')),
        loop(() => updateByNight(register), failed('update by night')),
        loop(register.recheck, failed('recheck')),
        loop(register.businessDay.step, failed('business day')),
        loop(register.bestSellers.step, failed('best sellers')),
        loop(register.backups.step, failed('copy of the memory')),
      ]
    },
    stop: async () => {
      register.events.close()
      register.updates.stop()
      await Promise.all(loops.map((loop) => loop.stop()))
      await engine.settled()
      await register.importing.stop()
      await register.backups.stop()
      store.close()
    },
  }
}

// How fresh the cashier's picture of the device is: its presence and the unsent documents.
const WATCH_MS = 2000

/** Whoever is signed in, or was so in the same browser, is no stranger at the door. */
const recogniseBy =
  ({ people, signIn }: Register): Recognise =>
  (incoming) =>
    people.bySession(signIn.tokenIn(incoming))?.user ?? signIn.knownBrowser(incoming)

const ANSWER_MS = 300
const OPERATOR_DEADLINE_MS = 3000
const OFFICE_DEADLINE_MS = 3000
// A card's bank may take its time; the customer stands and waits.
const BANK_DEADLINE_MS = 30_000
const INQUIRY_DEADLINE_MS = 5000
const PRINTER_DEADLINE_MS = 10_000

/**
 * The till at the office: as it is set up, else as the operator named it when the till was
 * connected, by the till's own serial number; null: there is none.
 */
function officeOf(own: TillEnrolment, { config, folder, files, clock, log }: Till) {
  const { ZPOS_OFFICE_URL: set, ZPOS_EQUIPMENT_SERIAL: known } = config
  const url = set ?? own.office?.url
  const serial = known ?? (own.office ? files.serial() : undefined)
  if (url === undefined || serial === undefined) return null
  const usual = set === undefined ? files.officeKeys : join(config.ZPOS_DATA, OFFICE_KEYS)
  const send = httpSend(url, { deadlineMs: OFFICE_DEADLINE_MS })
  const anchors = [config.ZPOS_OFFICE_PUBLIC_KEYS ?? usual]
  const kept = keysInFiles(anchors, join(folder, 'office-keys.changes'))
  const { verify: keys, stop } = openBelief('office', kept, { send, clock, log })
  return { send, serial, keys, stop }
}

/** Beside the programs, where the package has one. */
const OWN_ROOT = join(import.meta.dirname, '../../release-root.json')

/** Where this till's releases come from; null: it has no office, or no root of trust. */
function releasesOf(
  { ZPOS_OFFICE_URL: base, ZPOS_RELEASE_ROOT: file }: z.output<typeof registerSettings>,
  { folder, log }: Pick<Outside, 'folder' | 'log'>,
): ReleaseLink | null {
  const firstRoot = readWhole(file ?? OWN_ROOT)
  if (base === undefined || firstRoot === null) return null
  const send = httpSend(base, { deadlineMs: OFFICE_DEADLINE_MS })
  return openReleaseLink({ send, base, folder: join(folder, 'updates'), firstRoot, log })
}

/** Who installs what this till wants; null: nobody does. */
function updaterOf(
  { ZPOS_PROGRAMS: programs }: z.output<typeof registerSettings>,
  { folder, leave }: Pick<Outside, 'folder' | 'leave'>,
): RegisterPorts['updater'] {
  if (programs === undefined) return null
  return { link: openUpdaterLink({ folder: join(folder, 'updates'), programs }), leave }
}

/** The terminal as it is set up; null where the reader or the bank's line is missing. */
function cardsOf(config: z.output<typeof registerSettings>): RegisterPorts['cards'] {
  const { ZPOS_ACQUIRER: bank, ZPOS_READER: reader } = config
  if (!bank || !reader) return null
  const path = config.ZPOS_TERMINAL_KEY
  assert(path !== undefined && readKey(path), 'ZPOS_TERMINAL_KEY must name a file with a key')
  const at = partsOf(bank)
  const ca = config.ZPOS_ACQUIRER_CA
  const name = config.ZPOS_ACQUIRER_NAME ?? at.host
  const tls = ca === undefined ? undefined : { ca: readFileSync(ca, 'utf8'), name }
  const line = { ...at, longest: LONGEST_MESSAGE, tls }
  return {
    reader: openReader(partsOf(reader)),
    exchange: frameSend({ ...line, deadlineMs: BANK_DEADLINE_MS }),
    inquire: frameSend({ ...line, deadlineMs: INQUIRY_DEADLINE_MS }),
    key: () => readKey(path),
    terminal: {
      terminal: config.ZPOS_TERMINAL_ID,
      merchant: config.ZPOS_MERCHANT_ID,
      acquirer: config.ZPOS_ACQUIRER_ID,
      category: config.ZPOS_MERCHANT_CATEGORY,
    },
  }
}

/** Null: there is no key to be read. */
const readKey = (path: string): TerminalKey | null => readTerminalKey(readWhole(path) ?? '')

const networkScale = (at: { host: string; port: number }): ScaleSetup => ({
  place: { kind: 'network', host: at.host, port: at.port },
})

const partsOf = (at: string) => {
  const [host = '', port = ''] = at.split(':')
  return { host, port: Number(port) }
}

/** What the settings name, where somebody wrote it by hand; the till's own files otherwise. */
export function enrolmentOf(
  config: z.output<typeof registerSettings>,
  files: TillFiles,
): TillEnrolment | null {
  const { ZPOS_SKO_DEVICE: device, ZPOS_SKO_CREDENTIAL: credential } = config
  if (device === undefined || credential === undefined) return files.read()
  return {
    device: ownDevice.parse(JSON.parse(readFileSync(device, 'utf8'))),
    credential: readSecret(credential),
    pairing: null,
    office: null,
  }
}

type TillFiles = ReturnType<typeof openTillFiles>
type Till = {
  config: z.output<typeof registerSettings>
  folder: string
  files: TillFiles
  clock: Clock
  log: Log
}
type Outside = Till & {
  /** Another device is at this till from now on. */
  succeed: () => void
  restart: () => void
  /** Ends this process, which is started again. */
  leave: () => void
}

/** The till at work with its device; `stop` ends it. */
async function work(
  enrolled: TillEnrolment,
  { config, folder, files, succeed, restart, leave, clock, log }: Outside,
  askOperator: Send,
) {
  const memory = join(folder, 'register.sqlite')
  carryOutReturn(memory, log)
  const db = openRegisterDb(memory)
  const own = presentEnrolment(db, enrolled, files.secretOf)
  const { device, credential } = own
  const passKey = sha256(credential)
  const wire = httpSend(config.ZPOS_SKO_URL, {
    deadlineMs: config.ZPOS_SKO_DEADLINE_MS,
    pass: () => passOf(device.serial, passKey, clock.now()),
  })
  const { send, step: pair } = openPairing(wire, own, log)
  const keyFile = config.ZPOS_OPERATOR_PUBLIC_KEYS
  const ownKeys = [join(folder, ENROLLED_KEYS), join(config.ZPOS_DATA, OPERATOR_KEYS)]
  const ownKey = files.privateKey()
  const post = openPost(config)
  const office = officeOf(own, { config, folder, files, clock, log })
  const kept = keysInFiles(keyFile ? [keyFile] : ownKeys, join(folder, 'operator-keys.changes'))
  const operatorKeys = openBelief('operator', kept, { send: askOperator, clock, log })
  const { register, app, start, stop } = openRegister({
    db,
    send,
    askOperator,
    operatorKeys: operatorKeys.verify,
    ownSign: (text) => signText(ownKey, text),
    ownKey: publicHalf(ownKey),
    office,
    releases: releasesOf(config, { folder, log }),
    updater: updaterOf(config, { folder, leave }),
    internet: openInternet(config.ZPOS_INTERNET_PROBE ?? null),
    cards: cardsOf(config),
    device,
    keptDeviceKeys: deviceKeysIn(folder),
    credential,
    succeeding: { secretOf: files.secretOf, succeed },
    restart,
    cookies: {
      key: secretFile(join(folder, 'keys', 'browsers')),
      isSecure: config.ZPOS_BEHIND_TLS,
    },
    post,
    chance,
    print: openPrint({ deadlineMs: PRINTER_DEADLINE_MS }),
    printer: usualPrinter(partsOf(config.ZPOS_PRINTER), config.ZPOS_PRINTER_COLUMNS),
    scale: config.ZPOS_SCALE ? networkScale(partsOf(config.ZPOS_SCALE)) : null,
    clock,
    rest,
    log,
  })
  if (config.ZPOS_REGISTER_SEED) await fill(register, config.ZPOS_REGISTER_SEED)
  // Before the first question to the device: it answers its till alone.
  const againMs = await pair()
  const pairing = untilOver(
    repeat,
    () => (againMs === null ? Promise.resolve(null) : pair()),
    (error) => log.error('pairing', { error: String(error) }),
  )
  await start()
  return {
    app,
    recognise: recogniseBy(register),
    stop: async () => {
      await pairing.stop()
      await operatorKeys.stop()
      await office?.stop()
      await stop()
      wire.close()
      post?.close()
      office?.send.close()
    },
  }
}

if (import.meta.main) {
  const config = readConfig(registerSettings, process.env)
  const log = openLog('register')
  const folder = join(config.ZPOS_DATA, 'register')
  makeFolder(folder)
  ownFolder(folder)
  const opened = Promise.withResolvers<Hono>()
  const door: { recognise?: Recognise } = {}
  const server = await listen(opened.promise, {
    host: config.ZPOS_HOST,
    port: config.ZPOS_REGISTER_PORT,
    rate: config.ZPOS_REQUESTS_PER_SECOND,
    recognise: (incoming) => door.recognise?.(incoming) ?? null,
  })
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const files = openTillFiles(folder)
  const askOperator = httpSend(config.ZPOS_OPERATOR_URL, { deadlineMs: OPERATOR_DEADLINE_MS })
  const left = Promise.withResolvers<void>()
  let stop = async () => {}
  let app = Promise.resolve(new Hono())
  const begin = async (own: TillEnrolment): Promise<Hono> => {
    const till = await work(own, outside, askOperator)
    stop = till.stop
    door.recognise = till.recognise
    return till.app
  }
  // As after a kill: what is bound to the former device ends, and whoever asks waits meanwhile.
  const succeed = (own: TillEnrolment) => {
    delete door.recognise
    app = Promise.resolve()
      .then(stop)
      .then(() => begin(own))
    app.catch((error) => {
      log.error('succession', { error: String(error) })
      process.exit(1)
    })
  }
  const known = enrolmentOf(config, files)
  const anew = () => {
    const own = enrolmentOf(config, files)
    if (own) succeed(own)
  }
  const outside: Outside = {
    config,
    folder,
    files,
    succeed: anew,
    restart: anew,
    // Whoever has asked for it hears so first.
    leave: () => void rest(ANSWER_MS).then(left.resolve),
    clock,
    log,
  }
  let asking: Repeating | null = null
  if (known) app = Promise.resolve(await begin(known))
  else {
    const { elapsed } = clock
    const [serial, privateKey] = [files.serial(), files.privateKey()]
    const asker = { send: askOperator, kind: 'register', serial, privateKey, elapsed } as const
    const rest = { chance, enrolled: files.keep, log }
    const enrolling = openEnrolling(Object.assign(rest, asker))
    const askSko = httpSend(config.ZPOS_SKO_URL, { deadlineMs: config.ZPOS_SKO_DEADLINE_MS })
    app = Promise.resolve(openSetupApp({ waiting: enrolling.view, askSko, log }))
    const step = async () => {
      const restMs = await enrolling.step()
      const own = restMs === null ? files.read() : null
      if (own) app = Promise.resolve(await begin(own))
      return restMs
    }
    asking = untilOver(repeat, step, (error) => log.error('enrolment', { error: String(error) }))
  }
  const root = new Hono()
  guardAnswers(root, { isSecure: config.ZPOS_BEHIND_TLS })
  ownOriginOnly(root, config.ZPOS_HOST)
  servePage(root, 'cashier')
  // Whose till it is may become known while it runs.
  root.all('*', async (call) => (await app).fetch(call.req.raw, call.env))
  opened.resolve(root)
  log.info('listening', { port: server.port })
  await Promise.race([untilStopped(), left.promise])
  await server.close()
  await asking?.stop()
  await stop()
  askOperator.close()
}
