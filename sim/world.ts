import { generateKeyPairSync, sign } from 'node:crypto'
import { type Role, usualRoles } from '#core/access/roles.ts'
import type { Send, SentRequest as Sent } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { fiscalActions } from '#core/api/tsrv.ts'
import type { CardRead } from '#core/card/request.ts'
import { demoPeople, demoShop } from '#core/demo/shop.ts'
import type { Issuer, Sign } from '#core/document/document.ts'
import { decode } from '#core/iso8583/codec.ts'
import { newDevice } from '#core/sko/device.ts'
import { openPeople } from '#services/register/catalogue/people.ts'
import type { Exchange } from '#services/register/links/acquirer.ts'
import type { PrintJob } from '#services/register/links/printer.ts'
import { openRegister } from '#services/register/main.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { copyOf } from './backup.ts'
import { bankOver, openBankDisk, TERMINAL } from './bank.ts'
import { afterKill, DiskFull, diskOf, Killed, type Life } from './disk.ts'

export const TOKEN = 'AVQ11099999999'
export const CREDENTIAL = 'the till'
export const issuer: Issuer = {
  ...demoShop,
  registerNumber: 199_999_999,
  device: TOKEN,
}

const WAITING_PAPERS = 'select count(*) n from print_job where done_at is null'

export type ProcessName = 'register' | 'sko' | 'bank'
export type World = Awaited<ReturnType<typeof openWorld>>

type Running<T> = { life: Life; app: T }

type Boundary = (process: ProcessName, where: string) => boolean
/** Asked at every commit; true: there is no room for it. */
type Full = (process: ProcessName) => boolean
const roomy: Full = () => false

/** What befalls the register's wires to the СКО and to the bank. */
export type WireFaults = {
  /** Nobody listens there. */
  cut: boolean
  /** How many of the next fiscal commands lose their answer, or never arrive. */
  answersLost: number
  requestsLost: number
  /** The same of the messages to the bank that move money. */
  bankAnswersLost: number
  bankRequestsLost: number
  bankCut: boolean
}

/**
 * The register, the СКО and the bank in one process, on disks that outlive them: the code of the
 * real processes (of the bank its decisions), with the wires, the clock and the printer in the
 * world's hands. `boundary` is told of every boundary between effects and kills by answering true;
 * `full` may let a commit fail.
 */
export async function openWorld(
  boundary: Boundary,
  full = roomy,
  terminal: typeof TERMINAL | null = TERMINAL,
) {
  const disks = {
    register: openRegisterDb(':memory:'),
    sko: openSkoDb(':memory:'),
    bank: openBankDisk(),
  }
  enrolShop(disks)
  const papers: PrintJob[] = []
  let time = Date.UTC(2026, 10, 23, 6, 0, 0)
  const now = () => {
    time += 10
    return time
  }
  const ground: Ground = {
    disks,
    now,
    papers,
    wire: {
      cut: false,
      answersLost: 0,
      requestsLost: 0,
      bankAnswersLost: 0,
      bankRequestsLost: 0,
      bankCut: false,
    },
    reader: { card: null },
    terminal,
    life: (name) => lifeOf(name, { boundary, full }),
    signer: aSigner(),
  }
  let sko = startSko(ground)
  let bank = startBank(ground)
  const others = { sko: () => sko, bank: () => bank }
  let register = startRegister(ground, others)
  return {
    papers,
    disks,
    reader: ground.reader,
    wire: ground.wire,
    now,
    advance: (ms: number) => {
      time += ms
    },
    /** Starts what is dead; the register recovers as it does at a real start. */
    revive: async (): Promise<void> => {
      while (![sko, bank, register].every(({ life }) => life.alive)) {
        if (!sko.life.alive) sko = startSko(ground)
        if (!bank.life.alive) bank = startBank(ground)
        if (!register.life.alive) register = startRegister(ground, others)
        await recover(register)
      }
    },
    /** A copy of the register's database, and such a copy put in its place (R19). */
    backUp: (): Sqlite => copyOf(disks.register),
    putBack: (copy: Sqlite): void => {
      register.life.alive = false
      disks.register = copy
    },
    ...asked(() => register, ground),
  }
}

