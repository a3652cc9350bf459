import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Hono } from 'hono'
import type { Send, Request as Sent } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { fiscalActions } from '#core/api/tsrv.ts'
import { newDevice } from '#core/sko/device.ts'
import { openOperator } from '#services/operator/app.ts'
import { sow } from '#services/operator/seed.ts'
import { openRegister } from '#services/register/main.ts'
import { openRegisterDb } from '#services/register/store.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { aClock, anIssuer } from './fixtures.ts'

// A till with its device and its operator, the real code of all three in one process. Only the
// wires between them are the test's own.

const CREDENTIAL = 'the till'
export const issuer = anIssuer()
const TOKEN = issuer.device
const db = await openPostgres({ memory: true })

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
}

export type Till = Awaited<ReturnType<typeof openTill>>

export async function openTill() {
  const faults: Faults = {
    ...{ unplugged: false, skoDead: false, skoSilent: false, skoForeign: false },
    ...{ operatorDown: false, internetDown: false, answersLost: 0, requestsLost: 0 },
  }
  const clock = aClock()
  const operator = await openShopOperator(clock)
  const askOperator: Send = async (request) =>
    faults.operatorDown || faults.internetDown
      ? { unsent: 'ECONNREFUSED' }
      : deliver(operator.app, request)
  const device = openShopDevice({ faults, clock, send: askOperator, publish: operator.publish })
  await device.ready
  const disk = aDisk()
  const start = () =>
    openRegister({
      db: disk,
      ...{ token: TOKEN, credential: CREDENTIAL, columns: 32, clock, log: silentLog },
      ...{ rest: async () => {}, print: async () => ({ kind: 'done' }) },
      ...{ send: device.wire, askOperator, internet: async () => !faults.internetDown },
    })
  let register = start()
  await register.watch()
  return {
    ...{ faults, clock, disk, device },
    ...asked(() => register.app),
    /** SIGKILL and a new start, with all that recovery does. */
    restart: async () => {
      register = start()
      await register.register.device.refresh()
      await register.register.engine.recover()
    },
    /** One turn of the register's own looking around. */
    watch: () => register.watch(),
    upload: () => register.register.upload.step(),
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

/** An empty register with two people signed in, whose tokens are their names. */
function aDisk() {
  const disk = openRegisterDb(':memory:')
  for (const [name, role] of [
    ['Анна', 'cashier'],
    ['Ольга', 'administrator'],
  ] as const) {
    disk.prepare('insert into person(name, role, pin) values (?, ?, ?)').run(name, role, '')
    disk.prepare('insert into session values (?, ?, ?)').run(sha256(name), name, 2 ** 52)
  }
  return disk
}

/** What a page asks of the register, as Анна unless somebody else is named. */
function asked(app: () => Hono) {
  const ask = async (method: string, path: string, more: { body?: object; as?: string } = {}) => {
    const { body, as = 'Анна' } = more
    const response = await app().request(path, {
      method,
      headers: { cookie: `zpos=${encodeURIComponent(as)}`, 'content-type': 'application/json' },
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
    clearing: (on: boolean) => ask('PUT', '/api/settings', { body: { clearing: on } }),
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
      await sow(db, {
        clients: [{ unp: issuer.unp, company: issuer.company }],
        accounts: [],
        registers: [{ ...issuer, registerNumber: issuer.registerNumber }],
        devices: [{ serial: TOKEN, registerNumber: issuer.registerNumber, publicKey }],
      })
    },
  }
}

function openShopDevice(ports: {
  faults: Faults
  clock: ReturnType<typeof aClock>
  send: Send
  publish: (publicKey: string) => Promise<void>
}) {
  const { faults, clock, send, publish } = ports
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  const store = openSkoStore(openSkoDb(':memory:'))
  const credential = sha256(CREDENTIAL)
  store.enrol({ serial: TOKEN, device: newDevice(issuer), pin: 'unused', credential })
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
    ...{ store, courier, ready: publish(pem) },
    cash: () => store.device(TOKEN)?.device.cash,
    number: () => store.device(TOKEN)?.device.number ?? 0,
    document: (number: number) => store.byNumber(TOKEN, number),
    last: () => store.byNumber(TOKEN, store.device(TOKEN)?.device.number ?? 0),
    wire: async (request: Sent): ReturnType<Send> => throughFaults(faults, sko.app, request),
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
