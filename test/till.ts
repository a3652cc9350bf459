import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Hono } from 'hono'
import { usualRoles } from '#core/access/roles.ts'
import type { Send, SentRequest as Sent } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { fiscalActions } from '#core/api/tsrv.ts'
import type { CardRead } from '#core/card/request.ts'
import { asText } from '#core/document/print.ts'
import { decode } from '#core/iso8583/codec.ts'
import { newDevice } from '#core/sko/device.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer as sowBank } from '#services/acquirer/seed.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { openPeople } from '#services/register/catalogue/people.ts'
import type { Exchange } from '#services/register/links/acquirer.ts'
import type { PrintJob } from '#services/register/links/printer.ts'
import type { Reader } from '#services/register/links/reader.ts'
import { openRegister } from '#services/register/main.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { repeat } from '#services/runtime/clock.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { aBankCard, feedOf, secrets } from './bank.ts'
import { memoryPostgres } from './embedded-postgres.ts'
import { aClock, anIssuer } from './fixtures.ts'

// A till with its device and its operator, the real code of all three in one process. Only the
// wires between them are the test's own.

const CREDENTIAL = 'the till'
export const issuer = anIssuer()
const TOKEN = issuer.device
const db = await memoryPostgres()
const bankDb = await memoryPostgres()

/** What the wires and the device do to what is sent over them. */
export type Faults = {
  /** The device is gone from its service. */
  unplugged: boolean
  /** The СКО's process does not answer at all. */
  skoDead: boolean
  /** The service is reached, and says nothing that decides. */
  skoSilent: boolean
  /** A device without our additions. */
  skoForeign: boolean
  operatorDown: boolean
  internetDown: boolean
  /** How many of the next fiscal commands lose their answer, or themselves. */
  answersLost: number
  requestsLost: number
  /** The same on the bank's line, for what moves money. */
  bankDown: boolean
  bankAnswersLost: number
  bankRequestsLost: number
}

const noFaults: Faults = {
  unplugged: false,
  skoDead: false,
  skoSilent: false,
  skoForeign: false,
  operatorDown: false,
  internetDown: false,
  answersLost: 0,
  requestsLost: 0,
  bankDown: false,
  bankAnswersLost: 0,
  bankRequestsLost: 0,
}

export type Till = Awaited<ReturnType<typeof openTill>>

/** Databases that were there before: a register's and its device's. */
export type Disks = { register: Sqlite; sko: Sqlite }

export async function openTill(disks: Disks | null = null) {
  const faults = { ...noFaults }
  const clock = aClock()
  const operator = await openShopOperator(clock)
  const askOperator: Send = async (request) =>
    faults.operatorDown || faults.internetDown
      ? { unsent: 'ECONNREFUSED' }
      : deliver(operator.app, request)
  const ports = { faults, clock, send: askOperator, publish: operator.publish }
  const device = openShopDevice(ports, disks?.sko ?? null)
  await device.ready
  const disk = disks?.register ?? aDisk()
  const bank = await openShopBank({ faults, clock })
  const papers: PrintJob[] = []
  const printed = async (job: PrintJob) => {
    papers.push(job)
    return { kind: 'done' as const }
  }
  const start = () =>
    openRegister({
      db: disk,
      token: TOKEN,
      credential: CREDENTIAL,
      columns: 32,
      clock,
      log: silentLog,
      rest: async () => {},
      print: printed,
      repeat: standStill,
      send: device.wire,
      askOperator,
      internet: async () => !faults.internetDown,
      cards: bank.cards,
    })
  let register = start()
  await register.watch()
  return {
    faults,
    clock,
    disk,
    device,
    bank,
    /** The server of this moment, for what is no plain question. */
    app: () => register.app,
    ...asked(() => register.app),
    /** SIGKILL and a new start, with all that recovery does. */
    restart: async () => {
      register = start()
      await register.register.device.refresh()
      await register.register.engine.recover()
    },
    /** SIGKILL and a start as of the process, up to where it listens. */
    startToListen: async () => {
      register = start()
      await register.start()
    },
    /** One turn of the register's own looking around. */
    watch: () => register.watch(),
    upload: () => register.register.upload.step(),
    reverse: () => register.register.reversing.flush(),
    closeDay: () => register.register.businessDay.step(),
    papers: () => papers.map(({ rows }) => asText(rows, 32).join('\n')),
    print: async () => {
      while (register.register.store.papers.waiting() > 0) await register.register.printing.step()
    },
    set: (change: Partial<Faults>) => Object.assign(faults, change),
    /** The documents that are on their way reach the operator, if they can. */
    deliver: async () => {
      while ((await device.courier.step()) === 0);
    },
  }
}