/** What the outside does with the register of this moment. */
function asked(register: () => Running<ReturnType<typeof openRegister>>, { disks }: Ground) {
  /** Asks the register as a page does. Null: no answer came. */
  const asking = (token: string) => async (method: string, path: string, body?: unknown) => {
    const answer = await fetchApp(register(), {
      method,
      path,
      headers: { cookie: `zpos=${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return 'lost' in answer || answer.status === 500
      ? null
      : { status: answer.status, body: JSON.parse(answer.body) }
  }
  return {
    /** Анна's page, and that of the administrator. */
    ask: asking('anna'),
    askAsAdministrator: asking('olga'),
    /** One turn of the register's own looking around. */
    watch: (): Promise<void> => asLoop(() => register().app.watch()),
    /** What must be undone is sent to the bank once. */
    reverse: (): Promise<void> => asLoop(() => register().app.register.reversing.flush()),
    closeDay: (): Promise<void> => asLoop(() => register().app.register.businessDay.step()),
    papersWaiting: (): number => Number(disks.register.prepare(WAITING_PAPERS).get()?.n),
    /** Prints until nothing waits, or the register dies. */
    print: (): Promise<void> =>
      asLoop(async () => {
        const { store, printing } = register().app.register
        while (store.papers.waiting() > 0) await printing.step()
      }),
  }
}

/** What outlives a process and what it stands on. */
type Ground = {
  disks: { register: Sqlite; sko: Sqlite; bank: ReturnType<typeof openBankDisk> }
  now: () => number
  papers: PrintJob[]
  wire: WireFaults
  /** What lies on the card reader; null: nothing, and no customer comes. */
  reader: { card: CardRead | null }
  /** Null: cards are not taken. */
  terminal: typeof TERMINAL | null
  life: (name: ProcessName) => Life
  signer: Sign
}

/** This shop has no catalogue: its cashiers ring up by hand, at any discount. */
const handRole: Role = {
  rights: [...usualRoles.cashier.rights, 'price.free'],
  discountPercent: 100,
}

/** The device at its service, and two people who are signed in for ever. */
export function enrolShop({ register, sko }: { register: Sqlite; sko: Sqlite }): void {
  const credential = sha256(CREDENTIAL)
  const device = newDevice(issuer)
  openSkoStore(sko).enrol({ serial: TOKEN, device, pin: 'unused', credential })
  // The PIN's hash is of no matter here: the world signs people in without it.
  const people = [
    [demoPeople.cashier, 'cashier', 'anna'],
    [demoPeople.administrator, 'administrator', 'olga'],
  ] as const
  openPeople(register, () => 0).setRole('cashier', handRole)
  for (const [name, role, token] of people) {
    register.prepare(`insert into person(name, role, pin) values (?, ?, '')`).run(name, role)
    register
      .prepare('insert into session(token, person, expires_at) values (?, ?, ?)')
      .run(sha256(token), name, 2 ** 52)
  }
}

function aSigner(): Sign {
  const { privateKey } = generateKeyPairSync('ed25519')
  return (text) => sign(null, Buffer.from(text), privateKey).toString('base64')
}

function lifeOf(
  name: ProcessName | 'bank',
  { boundary, full }: { boundary: Boundary; full: Full },
): Life {
  const life: Life = {
    alive: true,
    full: () => full(name),
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

function startBank({ disks, now, ...ground }: Ground): Running<ReturnType<typeof bankOver>> {
  const life = ground.life('bank')
  const commit = <T>(write: () => T): T => {
    life.boundary('before commit')
    const written = write()
    life.boundary('after commit')
    return written
  }
  return { life, app: bankOver({ disk: disks.bank, now, commit }) }
}

type Others = { sko: () => Fetched; bank: () => Running<ReturnType<typeof bankOver>> }

function startRegister(
  { disks, now, papers, wire, ...ground }: Ground,
  { sko, bank }: Others,
): Running<ReturnType<typeof openRegister>> {
  afterKill(disks.register)
  const life = ground.life('register')
  const app = openRegister({
    db: diskOf(disks.register, life),
    token: TOKEN,
    credential: CREDENTIAL,
    columns: 32,
    clock: { now },
    log: silentLog,
    rest: async () => {},
    askOperator: async () => ({ unsent: 'no operator in this world' }),
    internet: async () => null,
    cards: cardsOf({ wire, ...ground }, bank, life),
    print: async (job) => {
      life.boundary('before printing')
      papers.push(job)
      life.boundary('after printing')
      return { kind: 'done' }
    },
    send: async (request) => {
      life.boundary('before sending')
      const answer = await throughWire(wire, sko(), request)
      life.boundary('after the answer')
      return answer
    },
  })
  return { life, app }
}

/** A register that throws at its start ends, and is started again. */
async function recover({ app, life }: Running<ReturnType<typeof openRegister>>): Promise<void> {
  try {
    const { engine, device } = app.register
    await device.refresh()
    await engine.recover()
  } catch (error) {
    if (!isBefallen(error)) throw error
    life.alive = false
  }
}

const isBefallen = (error: unknown): boolean => error instanceof Killed || error instanceof DiskFull

/** What a loop of a process does with what befalls it: it dies with it, or tries again later. */
async function asLoop(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isBefallen(error)) throw error
  }
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

async function throughWire(wire: WireFaults, sko: Fetched, request: Sent): ReturnType<Send> {
  const message = parseJson(request.body ?? '') as { headers?: { action?: string } } | undefined
  const isFiscal = (message?.headers?.action ?? '') in fiscalActions
  if (wire.cut) return { unsent: 'ECONNREFUSED' }
  if (isFiscal && wire.requestsLost > 0) {
    wire.requestsLost -= 1
    return { lost: 'cut' }
  }
  const answer = await deliver(sko, request)
  if (!isFiscal || wire.answersLost === 0) return answer
  wire.answersLost -= 1
  return { lost: 'cut' }
}

function cardsOf(
  { wire, reader, terminal }: Pick<Ground, 'wire' | 'reader' | 'terminal'>,
  bank: Others['bank'],
  life: Life,
): Parameters<typeof openRegister>[0]['cards'] {
  if (!terminal) return null
  return {
    terminal,
    reader: async () => (reader.card ? { kind: 'read', card: reader.card } : { kind: 'late' }),
    exchange: async (bytes, isAnswer) => {
      life.boundary('before sending to the bank')
      const answer = throughBankWire(wire, bank(), bytes)
      life.boundary('after the answer of the bank')
      return 'frame' in answer && !isAnswer(answer.frame) ? { lost: 'no answer' } : answer
    },
  }
}

function throughBankWire(
  wire: WireFaults,
  { app, life }: ReturnType<Others['bank']>,
  bytes: Uint8Array,
): Awaited<ReturnType<Exchange>> {
  const sent = decode(bytes)
  const isMoney = sent.kind === 'message' && ['1200', '1420', '1421'].includes(sent.message.type)
  if (!life.alive || wire.bankCut) return { unsent: 'ECONNREFUSED' }
  if (isMoney && wire.bankRequestsLost > 0) {
    wire.bankRequestsLost -= 1
    return { lost: 'cut' }
  }
  const frame = answerUnlessKilled(app, bytes)
  if (!frame || !life.alive) return { lost: 'cut' }
  if (!isMoney || wire.bankAnswersLost === 0) return { frame }
  wire.bankAnswersLost -= 1
  return { lost: 'cut' }
}

function answerUnlessKilled(app: ReturnType<typeof bankOver>, bytes: Uint8Array) {
  try {
    return app(bytes)
  } catch (error) {
    if (error instanceof Killed) return null
    throw error
  }
}

/** A dead process refuses the connection; one that dies at work breaks it. */
const deliver = async (sko: Fetched, request: Sent): ReturnType<Send> =>
  sko.life.alive ? fetchApp(sko, request) : { unsent: 'ECONNREFUSED' }
