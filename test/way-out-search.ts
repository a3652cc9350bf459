import { kinds } from '#core/document/kinds.ts'
import { openCounters } from '#core/document/report.ts'
import type { Measure } from '#core/operator/measure.ts'
import { hasOtherSum } from '#core/register/card-part.ts'
import { drawerEffect, type Ledger, newLedger } from '#core/register/ledger.ts'
import type { Operation, State } from '#core/register/operation.ts'
import { isOpen, isUnproved } from '#core/register/standing.ts'
import { LONGEST_SHIFT } from '#core/sko/device.ts'
import { NOW } from './fixtures.ts'
import {
  documentOf,
  isThere,
  type Press,
  pressed,
  presses,
  type Turned,
  UNIT,
  wishOf,
} from './way-out-presses.ts'
import type { ValueTill } from './way-out-till.ts'
import {
  fair,
  isFormer,
  newTill,
  replaceDevice,
  type TillState,
  type Weather,
} from './way-out-world.ts'

// Every state that any presses in any weather lead to, breadth first, told apart by what gate,
// machine and device look at.

type Change = Partial<Weather>

const calm: Change = {}
const warning: Measure[] = [{ kind: 'warning', reason: 'долг', from: 0, till: null }]
export const block: Measure[] = [{ kind: 'block', reason: 'долг', from: 0, till: null }]

/** What may befall a fiscal command. */
const commands: Change[] = [
  calm,
  { command: 'done', line: 'mute' },
  { command: 'lost', line: 'mute' },
  { command: 'done', line: 'away' },
  { command: 'lost', line: 'away' },
  { command: 'unsent', line: 'away' },
  { command: 'lost', line: 'whole' },
  { command: 'done', line: 'whole', clearing: false },
  { command: 'lost', line: 'whole', clearing: false },
]
/** What may befall the bank's part, before it comes to that. */
const monies: Change[] = [
  { money: 'done', bank: 'silent' },
  { money: 'lost', bank: 'silent' },
  { money: 'other-sum', bank: 'silent' },
  { money: 'declined' },
  { money: 'unsent' },
]
/** Who can tell when a person says what became of it. */
const witnesses: Change[] = [
  {},
  { device: 'mute', bank: 'silent' },
  { device: 'away', operator: 'lagging', bank: 'silent' },
  { device: 'mute', operator: 'silent', bank: 'silent' },
]

const weathers: Record<Press, Change[]> = {
  open: [...commands, { measures: warning }, { measures: block }, { unbilled: true }],
  sale: [...commands, { diverged: true }],
  'card sale': [...commands, ...monies],
  'mixed sale': [...commands, ...monies],
  refund: [...commands, ...monies],
  annulment: [calm],
  deposit: [calm],
  withdrawal: commands,
  close: commands,
  continue: commands,
  'give up': [calm],
  confirm: witnesses,
  'confirm wrongly': witnesses,
  deny: witnesses,
  'bring the answer': witnesses.slice(1),
  cancel: witnesses,
  correct: [{}, { device: 'away' }],
  clear: [calm],
  'window up': [...commands, { measures: block }],
  restart: [{ device: 'mute', operator: 'silent', bank: 'silent' }],
  'put back': [calm],
  // The operator holds all that was made, or all that the till could carry to it.
  replace: [calm, { operator: 'lagging' }],
}

export type Found = {
  /** By their keys, one of each. */
  states: Map<string, TillState>
  edges: number
  /** Where somebody was turned away: state, press and refusal. */
  turned: Map<string, { key: string; state: TillState; code: string }>
  /** How each was come to. */
  from: Map<string, { key: string; press: Press; change: Change }>
}

export async function explore(till: ValueTill, foreign: boolean): Promise<Found> {
  const first = newTill()
  const states = new Map([[keyOf(first), first]])
  const found: Found = { states, edges: 0, turned: new Map(), from: new Map() }
  // A map grows at its end while it is walked.
  for (const [key, state] of states) {
    for (const press of presses) {
      let isRefused = false
      for (const change of weathersOf(press, state, foreign)) {
        // What the gate turns away meets no weather.
        if (isRefused && ('command' in change || 'money' in change)) continue
        const weather = { ...fair, foreign, ...change }
        found.edges += 1
        const { after, turned } = await step(till, state, { press, weather })
        if (turned) {
          found.turned.set(`${key} ${turned.code}`, { key, state, code: turned.code })
        }
        const keys = after.map((next) => keyOf(next))
        isRefused ||= turned !== null && change === calm && keys[0] === key
        for (const [i, next] of after.entries()) {
          const nextKey = keys[i] ?? ''
          if (states.has(nextKey)) continue
          states.set(nextKey, next)
          found.from.set(nextKey, { key, press, change })
        }
      }
    }
  }
  return found
}

/** One press in a weather: what the till answers, and what may be there afterwards. */
export async function step(
  till: ValueTill,
  state: TillState,
  { press, weather }: { press: Press; weather: Weather },
): Promise<{ after: TillState[]; turned: Turned }> {
  if (press === 'put back') return { after: putBack(state), turned: null }
  if (press === 'replace') return { after: [replacedIn(state, weather)], turned: null }
  await till.put(state, weather)
  const turned = await pressed(till, press)
  return { after: [till.take()], turned }
}

