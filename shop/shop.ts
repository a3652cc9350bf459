import { type KeyObject, sign } from 'node:crypto'
import type { SentRequest as Sent } from '#core/api/client.ts'
import { usualPrinter } from '#core/api/register-equipment.ts'
import { EXPECTED } from '#core/api/tsrv.ts'
import type { Terminal } from '#core/card/request.ts'
import type { Issuer } from '#core/document/document.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import { presentEnrolment } from '#services/register/enrolment.ts'
import type { Reader } from '#services/register/links/reader.ts'
import { openRegister } from '#services/register/main.ts'
import type { Print } from '#services/register/operating/printing.ts'
import type { RegisterPorts } from '#services/register/wiring.ts'
import type { Repeat } from '#services/runtime/clock.ts'
import { type KeptKeys, keysInMemory, openBelief } from '#services/runtime/key-changes.ts'
import { type Log, silentLog } from '#services/runtime/log.ts'
import type { Post } from '#services/runtime/mail.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoStore } from '#services/sko/store.ts'
import { afterKill, diskOf } from './disk.ts'
import {
  CREDENTIAL,
  demoIssuer,
  employ,
  enrolDevice,
  enrolledTill,
  operatorAnchors,
  SPARE,
  TERMINAL,
  TERMINAL_KEY,
  tillPublicKey,
  tillSigns,
} from './enrolment.ts'
import { freshRegisterDb, freshSkoDb } from './fresh.ts'
import { type DeviceKeyLine, openDeviceKeyLine } from './memory-keys.ts'
import {
  type Hazards,
  harmless,
  type Life,
  openProcess,
  type Process,
  type Row,
} from './process.ts'
import {
  exchangeOver,
  overFrames,
  overHttp,
  type Served,
  sendOver,
  type Teller,
  type Wire,
  type WirePlan,
} from './wire.ts'

export type ProcessName = 'operator' | 'bank' | 'sko' | 'register'
export type WireName = 'page' | 'device' | 'upload' | 'inquiry' | 'keys' | 'bank'

export type ShopPorts<W extends Wire, BankDisk, OperatorDisk> = {
  time: {
    /** What the processes date by, and what they measure by. */
    now: () => number
    elapsed: () => number
    rest: (ms: number) => Promise<void>
    chance: () => number
    /**
     * What drives the loops of a life. Null: nothing goes by itself, a start has recovered what was
     * left open when it returns, and every other step is somebody's call.
     */
    repeat: (life: Life) => Repeat | null
  }
  hazards?: Hazards<ProcessName>
  wire: (plan: WirePlan<WireName>) => W
  /** In memory (memory-operator.ts, memory-bank.ts) or the real ones. */
  operator: Row<OperatorDisk, Served>
  bank: Row<BankDisk, Teller>
  /** Billing, as each life of the register asks it; null or left out: this shop has none. */
  office?: ((life: Life) => RegisterPorts['office']) | null
  issuer?: Issuer
  /** Databases that were there before, with all that is enrolled in them. */
  disks?: { register: Sqlite; sko: Sqlite } | null
  /** Of the till's device, and of the one that waits to take its place. */
  key: KeyObject
  spareKey?: KeyObject
  /** Null: cards are not taken. */
  terminal?: Terminal | null
  reader: (life: Life) => Reader
  print: Print
  /** Null or left out: the till has no mail server. */
  post?: Post | null
  log?: (life: Life) => Log
}

export type RegisterProcess = Process<Sqlite, ReturnType<typeof openRegister>>
export type SkoProcess = Process<Sqlite, ReturnType<typeof openSko>>

/**
 * A shop in one process: the real code of register and SKO service with an operator and a bank,
 * over disks that outlive them and wires, time and hazards that are the caller's. Nothing runs
 * until it is started. A new process is a row here, with its name and the wires to it.
 */
