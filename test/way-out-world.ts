import type { Approval } from '#core/card/answer.ts'
import { type Rrn, rrnOf } from '#core/card/rrn.ts'
import { SUITE } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import { type Kopecks, kopecks } from '#core/money.ts'
import type { Measure } from '#core/operator/measure.ts'
import { type Ledger, newLedger, replaced } from '#core/register/ledger.ts'
import type { Event, Operation, Signed } from '#core/register/operation.ts'
import { accept, type Device, newDevice } from '#core/sko/device.ts'
import { DAY } from '#core/time.ts'
import type { AcquirerLink } from '#services/register/links/acquirer.ts'
import {
  type DeviceVerdict,
  type Numbered,
  neverOf,
  verdictByNumber,
} from '#services/register/links/numbered.ts'
import type { OperatorLink } from '#services/register/links/operator.ts'
import type { DeviceState, SkoLink } from '#services/register/links/sko.ts'
import { anIssuer, NOW } from './fixtures.ts'

// Device, operator and bank as the till meets them, over one value and in some weather.

export type TillState = {
  ledger: Ledger
  /** Those that may still matter, as they were begun. */
  operations: readonly Operation[]
  /** The register's picture of its device; null: not heard since the start. */
  known: DeviceState | null
  device: Device
  /** Documents that somebody may still ask for, the last one at the end. */
  made: readonly Signed[]
  /** Operations that the device will never do. */
  buried: readonly string[]
  /** Numbers of the documents that the register has seen, from the first that matters on. */
  held: readonly number[]
  /** What the bank did of each operation. */
  bank: Readonly<Record<string, Booked>>
  /** The device before this one, while something of it is not settled; null: nothing is. */
  former: Former | null
}
/** A device that was replaced: its operations, and the chain that the operator has sealed. */
export type Former = { operations: readonly string[]; made: readonly Signed[]; sealed: number }
type Booked = { is: 'approved' | 'reversed'; approval: Approval } | { is: 'fenced' }

/** What is around while something is pressed. */
export type Weather = {
  /** The device answers, keeps silent, or is not there. */
  device: 'whole' | 'mute' | 'away'
  /** What becomes of the next fiscal command, and of the device's line from there on. */
  command: 'heard' | 'done' | 'lost' | 'unsent'
  line: 'whole' | 'mute' | 'away'
  /** Holds all documents; does not hold them yet; does not answer. */
  operator: 'current' | 'lagging' | 'silent'
  bank: 'whole' | 'silent' | 'refuses'
  /** What becomes of the next message that moves money. */
  money: 'heard' | 'done' | 'lost' | 'unsent' | 'declined' | 'other-sum'
  clearing: boolean
  measures: readonly Measure[]
  unbilled: boolean
  /** The device's store was put back: nothing may be signed on top of it. */
  diverged: boolean
  now: number
  /** The oldest unsent document waits for over seven days. */
  isOldUnsent: boolean
  /** A device without our additions: it knows numbers and documents, and no operations. */
  foreign: boolean
}

export const fair: Weather = {
  device: 'whole',
  command: 'heard',
  line: 'whole',
  operator: 'current',
  bank: 'whole',
  money: 'heard',
  clearing: true,
  measures: [],
  unbilled: false,
  diverged: false,
  now: NOW,
  isOldUnsent: false,
  foreign: false,
}

export type World = { state: TillState; weather: Weather }

const issuer = anIssuer()

export const newTill = (): TillState => ({
  ledger: newLedger(),
  operations: [],
  known: null,
  device: newDevice(issuer),
  made: [],
  buried: [],
  held: [],
  bank: {},
  former: null,
})

/** Its device was replaced after it was begun. */
export const isFormer = ({ former }: TillState, id: string): boolean =>
  former?.operations.includes(id) ?? false

