import { parseJson } from '#core/api/json.ts'
import { signedLease } from '#core/api/office.ts'
import { imbalance } from '#core/billing/ledger.ts'
import { type Kopecks, kopecks } from '#core/money.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#core/time.ts'
import type { RegisterPorts } from '#services/register/wiring.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { believesOperator, demoIssuer } from '#shop/enrolment.ts'
import {
  balanceIn,
  copyOfBooks,
  enterMoney,
  memoryOffice,
  newOfficeBooks,
  type OfficeBooks,
  subscribe,
} from '#shop/memory-office.ts'
import { harmless, type Life, openProcess } from '#shop/process.ts'
import { overHttp, sendOver } from '#shop/wire.ts'
import type { VirtualClock } from './clock.ts'
import type { Dice } from './dice.ts'
import { insist } from './invariant.ts'
import type { Tally } from './tally.ts'
import { fair, openWeatheredWire } from './weather.ts'

// Billing as the simulated till meets it: an office with a clock, a line and troubles of its own.

const SERIAL = 'ZP-SIM'
const MONTH = { tariff: 'month', price: kopecks(2900), months: 1, days: 0 }
const WEEK = { tariff: 'week', price: kopecks(900), months: 0, days: 7 }
const DEADLINE_MS = 3000

export type SimulatedOffice = ReturnType<typeof openSimulatedOffice>
type Ports = { dice: Dice; clock: VirtualClock; tally: Tally; trace: (text: string) => void }

export function openSimulatedOffice({ dice, clock, tally, trace }: Ports) {
  const state = { offset: 0, backup: null as OfficeBooks | null }
  const now = () => clock.now() + state.offset
  const books = newOfficeBooks({ serial: SERIAL, unp: demoIssuer.unp, account: '10000001' })
  const office = openProcess('office', harmless, memoryOffice(now, books))
  const line = openWeatheredWire({
    deadlineMs: DEADLINE_MS,
    isCommand: () => false,
    deliver: overHttp(office),
    clock,
    dice: dice.fork('line'),
    told: (fate) => tally.fault(`office ${fate}`),
  })
  mend(books, { now: now(), dice })
  void office.start()
  return {
    process: office,
    line: line.state,
    now,
    state,
    dice,
    clock,
    tally,
    trace,
    /** The till's line to it, of one life of the register. */
    port: (life: Life): RegisterPorts['office'] => {
      // Nothing is ever closed: a wire of the simulator holds nothing.
      const send = Object.assign(sendOver(line, life), { close: () => {} })
      return { send, serial: SERIAL, keys: believesOperator }
    },
  }
}

/** What stands in the way of a shift is mended by staff, and by the client's money. */
function mend(books: OfficeBooks, { now, dice }: { now: number; dice: Dice }): void {
  Object.assign(books.contract, { unp: demoIssuer.unp, isInForce: true })
  books.isRetired = false
  books.required = null
  const terms = dice.pick([MONTH, WEEK])
  const wanting = terms.price * dice.int(1, 3) - balanceIn(books)
  if (wanting > 0) enterMoney(books, { kind: 'payment', sum: kopecks(wanting), now })
  subscribe(books, { terms, renews: dice.chance(0.7), now })
}

const kinds = {
  cut: 4,
  weather: 4,
  killed: 3,
  'store copied': 3,
  'store put back': 2,
  'contract ended': 2,
  'another UNP': 1,
  'till retired': 1,
  'version required': 2,
  'money taken out': 2,
  'money paid in': 2,
  'clock leaps': 2,
}

/** Brings trouble until it is over; whatever forbids is mended within minutes. */
export async function officeTrouble(office: SimulatedOffice, isOver: () => boolean): Promise<void> {
  const { dice, clock, tally, trace } = office
  while (!isOver()) {
    await clock.rest(dice.span(5 * SECOND, HOUR))
    if (isOver()) return
    const kind = dice.weighted(kinds)
    trace(`office trouble: ${kind}`)
    tally.fault(`office: ${kind}`)
    befall(office, kind)
    clock.after(dice.span(SECOND, 10 * MINUTE), () => quiet(office))
  }
}

function befall(office: SimulatedOffice, kind: keyof typeof kinds): void {
  const { dice, line, process, state, now } = office
  const books = process.disk
  switch (kind) {
    case 'cut':
      line.cut = dice.pick(['refused', 'silent'])
      return
    case 'weather': {
      const [requestLost, answerLost, late, doubled, garbled] = [0.2, 0.2, 0.2, 0.1, 0.1]
      line.weather = { requestLost, answerLost, late, doubled, garbled }
      return
    }
    case 'killed':
      process.kill()
      return
    case 'store copied':
      state.backup = copyOfBooks(books)
      return
    case 'store put back':
      if (!state.backup) return
      process.kill()
      process.disk = copyOfBooks(state.backup)
      return
    case 'contract ended':
      books.contract.isInForce = false
      return
    case 'another UNP':
      books.contract.unp = '191000009'
      return
    case 'till retired':
      books.isRetired = true
      return
    case 'version required':
      books.required = '99.0.0'
      return
    case 'money taken out':
      enterMoney(books, { kind: 'payout', sum: halfOf(balanceIn(books)), now: now() })
      return
    case 'money paid in':
      enterMoney(books, { kind: 'payment', sum: kopecks(dice.int(1, 9000)), now: now() })
      return
    case 'clock leaps':
      state.offset += dice.span(HOUR, 40 * DAY)
      return
    default:
      kind satisfies never
  }
}

// An entry moves something.
const halfOf = (sum: Kopecks): Kopecks => kopecks(Math.max(1, Math.floor(sum / 2)))

/** Line, process and data are as they should be. */
export function quiet(office: SimulatedOffice): void {
  const { line, process, now, dice } = office
  Object.assign(line, { cut: 'whole', weather: fair })
  mend(process.disk, { now: now(), dice })
  if (!process.life.alive) void process.start()
}

/** No kopeck appears or disappears, no period is charged twice; what the till holds only grows. */
export function openOfficeAudit({ process }: SimulatedOffice, register: () => Sqlite) {
  let counter = 0
  return {
    check: (): void => {
      const { entries, charges, subscriptions } = process.disk
      const bent = entries.find((entry) => imbalance(entry) !== 0)
      insist(!bent, `every entry of the office comes to zero: ${JSON.stringify(bent)}`)
      const periods = new Set(charges.map(({ run, k }) => `${run} ${k}`))
      insist(periods.size === charges.length, 'no renewal is charged twice')
      const charged = entries.filter(({ kind }) => kind === 'charge').length
      insist(charged === charges.length, 'a charge is of a period')
      for (const { run, paid } of subscriptions) {
        const own = charges.filter((charge) => charge.run === run).length
        insist(own === paid, 'a period is paid for because it was charged')
      }
      const row = register().prepare('select lease from billing').get()
      const held = signedLease.safeParse(parseJson(String(row?.lease ?? ''))).data
      const present = held?.lease.counter ?? 0
      insist(present >= counter, 'no older lease takes the place of a newer one')
      counter = present
    },
    /** The register's memory was put back: its lease too. */
    restored: (): void => {
      counter = 0
    },
  }
}