/** Work in the background goes only as the test says. */
const standStill: typeof repeat = () => ({ wake: () => {}, stop: async () => {} })

/** An empty register with two people signed in, whose tokens are their names. */
function aDisk() {
  const disk = openRegisterDb(':memory:')
  // Without a catalogue goods are rung up by hand.
  const { rights, discountPercent } = usualRoles.cashier
  openPeople(disk, () => 0).setRole('cashier', {
    rights: [...rights, 'price.free'],
    discountPercent,
  })
  for (const [name, role] of [
    ['Анна', 'cashier'],
    ['Ольга', 'administrator'],
  ] as const) {
    disk.prepare('insert into person(name, role, pin) values (?, ?, ?)').run(name, role, '')
    disk.prepare('insert into session values (?, ?, ?)').run(sha256(name), name, 2 ** 52)
  }
  return disk
}

type Asking = { body?: object; as?: string; language?: string }

/** What a page asks of the register, as Анна unless somebody else is named. */
function asked(app: () => Hono) {
  const ask = async (method: string, path: string, more: Asking = {}) => {
    const { body, as = 'Анна', language } = more
    const response = await app().request(path, {
      method,
      headers: {
        cookie: `zpos=${encodeURIComponent(as)}`,
        'content-type': 'application/json',
        ...(language !== undefined && { 'accept-language': language }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Answered }
  }
  return {
    ask,
    begin: (kind: string, more: object = {}) =>
      ask('POST', '/api/operations', { body: { id: nextId(), kind, ...more } }),
    view: async (id: string) => (await ask('GET', `/api/operations/${id}`)).body,
    facts: async () => (await ask('GET', '/api/facts')).body,
    status: async () => (await ask('GET', '/api/status')).body,
    list: async () => (await ask('GET', '/api/operations')).body.operations,
    clearing: (on: boolean) => ask('PUT', '/api/settings', { body: { clearing: on }, as: 'Ольга' }),
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is what the test asserts
type Answered = any

let made = 0
export const nextId = (): string => {
  made += 1
  return `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
}

async function openShopOperator(clock: ReturnType<typeof aClock>) {
  const { app } = await openOperator({ db, clock, log: silentLog })
  return {
    app,
    publish: async (publicKey: string) => {
      await db.query('truncate document, quarantine, act, device, register, client cascade')
      await sowOperator(db, {
        clients: [{ unp: issuer.unp, company: issuer.company }],
        accounts: [],
        registers: [{ ...issuer, registerNumber: issuer.registerNumber }],
        devices: [{ serial: TOKEN, registerNumber: issuer.registerNumber, publicKey }],
      })
    },
  }
}

type DevicePorts = {
  faults: Faults
  clock: ReturnType<typeof aClock>
  send: Send
  publish: (publicKey: string) => Promise<void>
}

function openShopDevice(ports: DevicePorts, disk: Sqlite | null) {
  const { faults, clock, send, publish } = ports
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  const store = openSkoStore(disk ?? openSkoDb(':memory:'))
  const credential = sha256(CREDENTIAL)
  if (!disk) store.enrol({ serial: TOKEN, device: newDevice(issuer), pin: 'unused', credential })
  const signer = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')
  const keys = {
    present: () => !faults.unplugged,
    signer: () => (faults.unplugged ? null : signer),
    certificate: () => '',
  }
  const sko = openSko({ store, keys, send, now: clock.now, chance: () => 0, log: silentLog })
  const [courier] = sko.couriers
  assert.ok(courier)
  return {
    store,
    courier,
    ready: publish(pem),
    cash: () => store.device(TOKEN)?.device.cash,
    number: () => store.device(TOKEN)?.device.number ?? 0,
    document: (number: number) => store.byNumber(TOKEN, number),
    last: () => store.byNumber(TOKEN, store.device(TOKEN)?.device.number ?? 0),
    wire: async (request: Sent): ReturnType<Send> => throughFaults(faults, sko.app, request),
  }
}

const TERMINAL = { terminal: 'T0000001', merchant: 'M00000000000001' }

/** The bank and the reader of the till's terminal. */
async function openShopBank({
  faults,
  clock,
}: {
  faults: Faults
  clock: ReturnType<typeof aClock>
}) {
  const bank = await openAcquirer({ db: bankDb, clock, log: silentLog, secrets })
  const ground = { db: bankDb, clock, bank }
  const row = { ...TERMINAL, serial: 'PE4821BV41026', bank: 'ЗАО "МТБАНК"' }
  await bankDb.query('truncate entry, fence, business_day, card, terminal, ordered_decline cascade')
  await sowBank(bankDb, { terminals: [row], cards: [] }, secrets.cardKey)
  const card = await aBankCard(ground)
  let tapped: CardRead | null = card.read
  let heardBy: (() => void) | null = null
  const exchange: Exchange = async (bytes, isAnswer) => {
    const message = decode(bytes)
    const type = message.kind === 'message' ? message.message.type : ''
    const moves = ['1200', '1420', '1421'].includes(type)
    if (faults.bankDown || faults.internetDown) return { unsent: 'ECONNREFUSED' }
    if (moves && faults.bankRequestsLost > 0) {
      faults.bankRequestsLost -= 1
      return { lost: 'cut' }
    }
    if (heardBy) {
      heardBy()
      return new Promise(() => {})
    }
    const answered = await bank.answer(bytes)
    if (moves && faults.bankAnswersLost > 0) {
      faults.bankAnswersLost -= 1
      return { lost: 'cut' }
    }
    const frame = answered?.bytes
    return frame && isAnswer(frame) ? { frame } : { lost: 'no answer' }
  }
  const reader: Reader = async (_, { signal }) => {
    if (tapped) return { kind: 'read', card: tapped }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return { kind: 'cancelled' }
  }
  return {
    cards: { reader, exchange, terminal: { ...TERMINAL, acquirer: '000001', category: '5411' } },
    card,
    feed: feedOf(ground),
    /** Which card lies on the reader from now on; null: none. */
    put: (read: CardRead | null) => {
      tapped = read
    },
    /** From now on it takes what is sent and says nothing; returns when the first of it came. */
    hang: () =>
      new Promise<void>((resolve) => {
        heardBy = resolve
      }),
    /** The next purchase is declined with this code, were it one that says something else. */
    decline: (code: string) => bankDb.query('insert into ordered_decline values ($1)', [code]),
    another: (change: Parameters<typeof aBankCard>[1]) => aBankCard(ground, change),
    charged: async () => 100_000 - ((await card.balance())[0] ?? 0),
  }
}

const additions = ['outcome', 'abandon', 'get_last_document']

async function throughFaults(faults: Faults, app: Hono, request: Sent): ReturnType<Send> {
  const message = parseJson(request.body ?? '') as { headers?: { action?: string } } | undefined
  const action = message?.headers?.action ?? ''
  if (faults.skoDead) return { unsent: 'ECONNREFUSED' }
  if (faults.skoSilent) return { lost: 'deadline' }
  if (faults.skoForeign && additions.includes(action)) {
    const data = { name: 'TSRV_ACTION_NOT_FOUND', description: action }
    return { status: 200, body: JSON.stringify({ type: 'error', address: '', data }) }
  }
  const isFiscal = action in fiscalActions
  if (isFiscal && faults.requestsLost > 0) {
    faults.requestsLost -= 1
    return { lost: 'cut' }
  }
  const answer = await deliver(app, request)
  if (!isFiscal || faults.answersLost === 0) return answer
  faults.answersLost -= 1
  return { lost: 'cut' }
}

async function deliver(app: Hono, { method, path, body }: Sent): ReturnType<Send> {
  const headers = { 'content-type': 'application/json' }
  const response = await app.request(path, { method, headers, ...(body && { body }) })
  return { status: response.status, body: await response.text() }
}

/** A sum of kopecks of goods, for cash. */
export const goods = (sum: number, name = 'Хлеб') => ({
  lines: [{ name, price: sum, quantity: 1000, vat: 10 }],
  payments: [{ means: 'cash', sum }],
})