/** The operator retires the device, whose chain ends at what it holds, and another goes on. */
export function replaceDevice(state: TillState, holds: readonly Signed[]): TillState {
  const { ledger, operations, device } = state
  const sealed = holds.at(-1)?.document.number ?? 0
  return {
    ledger: replaced(ledger).ledger,
    operations,
    known: null,
    device: newDevice(issuer, device.shift?.shift ?? device.lastShift),
    made: [],
    buried: [],
    held: [],
    bank: state.bank,
    former: { operations: operations.map(({ id }) => id), made: holds, sealed },
  }
}

/** A part of which only these members are ever touched; any other is a mistake of the test. */
export const only = <T extends object>(parts: Partial<T>): T =>
  new Proxy(parts, {
    get: (target, name) => {
      if (name in target || typeof name === 'symbol' || name === 'then') {
        return Reflect.get(target, name)
      }
      throw new Error(`nobody has thought of «${name}»`)
    },
  }) as T

export const hashOfNumber = (number: number): string => String(number).padStart(64, '0')

/** The device does it, or says why not. */
function execute(world: World, operation: Operation): Event {
  const { state, weather } = world
  const { id, command, expected } = operation
  const { device, made, buried } = state
  const { foreign } = weather
  const known = foreign ? undefined : made.find(({ document }) => document.operation === id)
  if (known) return { type: 'device', outcome: 'done', signed: known }
  if (buried.includes(id)) {
    return { type: 'device', outcome: 'refused', code: 'ZPOS_OPERATION_ABANDONED', facts: {} }
  }
  const last = made.at(-1)
  const accepted = accept(device, command, {
    now: weather.now,
    operation: foreign ? null : id,
    expected: foreign ? null : expected,
    last: last ? { document: last.document, uid: last.sealed.uid } : null,
    oldestUnsentAt: oldestUnsentAt(weather),
  })
  if ('fault' in accepted) {
    if (!foreign) world.state = { ...state, buried: [...buried, id] }
    const { fault: code, facts = {} } = accepted
    return { type: 'device', outcome: 'refused', code, facts }
  }
  const { document } = accepted
  const hash = hashOfNumber(document.number)
  const uid = uidOf(hash.slice(48), issuer.registerNumber)
  const signed = { document, sealed: { body: '', hash, uid, signature: `${SUITE}:` } }
  world.state = { ...state, device: accepted.device(hash), made: [...made, signed] }
  return { type: 'device', outcome: 'done', signed }
}

const oldestUnsentAt = ({ isOldUnsent, now }: Weather) => (isOldUnsent ? now - 8 * DAY : null)

/** The device as the register meets it. */
export function skoOver(world: World): SkoLink {
  const silence = () => (world.weather.device === 'away' ? 'away' : 'silent')
  const outcome = async (operation: Operation, giveUp: boolean): Promise<DeviceVerdict> =>
    world.weather.device === 'whole' ? said(world, operation, giveUp) : { verdict: silence() }
  return only<SkoLink>({
    token: issuer.device,
    fiscalise: async (operation) => {
      const { weather } = world
      const { device, command, line } = weather
      const fate = device === 'whole' ? command : command === 'heard' ? fateWith(device) : command
      world.weather = { ...weather, command: 'heard', device: fate === 'heard' ? device : line }
      if (fate === 'unsent') return { type: 'device', outcome: 'unsent' }
      const done = fate === 'lost' ? null : execute(world, operation)
      return fate === 'heard' && done ? done : { type: 'device', outcome: 'unknown' }
    },
    outcome: (operation) => outcome(operation, false),
    abandon: (operation) => outcome(operation, true),
    document: async (number) =>
      world.weather.device === 'whole'
        ? (world.state.made.find(({ document }) => document.number === number) ?? null)
        : null,
    state: async () => (world.weather.device === 'whole' ? deviceState(world) : null),
  })
}

const fateWith = (device: 'mute' | 'away') => (device === 'away' ? 'unsent' : 'lost')

