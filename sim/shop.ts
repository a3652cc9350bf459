import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Hono } from 'hono'
import type { SentRequest as Sent } from '#core/api/client.ts'
import { EXPECTED } from '#core/api/tsrv.ts'
import type { Exchange } from '#services/register/links/acquirer.ts'
import { openRegister } from '#services/register/main.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { type BankDisk, bankOver, openBankDisk, TERMINAL } from './bank.ts'
import { openClock, repeatOn, type VirtualClock } from './clock.ts'
import { type Customer, openCustomer } from './customer.ts'
import type { Dice } from './dice.ts'
import { afterKill, DiskFull, diskOf, Killed, type Life } from './disk.ts'
import { type Line, openLine } from './net.ts'
import { type MemoryOperator, openMemoryOperator } from './operator.ts'
import { openPrinter, type Printer } from './printer.ts'
import { openTally, type Tally } from './tally.ts'
import { CREDENTIAL, enrolShop, issuer, type ProcessName, TOKEN, unlessKilled } from './world.ts'

/** What of a process outlives it, and what may befall it. */
type Place = {
  life: Life
  app: Hono | null
  /** Chance of dying at a boundary. */
  deadly: number
  full: boolean
}

export type Shop = ReturnType<typeof openShop>

export type ShopPorts = { dice: Dice; trace: (text: string) => void }

const dead = (): Life => ({ alive: false, boundary: () => {} })

/**
 * A shop, its till and its operator: the real code of register, СКО service and ingest over wires,
 * disks, clocks and lives that one seed decides.
 */
export function openShop({ dice, trace }: ShopPorts) {
  const clock = openClock(Date.UTC(2026, 10, 23, 6, 0, 0))
  const key = keyFrom(dice)
  const disks = {
    register: openRegisterDb(':memory:'),
    sko: openSkoDb(':memory:'),
    bank: openBankDisk(),
  }
  enrolShop(disks)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const { registerNumber } = issuer
  const operator = openMemoryOperator([{ serial: TOKEN, registerNumber, publicKey }])
  const tally = openTally()
  const ground: Ground = {
    clock,
    dice,
    trace,
    tally,
    disks,
    key,
    operator,
    places: { register: place(), sko: place(), bank: place() },
    till: { offset: 0, plugged: true },
    changed: { dirty: true, broken: null },
    printer: openPrinter(dice.fork('printer')),
    operatorUp: true,
    backup: null,
    steppedBackAt: 0,
    host: null,
    customer: openCustomer(dice.fork('customer'), clock),
  }
  const lines = openLines(ground)
  const starts = { sko: startSko, register: startRegister, bank: startBank }
  const start = (name: ProcessName) => starts[name](ground, lines)
  const kill = (name: ProcessName, why: string) => {
    const { life } = ground.places[name]
    if (!life.alive) return
    life.alive = false
    ground.places[name].app = null
    if (name === 'bank') ground.host = null
    trace(`${name} killed ${why}`)
    tally.fault(`${name} killed`)
  }
  return { ...ground, ground, lines, start, kill, now: () => clock.now() + ground.till.offset }
}

/** What the processes of a shop stand on. */
export type Ground = {
  clock: VirtualClock
  dice: Dice
  trace: (text: string) => void
  tally: Tally
  disks: { register: Sqlite; sko: Sqlite; bank: BankDisk }
  key: KeyObject
  operator: MemoryOperator
  printer: Printer
  places: Record<ProcessName, Place>
  till: { offset: number; plugged: boolean }
  /** Something was committed since the auditor looked; something threw that must not. */
  changed: { dirty: boolean; broken: string | null }
  operatorUp: boolean
  /** The bank's process of this moment. */
  host: ReturnType<typeof bankOver> | null
  customer: Customer
  /** An older copy of the register's database, to be put back one day (R19). */
  backup: Sqlite | null
  steppedBackAt: number
}

const place = (): Place => ({ life: dead(), app: null, deadly: 0, full: false })

// PKCS #8 of an Ed25519 key is this and the 32 bytes of its seed.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const keyFrom = (dice: Dice): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PKCS8, dice.bytes(32)]),
    format: 'der',
    type: 'pkcs8',
  })

export const COOKIES = { cashier: 'zpos=anna', administrator: 'zpos=olga' } as const

export type Lines = Record<'page' | 'device' | 'upload' | 'inquiry' | 'bank', Line>

/** The wires of the shop with the deadlines of the real senders. */
function openLines(ground: Ground): Lines {
  const { clock, places } = ground
  const line = (name: keyof Lines, deadlineMs: number, app: () => Hono | null) =>
    openLine({
      clock,
      deadlineMs,
      dice: ground.dice.fork(name),
      isCommand: isFiscal,
      told: (fate) => ground.tally.fault(`${name} ${fate}`),
      deliver: (request, headers) => answered(app, request, headers),
    })
  const operator = () => (ground.operatorUp ? ground.operator.app : null)
  return {
    page: line('page', 30_000, () => places.register.app),
    device: line('device', 5000, () => places.sko.app),
    upload: line('upload', 10_000, operator),
    inquiry: line('inquiry', 3000, operator),
    bank: openLine({
      clock,
      deadlineMs: 30_000,
      dice: ground.dice.fork('bank'),
      isCommand: isMoney,
      told: (fate) => ground.tally.fault(`bank ${fate}`),
      deliver: async ({ body = '' }) => answeredByBank(ground, body),
    }),
  }
}

