import type { Log } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { enrolledWith, keyOfSeed } from '#shop/enrolment.ts'
import { memoryBank } from '#shop/memory-bank.ts'
import { openOperatorKeys } from '#shop/memory-keys.ts'
import { memoryOperator, type Shelves } from '#shop/memory-operator.ts'
import type { Life } from '#shop/process.ts'
import { openShop, type ProcessName } from '#shop/shop.ts'
import { openClock, repeatOn } from './clock.ts'
import { openCustomer } from './customer.ts'
import type { Dice } from './dice.ts'
import { openImpostor } from './impostor.ts'
import { openSimulatedOffice } from './office.ts'
import { openPrinter } from './printer.ts'
import { openTally } from './tally.ts'
import { openWeatheredWire } from './weather.ts'

export type SimulatedShop = ReturnType<typeof openSimulatedShop>

/** What an audit of the register's memory needs: a copy of it that was taken will do. */
export type AuditedTill = Pick<SimulatedShop, 'now' | 'trace' | 'tally'> & {
  register: { disk: Sqlite }
  operatorKeys: Pick<SimulatedShop['operatorKeys'], 'verify'>
}

/** The office's dice, and those of keys, are their own: their troubles change no others. */
export type ShopPorts = {
  dice: Dice
  officeDice: Dice
  keyDice: Dice
  trace: (text: string) => void
}

/** Those that die and are started again; the operator only stops listening for a while. */
export const mortals = ['sko', 'bank', 'register'] as const satisfies ProcessName[]
export type Mortal = (typeof mortals)[number]

/** What may befall a process: the chance of dying at a boundary, no room for a write. */
type Peril = { deadly: number; full: boolean }
const noPeril = (): Peril => ({ deadly: 0, full: false })

/** What was done to the shop. */
const newState = () => ({
  /** How far the till's clock is ahead of virtual time, and when it was last set back. */
  clockOffset: 0,
  steppedBackAt: 0,
  /** Something was committed since the auditor looked; something threw that must not. */
  dirty: true,
  broken: null as string | null,
  /** Older copies of memories, to be put back one day (R19, V3). */
  backups: {
    register: null as Sqlite | null,
    sko: null as Sqlite | null,
    operator: null as Shelves | null,
  },
  /** The device's own memory, while an older copy with this last number stands in its place. */
  putBack: null as { newest: Sqlite; number: number } | null,
  /** Complaints that what was done to the shop explains. */
  excused: new Set<string>(),
})

/** A shop over wires, disks, clocks and lives that one seed decides. */
export function openSimulatedShop({ dice, officeDice, keyDice, trace }: ShopPorts) {
  const clock = openClock(Date.UTC(2026, 10, 23, 6, 0, 0))
  const key = keyOfSeed(dice.bytes(32))
  const tally = openTally()
  const impostor = openImpostor(dice.fork('impostor'), keyOfSeed(dice.bytes(32)))
  const printer = openPrinter(dice.fork('printer'))
  const customer = openCustomer(dice.fork('customer'), clock)
  const perils = { sko: noPeril(), bank: noPeril(), register: noPeril() }
  const perilOf: Partial<Record<ProcessName, Peril>> = perils
  const state = newState()
  const now = () => clock.now() + state.clockOffset
  const log = (life: Life): Log => ({
    info: () => {},
    // Whatever a process complains of, but for what was done to it, is a finding.
    error: (what, details) => {
      const text = `${what} ${JSON.stringify(details ?? {})}`
      if (!life.alive || state.excused.has(what) || /DiskFull|Killed/.test(text)) return
      state.broken ??= text
    },
  })
  const operatorKeys = openOperatorKeys(now)
  const office = openSimulatedOffice({ dice: officeDice, clock, tally, trace })
  const shop = openShop({
    office: office.port,
    time: {
      now,
      elapsed: clock.now,
      rest: clock.rest,
      chance: dice.number,
      repeat: (life) => repeatOn(clock, life),
    },
    key,
    bank: memoryBank(now),
    operator: memoryOperator(now, enrolledWith(key), operatorKeys),
    reader: customer.reader,
    print: printer.print,
    log,
    wire: ({ name, deliver, ...plan }) =>
      openWeatheredWire({
        ...plan,
        deliver: name === 'device' ? impostor.between(deliver) : deliver,
        clock,
        dice: name === 'keys' ? keyDice : dice.fork(name),
        told: (fate) => tally.fault(`${name} ${fate}`),
      }),
    hazards: {
      kills: (name, where) => {
        if (where.startsWith('after')) state.dirty = true
        const deadly = perilOf[name]?.deadly ?? 0
        if (deadly === 0 || !dice.chance(deadly)) return false
        trace(`${name} killed ${where}`)
        tally.fault(`${name} killed at a boundary`)
        return true
      },
      full: (name) => {
        const full = perilOf[name]?.full ?? false
        if (full) tally.fault(`${name} disk full`)
        return full
      },
    },
  })
  // The operator is up from the first moment; the others are started by whoever watches them.
  void shop.operator.start()
  return {
    ...shop,
    office,
    operatorKeys,
    clock,
    trace,
    tally,
    printer,
    customer,
    impostor: impostor.state,
    perils,
    state,
    /** By the till's clock. */
    now,
    start: async (name: ProcessName): Promise<void> => {
      try {
        await shop.processes[name].start()
      } catch (error) {
        state.broken ??= `${name} does not start: ${String(error)}`
      }
    },
    kill: (name: ProcessName, why: string): void => {
      const process = shop.processes[name]
      if (!process.life.alive) return
      process.kill()
      trace(`${name} killed ${why}`)
      tally.fault(`${name} killed`)
    },
  }
}