export function openShop<W extends Wire, BankDisk, OperatorDisk>(
  ports: ShopPorts<W, BankDisk, OperatorDisk>,
) {
  const { hazards = harmless, issuer = demoIssuer, disks } = ports
  const device = { plugged: true, keys: openDeviceKeyLine(issuer.device, ports.key) }
  const keptDeviceKeys = keptInMemory()
  const belief = { sko: keysInMemory(operatorAnchors), register: keysInMemory(operatorAnchors) }
  const nonce = openNonces()
  const operator = openProcess('operator', hazards, ports.operator)
  const bank = openProcess('bank', hazards, ports.bank)
  const sko: SkoProcess = openProcess('sko', hazards, {
    disk: disks?.sko ?? enrolDevice(freshSkoDb(), issuer),
    rollBack: afterKill,
    start: (life, disk) =>
      startSko({ ports, device, wires, nonce, life, disk, belief: belief.sko }),
  })
  const register: RegisterProcess = openProcess('register', hazards, {
    disk: disks?.register ?? employ(freshRegisterDb()),
    rollBack: afterKill,
    start: (life, disk) => {
      const succeed = () => void register.start()
      return startRegister({
        ports,
        issuer,
        wires,
        nonce,
        life,
        disk,
        succeed,
        keptDeviceKeys,
        belief: belief.register,
      })
    },
  })
  // The deadlines are those of the real senders.
  const plans: { [Name in WireName]: Omit<WirePlan<Name>, 'name'> } = {
    page: { deadlineMs: 30_000, isCommand: isFiscal, deliver: overHttp(register) },
    device: { deadlineMs: 5000, isCommand: isFiscal, deliver: overHttp(sko) },
    upload: { deadlineMs: 10_000, isCommand: isFiscal, deliver: overHttp(operator) },
    inquiry: { deadlineMs: 3000, isCommand: isFiscal, deliver: overHttp(operator) },
    // On which both ask for the operator's keys: a line of its own, for troubles of its own.
    keys: { deadlineMs: 3000, isCommand: () => false, deliver: overHttp(operator) },
    bank: { deadlineMs: 30_000, isCommand: isMoney, deliver: overFrames(bank) },
  }
  const laid = Object.entries(plans).map(([name, plan]) => [
    name,
    ports.wire({ name: name as WireName, ...plan }),
  ])
  const wires: Record<WireName, W> = Object.fromEntries(laid)
  const processes = { operator, bank, sko, register }
  return {
    ...processes,
    processes: processes satisfies Record<ProcessName, unknown>,
    wires,
    /** The till's device: pulled out of its service, or in its place; and its keys. */
    device,
    /** Puts the spare device into the service, which starts anew; `lastShift`: of the former. */
    putSpare: async (lastShift: number): Promise<void> => {
      sko.kill()
      enrolDevice(sko.disk, Object.assign({}, issuer, { device: SPARE }), lastShift)
      await sko.start()
    },
    /** Starts whatever is dead, each one after those it asks. */
    start: async (): Promise<void> => {
      for (const process of Object.values(processes)) if (!process.life.alive) await process.start()
    },
  }
}

export type Shop<W extends Wire, BankDisk, OperatorDisk> = ReturnType<
  typeof openShop<W, BankDisk, OperatorDisk>
>

// The exact bytes of a command name the number that it is to get; a question does not.
const isFiscal = ({ body = '' }: Sent): boolean => body.includes(EXPECTED)
// A frame goes over the wire in hex, its type first: 1200, 1420, 1421, 1520, 1521.
const isMoney = ({ body = '' }: Sent): boolean => /^(31323030|313[45]323[01])/.test(body)

/** None is given twice in a shop, and a run from a seed gives the same ones. */
function openNonces(): () => string {
  let asked = 0
  return () => {
    asked += 1
    return String(asked).padStart(12, '0')
  }
}

type ShopDevice = { plugged: boolean; keys: DeviceKeyLine }

/** What outlives a till of the keys of its devices. */
function keptInMemory(): RegisterPorts['keptDeviceKeys'] {
  const kept = new Map<string, KeptKeys>()
  return (serial, anchors) => {
    const keys = kept.get(serial) ?? keysInMemory(anchors)
    kept.set(serial, keys)
    return keys
  }
}

/** Loops that never come round. */
const standStill: Repeat = () => ({ wake: () => {}, stop: async () => {} })

