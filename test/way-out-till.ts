import type { CardRead } from '#core/card/request.ts'
import type { Correction } from '#core/register/correction.ts'
import { align, corrected, follow } from '#core/register/ledger.ts'
import { heard, type Operation } from '#core/register/operation.ts'
import type { Replacement } from '#core/register/replacement.ts'
import { holdsShare, isOpen, isUnproved } from '#core/register/standing.ts'
import { DAY } from '#core/time.ts'
import { withoutFormer } from '#services/register/links/former.ts'
import type { RegisterStore } from '#services/register/memory/store.ts'
import type { BillingWatch } from '#services/register/operating/billing.ts'
import { type DeviceWatch, openDeviceWatch } from '#services/register/operating/device.ts'
import { openEngine } from '#services/register/operating/engine.ts'
import type { MeasureWatch } from '#services/register/operating/measures.ts'
import { openReversing } from '#services/register/operating/reversing.ts'
import { openTerminal } from '#services/register/operating/terminal.ts'
import { openWarnedOpening } from '#services/register/operating/warned.ts'
import type { Register } from '#services/register/register.ts'
import { anIssuer, NOW } from './fixtures.ts'
import {
  acquirerOver,
  fair,
  hashOfNumber,
  isFormer,
  newTill,
  only,
  operatorOver,
  skoOver,
  type TillState,
  type Weather,
  type World,
} from './way-out-world.ts'

// A till whose whole memory, its device's and its bank's too, is one value: the real operating part
// of the register over a store and links that are functions of that value, so that any moment can
// be gone back to. What decides is the real core throughout.

export type ValueTill = ReturnType<typeof openValueTill>

const issuer = anIssuer()
const card: CardRead = { pan: '9999990000000014', expiry: '3012', entry: 'chip' }

/** The till in the hands of a search: put it into any state, press, take what it has become. */
export function openValueTill() {
  const world: World = { state: newTill(), weather: fair }
  const now = () => world.weather.now
  const elapsed = () => 0
  const changed = () => {}
  const clearing = () => world.weather.clearing
  const sko = withoutFormer(skoOver(world), sinceOver(world))
  const store = storeOver(world)
  const { device, recall } = watchOver(world, { sko, store })
  const terminal = openTerminal({
    store,
    acquirer: acquirerOver(world),
    reader: async () => ({ kind: 'read', card }),
    mark: () => ({ stan: 1, at: NOW }),
    now,
    changed,
  })
  const rest = async () => {}
  const engine = openEngine({ store, sko, terminal, device, rest, clearing, changed })
  const measures = only<MeasureWatch>({
    known: () => [...world.weather.measures],
    ask: rest,
  })
  const billing = only<BillingWatch>({
    ask: async () => true,
    view: () => (world.weather.unbilled ? unbilled : null),
  })
  const register = only<Register>({
    store,
    engine,
    device,
    terminal,
    hasTerminal: true,
    reversing: openReversing({ store, terminal, engine, elapsed }),
    sko,
    operator: operatorOver(world),
    answerGround: () => ({
      device: issuer.device,
      registerNumber: issuer.registerNumber,
      verify: () => true,
      hashAt: () => null,
      now: now(),
    }),
    measures,
    succession: only<Register['succession']>({ retired: () => false }),
    billing,
    people: only<Register['people']>({ holders: () => [] }),
    parked: only<Register['parked']>({ waits: () => false }),
    goods: only<Register['goods']>({ byCode: () => null, one: () => null }),
    settings: only<Register['settings']>({ marking: () => 'all' }),
    changed,
    now,
  })
  return {
    register,
    clearing,
    state: (): TillState => world.state,
    /** The window of a warning comes to its end. */
    windowUp: () => {
      const clock = { now: () => now() + DAY, elapsed }
      return openWarnedOpening({ store, engine, measures, clock }).step()
    },
    /** Everything as it was then, in this weather. */
    put: async (state: TillState, weather: Weather): Promise<void> => {
      world.state = state
      world.weather = weather
      // What it hears now stands in place of whatever it heard before.
      const hearsNow = weather.device === 'whole'
      await recall(hearsNow ? null : state.known)
      if (hearsNow) await device.refresh()
    },
    /** A new start of the process: it has not heard its device yet. */
    restart: async (): Promise<void> => {
      await recall(null)
      await device.refresh()
      await engine.recover()
    },
    /** What it has become; what nobody can ask for any more is left out. */
    take: (): TillState => forget({ ...world.state, known: device.known() }),
  }
}

const unbilled = only<NonNullable<ReturnType<BillingWatch['view']>>>({
  state: 'no-subscription',
  account: '100001',
  forbids: true,
})

/** The register's picture of its device, which can be what it was at any moment. */
function watchOver(world: World, { sko, store }: Pick<Register, 'sko' | 'store'>) {
  let recalled: TillState['known'] = null
  const eyes = {
    sko: only<Register['sko']>({
      token: sko.token,
      state: async () => recalled ?? sko.state(),
    }),
    store: only<RegisterStore>({
      ledger: store.ledger,
      align: store.align,
      hashAt: store.hashAt,
      // What is recalled changes nothing.
      open: () => (recalled ? [underWay] : store.open()),
      lastSeen: (token) => (recalled ? null : store.lastSeen(token)),
    }),
    now: () => world.weather.now,
    changed: () => {},
    verify: () => true,
  }
  let watch = openDeviceWatch(eyes)
  const device: DeviceWatch = {
    known: () => watch.known(),
    away: () => watch.away(),
    diverged: () => (world.weather.diverged ? 'sko' : watch.diverged()),
    unsigned: () => watch.unsigned(),
    note: (operation) => watch.note(operation),
    refresh: () => watch.refresh(),
  }
  const recall = async (known: TillState['known']): Promise<void> => {
    watch = openDeviceWatch(eyes)
    if (!known) return
    recalled = known
    await watch.refresh()
    recalled = null
  }
  return { device, recall }
}