/** What is pressed where and in which weathers: the bounds of the search. */
function weathersOf(press: Press, state: TillState, foreign: boolean): Change[] {
  const { operations, device, ledger, known } = state
  if (!isThere(press, state)) return []
  const open = operations.find(isOpen)
  // Where nothing is left open another device is a new till.
  const isUnsettled = operations.some((one) => isOpen(one) || isUnproved(one))
  if (press === 'replace') return isUnsettled && !foreign ? weathers[press] : []
  // Once is enough: what is put back then had not heard of it.
  if (state.former && press === 'put back') return []
  const doubts = operations.filter((one) => isUnproved(one) || one.state.is === 'reversing')
  if (press === 'clear') return witnessesFor(doubts, open)
  if (open) {
    // It knows no operations, and would make a second document (F1).
    if (foreign && press === 'continue' && documentOf(state, open)) return []
    // What stands open stands in the way of all else alike.
    if (press in shut) return doubts.length === 0 ? [calm] : []
    return wishOf(press, state) ? [] : weathers[press]
  }
  const brings = press === 'sale' || press === 'mixed sale' || press === 'deposit'
  if (brings && (device.cash >= MOST || ledger.balances.drawer >= MOST)) return []
  if (press === 'restart' && known === null) return []
  if (doubts.length > 0) return besideDoubt.includes(press) ? [calm] : []
  return weathers[press]
}

/** Who can tell, while the till looks after what is not known. */
function witnessesFor(doubts: readonly Operation[], open: Operation | undefined): Change[] {
  if (doubts.length === 0 && !open) return []
  const isCard = [...doubts, open].some((one) => one?.card)
  return [
    calm,
    { device: 'mute', bank: 'silent' },
    ...(isCard ? ([{ device: 'mute', operator: 'silent' }] as const) : []),
    ...(doubts.some(({ state }) => state.is === 'reversing')
      ? ([{ bank: 'refuses' }] as const)
      : []),
    ...(open ? ([{ clearing: false, bank: 'silent' }] as const) : []),
  ]
}

const MOST = UNIT
const shut: Partial<Record<Press, true>> = { sale: true, close: true, correct: true }
/** One operation in doubt at a time is tried in every weather, the one beside it in fair. */
const besideDoubt: Press[] = ['sale', 'card sale', 'withdrawal', 'close', 'refund', 'correct']

/** The till carries to the operator what it has seen itself of a device that is away. */
function replacedIn(state: TillState, { operator }: Weather): TillState {
  const seen = state.ledger.last?.number ?? 0
  const holds = state.made.filter(({ document }) => document.number <= seen)
  return replaceDevice(state, operator === 'lagging' ? holds : state.made)
}

/** An older copy of the register's memory: of the empty start, of a shift with cash. */
function putBack(state: TillState): TillState[] {
  if (state.device.number < 2) return []
  const start = newLedger()
  const worked: Ledger = {
    balances: { ...start.balances, drawer: UNIT },
    shift: openCounters(1, NOW, 1),
    lastShift: 1,
    last: { number: 2, at: NOW },
  }
  return [start, worked].map((ledger) => ({
    ...state,
    ledger,
    operations: [],
    known: null,
    held: [],
  }))
}

/** What decides, and nothing else: numbers by their distance, kinds by what they do. */
export function keyOf(state: TillState, now = NOW): string {
  const { ledger, device, known, operations } = state
  const { shift } = ledger
  const isSame = shift?.shift === device.shift?.shift
  const isLate = [shift, device.shift].map((one) => one && now - one.openedAt > LONGEST_SHIFT)
  return JSON.stringify([
    [shift !== null, device.shift !== null, isSame, isLate],
    [ledger.balances.drawer, device.cash],
    ledger.last ? Math.max(-2, ledger.last.number - device.number) : null,
    known && [
      known.cash - device.cash,
      Math.max(-2, known.nextNumber - 1 - device.number),
      (known.shift === null) === (device.shift === null),
    ],
    operations.map((one) => operationKey(state, one)),
  ])
}

function operationKey(state: TillState, one: Operation) {
  const { device, made, buried, bank, operations, held } = state
  const { id, kind, authorisation, reached, expected, guessed, card, of, claim, signed } = one
  const document = documentOf(state, one)
  const { shift } = kinds[kind]
  const money = [Math.sign(drawerEffect(one)), card?.kind]
  const charge = card && [
    card.attempt !== null,
    card.approval !== null,
    hasOtherSum(card),
    card.fencing ?? false,
    bank[id]?.is,
  ]
  // What has a document only serves to be undone, what is being undone only waits for the bank.
  if (signed) return money
  if (one.state.is === 'reversing' && !one.state.held) return [one.state, charge, claim !== null]
  if (isFormer(state, id)) {
    const is = [stateKey(one.state), authorisation, reached, guessed]
    const said = claim && claim.uid === document?.sealed.uid
    return ['former', kind, ...money, is, charge, said, document !== undefined]
  }
  const isShifts = kind === 'shift-opening' || kind === 'shift-closing'
  return [
    [isShifts && shift, ...money],
    [stateKey(one.state), authorisation, reached, guessed],
    Math.min(2, device.number - expected),
    // Numbers that may be its own.
    Math.min(2, device.number - expected + 1 - held.filter((n) => n >= expected).length),
    charge,
    of !== null && operations.some((other) => other.id === of),
    claim && claim.uid === document?.sealed.uid,
    [document !== undefined, document === made.at(-1), buried.includes(id)],
  ]
}

function stateKey(state: State): unknown {
  switch (state.is) {
    case 'warned':
      return [state.is]
    case 'failed':
      return [state.is, state.proof]
    default:
      return state
  }
}