type Starting = {
  ports: Pick<
    ShopPorts<Wire, unknown, unknown>,
    'time' | 'key' | 'spareKey' | 'terminal' | 'reader' | 'print' | 'post' | 'log' | 'office'
  >
  wires: Record<WireName, Wire>
  nonce: () => string
  life: Life
  disk: Sqlite
  /** The operator's keys, as the process has followed them in all its lives. */
  belief: KeptKeys
}

function startSko(starting: Starting & { device: ShopDevice }) {
  const { ports, device, wires, nonce, life, disk } = starting
  const { time, key, spareKey = key, log } = ports
  const spareSigner = (text: string) => sign(null, Buffer.from(text), spareKey).toString('base64')
  const sko = openSko({
    store: openSkoStore(diskOf(disk, life)),
    keys: {
      present: (serial) => serial === SPARE || device.plugged,
      signer: (serial, number = 0) => {
        if (serial === SPARE) return spareSigner
        return device.plugged ? device.keys.signer(number) : null
      },
      certificate: () => '',
      changes: (serial) => (serial === SPARE ? [] : device.keys.changes()),
      announce: (serial, number) => (serial === SPARE ? null : device.keys.announce(number)),
    },
    send: wires.upload.send(life),
    verify: believed(starting),
    nonce,
    now: time.now,
    elapsed: time.elapsed,
    chance: time.chance,
    repeat: time.repeat(life) ?? standStill,
    log: log?.(life) ?? silentLog,
  })
  sko.start()
  return sko
}

type RegisterStarting = {
  issuer: Issuer
  succeed: () => void
  keptDeviceKeys: RegisterPorts['keptDeviceKeys']
}

async function startRegister(starting: Starting & RegisterStarting) {
  const { ports, issuer, wires, nonce, life, disk } = starting
  const { time, terminal = TERMINAL, reader, log } = ports
  const repeat = time.repeat(life)
  const cards = terminal && {
    reader: reader(life),
    exchange: exchangeOver(wires.bank, life),
    terminal,
    key: () => TERMINAL_KEY,
  }
  const db = diskOf(disk, life)
  const secretOf = () => CREDENTIAL
  const enrolled = {
    device: enrolledTill(ports.key, issuer),
    credential: CREDENTIAL,
    pairing: null,
    office: null,
  }
  const { device, credential } = presentEnrolment(db, enrolled, secretOf)
  const register = openRegister({
    db,
    device,
    credential,
    // As the process does: whatever is bound to the former device begins anew.
    succeeding: { secretOf, succeed: starting.succeed },
    printer: usualPrinter({ host: '127.0.0.1', port: 9100 }),
    log: log?.(life) ?? silentLog,
    clock: { now: time.now, elapsed: time.elapsed },
    rest: time.rest,
    repeat: repeat ?? standStill,
    send: sendOver(wires.device, life),
    askOperator: sendOver(wires.inquiry, life),
    operatorKeys: believed(starting),
    keptDeviceKeys: starting.keptDeviceKeys,
    ownSign: tillSigns,
    ownKey: tillPublicKey,
    nonce,
    office: ports.office?.(life) ?? null,
    internet: async () => wires.inquiry.isWhole(),
    cards,
    print: async (job) => {
      life.boundary('before printing')
      const printed = await ports.print(job)
      life.boundary('after printing')
      return printed
    },
    post: ports.post ? mortalPost(ports.post, life) : null,
  })
  if (repeat) await register.start()
  else await recover(register)
  return register
}

/** Believes the operator as a process does, and asks it for its keys where loops come round. */
function believed({ ports: { time, log }, wires, life, belief }: Starting): VerifyBy {
  const { verify } = openBelief('operator', belief, {
    send: sendOver(wires.keys, life),
    clock: { now: time.now, elapsed: time.elapsed },
    log: log?.(life) ?? silentLog,
    loop: time.repeat(life) ?? standStill,
  })
  return verify
}

/** A post with a boundary of its sender's life before a letter and one after it. */
const mortalPost = (post: Post, life: Life): Post => ({
  send: async (mail) => {
    life.boundary('before mailing')
    const answer = await post.send(mail)
    life.boundary('after mailing')
    return answer
  },
  close: post.close,
})

/** What a start does about what was left open, waited for. */
export async function recover({ register }: ReturnType<typeof openRegister>): Promise<void> {
  await register.device.refresh()
  await register.engine.recover()
}