async function said(world: World, operation: Operation, giveUp: boolean): Promise<DeviceVerdict> {
  const { state, weather } = world
  const { made, buried, device, held } = state
  const { id } = operation
  const next = device.number + 1
  if (weather.foreign) {
    const numbered: Numbered = {
      next: async () => next,
      document: async (number) =>
        made.find(({ document }) => document.number === number) ?? { verdict: 'silent' },
      holder: (number) => (held.includes(number) ? 'another' : null),
    }
    return verdictByNumber(operation, numbered, { giveUp, isSettled: true })
  }
  const signed = made.find(({ document }) => document.operation === id)
  if (signed) return { verdict: 'done', signed }
  if (giveUp) world.state = { ...state, buried: [...buried, id] }
  if (!giveUp && !buried.includes(id)) return { verdict: 'lacks' }
  return neverOf(operation, next)
}

function deviceState({ state, weather }: World): DeviceState {
  const { device } = state
  return {
    nextNumber: device.number + 1,
    acknowledged: weather.operator === 'current' ? device.number : 0,
    proof: null,
    diverged: false,
    lastHash: weather.foreign ? null : device.hash,
    cash: device.cash,
    oldestUnsentAt: oldestUnsentAt(weather),
    uploadFault: null,
    issuer,
    shift: device.shift?.shift ?? null,
    counters: weather.foreign ? undefined : device.shift,
  }
}

/** The operator's word (R2). */
export const operatorOver = (world: World): OperatorLink =>
  only<OperatorLink>({
    outcome: async ({ id, expected, guessed }) => {
      const { state, weather } = world
      if (weather.operator === 'silent') return { verdict: 'silent' }
      const { former } = state
      if (former?.operations.includes(id)) {
        // Of a sealed chain it holds all that there will ever be.
        const found = former.made.find(({ document }) => document.operation === id)
        return found ? { verdict: 'done', signed: found } : { verdict: 'never' }
      }
      if (weather.operator === 'lagging') return { verdict: 'cannot-tell', word: null }
      // A foreign device's documents name no operation.
      const signed = state.made.find(({ document }) => document.operation === id)
      if (signed) return { verdict: 'done', signed }
      const isPassed = state.device.number >= expected && !guessed && !weather.foreign
      return isPassed ? { verdict: 'never' } : { verdict: 'cannot-tell', word: null }
    },
  })

const approvalOf = (sum: Kopecks): Approval => ({
  code: '000',
  rrn: rrnOf(NOW, 1) as Rrn,
  auth: '123456',
  day: 1,
  sum,
})

/** The bank as the terminal meets it. */
export function acquirerOver(world: World): AcquirerLink {
  const book = (id: string, booked: Booked) => {
    world.state = { ...world.state, bank: { ...world.state.bank, [id]: booked } }
  }
  const isSilent = () => world.weather.bank === 'silent'
  return only<AcquirerLink>({
    financial: async ({ operation, sum }) => {
      const { money } = world.weather
      const half = kopecks(Math.floor(sum / 2))
      const approval = approvalOf(money === 'other-sum' ? half : sum)
      if (money === 'unsent') return { kind: 'unsent' }
      if (money === 'lost') return { kind: 'silent' }
      if (money === 'declined') return { kind: 'declined', code: '126' }
      book(operation, { is: 'approved', approval })
      return money === 'done' ? { kind: 'silent' } : { kind: 'approved', ...approval }
    },
    inquire: async ({ operation }) => {
      if (isSilent()) return { kind: 'silent' }
      const booked = world.state.bank[operation]
      if (!booked || booked.is === 'fenced') {
        return { kind: 'told', fate: 'never', fenced: booked !== undefined }
      }
      return { kind: 'told', fate: booked.is, ...booked.approval }
    },
    reverse: async ({ operation }) => {
      if (isSilent()) return { kind: 'silent' }
      if (world.weather.bank === 'refuses') return { kind: 'refused', code: '902' }
      const booked = world.state.bank[operation]
      if (!booked || booked.is === 'fenced') {
        book(operation, { is: 'fenced' })
        return { kind: 'not-found' }
      }
      book(operation, { is: 'reversed', approval: booked.approval })
      return { kind: 'reversed', day: 1 }
    },
  })
}