const underWay = { state: { is: 'red' } } as Operation

/** How the device of an operation was replaced; null: it was not. */
const sinceOver =
  (world: World) =>
  (id: string): Replacement | null => {
    const { former } = world.state
    if (!former || !isFormer(world.state, id)) return null
    const statement = only<Replacement['proof']['statement']>({ number: former.sealed })
    const { device: serial, unp, registerNumber } = issuer
    const gone = { serial, unp, registerNumber, publicKey: '' }
    return only<Replacement>({ former: gone, proof: { statement, key: '', signature: '' } })
  }

/** The register's memory as the value has it. */
function storeOver(world: World): RegisterStore {
  const all = () => world.state.operations
  const set = (change: Partial<TillState>) => {
    world.state = { ...world.state, ...change }
  }
  const one = (id: string) => all().find((operation) => operation.id === id) ?? null
  let correction: Correction | null = null
  return only<RegisterStore>({
    operation: one,
    listed: (id) => {
      const operation = correction?.id === id ? correction : one(id)
      return operation && { operation, printedAt: null }
    },
    open: () => all().filter(isOpen),
    unproved: () => all().filter(isUnproved),
    reversing: () => all().filter(({ state }) => state.is === 'reversing'),
    reversals: () => all().filter(({ state }) => state.is === 'reversing' && !state.held),
    undoing: (id) =>
      all().filter(
        (operation) =>
          operation.of === id &&
          holdsShare(operation) &&
          (isUnproved(operation) || operation.state.is === 'registered'),
      ),
    ledger: () => world.state.ledger,
    lastSeen: () => {
      const { last } = world.state.ledger
      return last && { number: last.number, hash: hashOfNumber(last.number) }
    },
    hashAt: () => null,
    replacementSince: sinceOver(world),
    documentByNumber: () => null,
    documentByUid: () => null,
    issuer: () => issuer,
    grant: () => null,
    shiftOpenedAt: () => null,
    begin: (begun) => set({ operations: [...all(), begun] }),
    hear: (id, event) => {
      const before = one(id)
      const after = before && heard(before, event)
      if (!before || !after) return null
      const { ledger } = world.state
      set({
        operations: all().map((operation) => (operation === before ? after : operation)),
        ledger: follow(ledger, { before, after }, isFormer(world.state, id))?.ledger ?? ledger,
      })
      return after
    },
    correct: (made) => {
      correction = made
      set({ ledger: corrected(world.state.ledger, made.amount).ledger })
    },
    align: (shift) => set({ ledger: align(world.state.ledger, shift) }),
  })
}

/** What is not settled of the device before; null: all is. */
function formerOf(state: TillState, operations: readonly Operation[]): TillState['former'] {
  const { former } = state
  const left = operations.filter(({ id }) => isFormer(state, id)).map(({ id }) => id)
  if (!former || left.length === 0) return null
  const made = former.made.filter(({ document }) => left.some((id) => id === document.operation))
  return { operations: left, made, sealed: former.sealed }
}

/** A sale may be undone as long as its document is the last one. */
const isBasis = (till: TillState, { kind, state, signed, id }: Operation) =>
  kind === 'sale' &&
  !isFormer(till, id) &&
  state.is === 'registered' &&
  signed?.document.number === till.made.at(-1)?.document.number &&
  !till.operations.some(({ of, state }) => of === id && state.is === 'registered')

const isNamed = ({ operations }: TillState, { id }: Operation) =>
  operations.some((other) => other.of === id && matters(other))

const matters = (operation: Operation): boolean =>
  isOpen(operation) || isUnproved(operation) || operation.state.is === 'reversing'

function forget(state: TillState): TillState {
  const operations = state.operations.filter(
    (operation) =>
      matters(operation) ||
      isBasis(state, operation) ||
      (operation.kind === 'sale' && isNamed(state, operation)),
  )
  const { made, buried, bank } = state
  const isAsked = (of: string) => operations.some(({ id }) => id === of)
  const last = made.at(-1)
  // From here on somebody may ask what the device made.
  const own = operations.filter((one) => matters(one) && !isFormer(state, one.id))
  const from = Math.min(...own.map(({ expected }) => expected))
  const isLater = (number: number) => number >= from
  const seen = state.operations.flatMap(({ signed }) => signed?.document.number ?? [])
  return {
    ...state,
    operations,
    made: made.filter(
      (signed) =>
        signed === last ||
        isLater(signed.document.number) ||
        operations.some(({ id }) => signed.document.operation === id),
    ),
    buried: buried.filter(isAsked),
    held: [...new Set([...state.held, ...seen])].filter(isLater),
    former: formerOf(state, operations),
    bank: Object.fromEntries(Object.entries(bank).filter(([of]) => isAsked(of))),
  }
}