// The exact bytes of a command name the number that it is to get; a question does not.
const isFiscal = ({ body = '' }: Sent): boolean => body.includes(EXPECTED)
// A frame goes over the line in hex, its type first: 1200, 1420, 1421.
const isMoney = ({ body = '' }: Sent): boolean => /^(31323030|3134323[01])/.test(body)

function answeredByBank(ground: Ground, hex: string) {
  const { host } = ground
  if (!host) return null
  try {
    const frame = host(Buffer.from(hex, 'hex'))
    return frame ? { status: 200, body: Buffer.from(frame).toString('hex') } : ('lost' as const)
  } catch (error) {
    if (error instanceof Killed) return 'lost' as const
    throw error
  }
}

/** A process that dies at work breaks the connection; one that throws answers 500. */
async function answered(
  app: () => Hono | null,
  { method, path, body }: Sent,
  headers: Record<string, string>,
) {
  const listening = app()
  if (!listening) return null
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const response = await listening.fetch(new Request(`http://127.0.0.1${path}`, init))
  const text = await response.text()
  return app() === listening ? { status: response.status, body: text } : ('lost' as const)
}

/** A life that ends at a boundary where the dice say so. */
function bear(ground: Ground, name: ProcessName): Life {
  const here = ground.places[name]
  const rollBack = () => {
    if (name === 'bank') ground.host = null
    else afterKill(ground.disks[name])
  }
  rollBack()
  const life: Life = {
    alive: true,
    full: () => {
      if (here.full) ground.tally.fault(`${name} disk full`)
      return here.full
    },
    boundary: (where) => {
      if (!life.alive) throw new Killed('dead')
      if (where.startsWith('after')) ground.changed.dirty = true
      if (here.deadly === 0 || !ground.dice.chance(here.deadly)) return
      life.alive = false
      here.app = null
      // Nobody may see what was not committed, the auditor on the same connection neither.
      rollBack()
      ground.trace(`${name} killed ${where}`)
      ground.tally.fault(`${name} killed at a boundary`)
      throw new Killed(where)
    },
  }
  here.life = life
  here.app = null
  return life
}

/** Whatever a process complains of, but for what was done to it, is a finding. */
const logOf = ({ changed }: Ground, life: Life): Log => ({
  info: () => {},
  error: (what, details) => {
    const text = `${what} ${JSON.stringify(details ?? {})}`
    if (!life.alive || /DiskFull|Killed/.test(text)) return
    changed.broken ??= text
  },
})

async function startSko(ground: Ground, { upload }: Lines): Promise<void> {
  const { clock, till, dice, key, disks, places } = ground
  const life = bear(ground, 'sko')
  const signer = (text: string) => sign(null, Buffer.from(text), key).toString('base64')
  await unlessKilled(async () => {
    const { app, start } = openSko({
      store: openSkoStore(diskOf(disks.sko, life)),
      keys: {
        present: () => till.plugged,
        signer: () => (till.plugged ? signer : null),
        certificate: () => '',
      },
      send: upload.send(life),
      now: () => clock.now() + till.offset,
      chance: dice.number,
      repeat: repeatOn(clock, life),
      log: logOf(ground, life),
    })
    start()
    if (life.alive) places.sko.app = app
  })
}

async function startBank(ground: Ground): Promise<void> {
  const life = bear(ground, 'bank')
  const { clock, till } = ground
  const commit = <T>(write: () => T): T => {
    life.boundary('before commit')
    const written = write()
    life.boundary('after commit')
    return written
  }
  const now = () => clock.now() + till.offset
  ground.host = bankOver({ disk: ground.disks.bank, now, commit })
}

/** The terminal's line: frames in hex over a wire like the others. */
const exchangeOver =
  (bank: Line, life: Life): Exchange =>
  async (bytes, isAnswer) => {
    life.boundary('before sending to the bank')
    const body = Buffer.from(bytes).toString('hex')
    const got = await bank.send(life)({ method: 'POST', path: '/', body })
    life.boundary('hearing the bank')
    if (!('status' in got)) return got
    const frame = Buffer.from(got.body, 'hex')
    return got.status === 200 && isAnswer(frame) ? { frame } : { lost: 'no answer' }
  }

async function startRegister(ground: Ground, { device, inquiry, bank }: Lines): Promise<void> {
  const { clock, till, disks, places } = ground
  const life = bear(ground, 'register')
  const passing = async <T>(work: Promise<T>): Promise<T> => {
    life.boundary('before sending')
    const answer = await work
    life.boundary('hearing an answer')
    return answer
  }
  try {
    const { app, start } = openRegister({
      db: diskOf(disks.register, life),
      token: TOKEN,
      credential: CREDENTIAL,
      columns: 32,
      log: logOf(ground, life),
      clock: { now: () => clock.now() + till.offset },
      rest: (ms) => clock.rest(ms),
      repeat: repeatOn(clock, life),
      send: (request) => passing(device.send(life)(request)),
      askOperator: (request) => passing(inquiry.send(life)(request)),
      internet: async () => inquiry.state.cut === 'whole',
      cards: {
        reader: ground.customer.reader(life),
        exchange: exchangeOver(bank, life),
        terminal: TERMINAL,
      },
      print: async (job) => {
        life.boundary('before printing')
        const printed = await ground.printer.print(job)
        life.boundary('after printing')
        return printed
      },
    })
    await start()
    if (life.alive) places.register.app = app
  } catch (error) {
    // A process that throws at its start ends; whoever watches it starts it again.
    if (!(error instanceof Killed) && !(error instanceof DiskFull)) {
      ground.changed.broken ??= `register does not start: ${String(error)}`
    }
    life.alive = false
  }
}
