import { generateKeyPairSync, sign } from 'node:crypto'
import type { Send, Request as Sent } from '#core/api/client.ts'
import type { Issuer, Sign } from '#core/document/document.ts'
import { newDevice } from '#core/sko/device.ts'
import type { PrintJob } from '#services/register/links/printer.ts'
import { openRegister } from '#services/register/main.ts'
import { openRegisterDb } from '#services/register/store.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { afterKill, diskOf, Killed, type Life } from './disk.ts'

export const TOKEN = 'AVQ11099999999'
export const CREDENTIAL = 'the till'
export const issuer: Issuer = {
  company: 'ООО "Пример Торг"',
  unp: '191000002',
  place: 'Магазин "Уголок"',
  address: 'г. Минск, ул. Примерная, 1',
  registerNumber: 199_999_999,
  device: TOKEN,
}

const WAITING_PAPERS = 'select count(*) n from print_job where done_at is null'

export type ProcessName = 'register' | 'sko'
export type World = Awaited<ReturnType<typeof openWorld>>

type Running<T> = { life: Life; app: T }

type Boundary = (process: ProcessName, where: string) => boolean

/**
 * The register and the СКО in one process, on databases that outlive them: the code of the real
 * processes, with the wire, the clock and the printer in the world's hands. `boundary` is told of
 * every boundary between effects and kills by answering true.
 */
export async function openWorld(boundary: Boundary) {
  const disks = { register: openRegisterDb(':memory:'), sko: openSkoDb(':memory:') }
  enrolShop(disks)
  const papers: PrintJob[] = []
  let time = Date.UTC(2026, 10, 23, 6, 0, 0)
  const now = () => {
    time += 10
    return time
  }
  const full = { register: false, sko: false }
  const ground: Ground = {
    disks,
    now,
    papers,
    life: (name) => Object.assign(lifeOf(name, boundary), { full: () => full[name] }),
    signer: aSigner(),
  }
  let sko = startSko(ground)
  let register = startRegister(ground, () => sko)
  return {
    papers,
    disks,
    /** Which disks have no room left. */
    full,
    /** One look of the register at its device and at what it does not know for certain. */
    watch: () => unlessKilled(async () => void (await register.app.watch())),
    advance: (ms: number) => {
      time += ms
    },
    /** Starts what is dead; the register recovers as it does at a real start. */
    revive: async (): Promise<void> => {
      while (!sko.life.alive || !register.life.alive) {
        if (!sko.life.alive) sko = startSko(ground)
        if (!register.life.alive) register = startRegister(ground, () => sko)
        await recover(register)
      }
    },
    /** Asks the register as its page does. Null: no answer came. */
    ask: async (method: string, path: string, body?: unknown) => {
      const answer = await fetchApp(register, {
        ...{ method, path, headers: { cookie: 'zpos=anna' } },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return 'lost' in answer || answer.status === 500
        ? null
        : { status: answer.status, body: JSON.parse(answer.body) }
    },
    papersWaiting: (): number => Number(disks.register.prepare(WAITING_PAPERS).get()?.n),
    /** Prints until nothing waits, or the register dies. */
    print: async (): Promise<void> => {
      await unlessKilled(async () => {
        while (register.app.register.store.papers.waiting() > 0) {
          await register.app.register.printing.step()
        }
      })
    },
  }
}

/** What outlives a process and what it stands on. */
type Ground = {
  disks: { register: Sqlite; sko: Sqlite }
  now: () => number
  papers: PrintJob[]
  life: (name: ProcessName) => Life
  signer: Sign
}

function enrolShop({ register, sko }: Ground['disks']): void {
  const credential = sha256(CREDENTIAL)
  const device = newDevice(issuer)
  openSkoStore(sko).enrol({ serial: TOKEN, device, pin: 'unused', credential })
  // The PIN's hash is of no matter here: the world signs people in without it.
  register.exec(`insert into person(name, role, pin) values ('Анна', 'cashier', '')`)
  register
    .prepare('insert into session(token, person, expires_at) values (?, ?, ?)')
    .run(sha256('anna'), 'Анна', 2 ** 52)
}

function aSigner(): Sign {
  const { privateKey } = generateKeyPairSync('ed25519')
  return (text) => sign(null, Buffer.from(text), privateKey).toString('base64')
}

function lifeOf(name: ProcessName, boundary: Boundary): Life {
  const life: Life = {
    alive: true,
    boundary: (where) => {
      if (!life.alive) throw new Killed(name)
      if (!boundary(name, where)) return
      life.alive = false
      throw new Killed(name)
    },
  }
  return life
}

function startSko({ disks, now, signer, ...ground }: Ground): Running<ReturnType<typeof openSko>> {
  afterKill(disks.sko)
  const life = ground.life('sko')
  const keys = { present: () => true, signer: () => signer, certificate: () => '' }
  const store = openSkoStore(diskOf(disks.sko, life))
  const send: Send = async () => ({ unsent: 'no operator in this world' })
  return { life, app: openSko({ store, keys, send, now, chance: () => 0, log: silentLog }) }
}

function startRegister(
  { disks, now, papers, ...ground }: Ground,
  sko: () => Fetched,
): Running<ReturnType<typeof openRegister>> {
  afterKill(disks.register)
  const life = ground.life('register')
  const app = openRegister({
    db: diskOf(disks.register, life),
    ...{ token: TOKEN, credential: CREDENTIAL, columns: 32, clock: { now }, log: silentLog },
    rest: async () => {},
    askOperator: async () => ({ unsent: 'no operator in this world' }),
    internet: async () => null,
    print: async (job) => {
      life.boundary('before printing')
      papers.push(job)
      life.boundary('after printing')
      return { kind: 'done' }
    },
    send: async (request) => {
      life.boundary('before sending')
      const answer = await deliver(sko(), request)
      life.boundary('after the answer')
      return answer
    },
  })
  return { life, app }
}

async function recover({ app }: Running<ReturnType<typeof openRegister>>): Promise<void> {
  await unlessKilled(async () => {
    const { engine, device } = app.register
    await device.refresh()
    await engine.recover()
  })
}

export async function unlessKilled(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

type Fetched = {
  app: { app: { fetch: (request: Request) => Response | Promise<Response> } }
  life: Life
}

async function fetchApp(
  { app, life }: Fetched,
  { method, path, body, headers = {} }: Sent & { headers?: Record<string, string> },
) {
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const response = await app.app.fetch(new Request(`http://127.0.0.1${path}`, init))
  const text = await response.text()
  return life.alive ? { status: response.status, body: text } : { lost: 'killed' }
}

/** A dead process refuses the connection; one that dies at work breaks it. */
const deliver = async (sko: Fetched, request: Sent): ReturnType<Send> =>
  sko.life.alive ? fetchApp(sko, request) : { unsent: 'ECONNREFUSED' }
