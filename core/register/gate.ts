import type { BillingName } from '../billing/lease.ts'
import { type Kind, kinds } from '../document/kinds.ts'
import { countersAreFull, type ShiftCounters } from '../document/report.ts'
import { type Kopecks, kopecks, MAX_SUM } from '../money.ts'
import { LONGEST_SHIFT, LONGEST_UNSENT } from '../sko/device.ts'
import type { Operation } from './operation.ts'
import { isOpen } from './standing.ts'
import type { Divergence } from './trust.ts'

/** What the gate decides from: what the register knows now, nothing of the wish itself. */
export type GateFacts = {
  now: number
  /** Operations without an end. */
  open: readonly Operation[]
  shift: ShiftCounters | null
  /** The drawer's balance. */
  cash: Kopecks
  /** The device's cash as last heard; null when never heard. */
  skoCash: Kopecks | null
  oldestUnsentAt: number | null
  /** Whose store holds other documents than it should (V3). */
  diverged: Divergence | null
  /** The operator takes none of the device's documents any more. */
  retired: boolean
  /** The terminal and the bank's line are set up. */
  terminal: boolean
  /** What lies in the drawer, and was in that of a replaced device; below 0: what is missing. */
  carried: Kopecks
  /** Reversals that the bank has not acknowledged. */
  reversals: number
  /** Why the operator lets no shift open, as far as the register knows; null: it does. */
  blocked: string | null
  /** How it stands with billing, where that lets no shift open; null: it does not stop it. */
  unbilled: { state: BillingName; account: string | null } | null
}

/** The wish: its kind, what of it is cash and what goes through the bank, and what it counts. */
export type Wish = {
  kind: Kind
  cash: Kopecks
  card: Kopecks
  sum: Kopecks
  discounts: Kopecks
  markups: Kopecks
  /** It moves what was in the drawer when its device was replaced. */
  carried?: boolean
}

export type GateCode =
  | 'operation.red'
  | 'operation.open'
  | 'shift.closed'
  | 'shift.opened'
  | 'shift.over24h'
  | 'shift.blocked'
  | 'billing.forbids'
  | 'operator.diverged'
  | 'sko.diverged'
  | 'sko.retired'
  | 'unsent.over7days'
  | 'discrepancy'
  | 'drawer.not-enough'
  | 'drawer.not-empty'
  | 'drawer.full'
  | 'carried.differs'
  | 'shift.full'
  | 'card.no-terminal'
  | 'reversal.pending'

export type GateRefusal = {
  code: GateCode
  operation?: Operation
  sum?: Kopecks
  /** The operator's words. */
  said?: string
  /** How it stands with billing, and the personal account. */
  billing?: BillingName
  account?: string | undefined
  /** Of the request, where it is a figure of it that cannot be. */
  field?: string
}

/** Asked in this order; the first that holds is the refusal (table «Gates» of rulings.md). */
const guards: readonly ((facts: GateFacts, wish: Wish) => GateRefusal | null)[] = [
  ({ open }) => {
    const operation = open.find(isOpen)
    if (!operation) return null
    return { code: operation.state.is === 'red' ? 'operation.red' : 'operation.open', operation }
  },
  // V3: one more document would be a fork. There is no step at the till that takes it away.
  ({ diverged }) => (diverged === null ? null : { code: `${diverged}.diverged` }),
  // What it would make now lies behind the seal of its chain, and counts nowhere.
  ({ retired }) => (retired ? { code: 'sko.retired' } : null),
  ({ shift }, { kind }) => {
    if (kinds[kind].shift === 'open' && !shift) return { code: 'shift.closed' }
    return kinds[kind].shift === 'closed' && shift ? { code: 'shift.opened' } : null
  },
  // S1.6: a shift that is open may be finished. Ahead of what a block brings with it: a blocked
  // register's documents are not taken.
  ({ blocked }, { kind }) =>
    kind === 'shift-opening' && blocked !== null ? { code: 'shift.blocked', said: blocked } : null,
  // S2: a shift that is open may be worked on and closed.
  ({ unbilled }, { kind }) =>
    kind === 'shift-opening' && unbilled
      ? {
          code: 'billing.forbids',
          billing: unbilled.state,
          account: unbilled.account ?? undefined,
        }
      : null,
  ({ oldestUnsentAt, now }) =>
    oldestUnsentAt !== null && now - oldestUnsentAt > LONGEST_UNSENT
      ? { code: 'unsent.over7days' }
      : null,
  // A late shift may still be emptied and closed: that is all it may.
  ({ shift, now }, { kind }) =>
    shift &&
    now - shift.openedAt > LONGEST_SHIFT &&
    kind !== 'shift-closing' &&
    kind !== 'withdrawal'
      ? { code: 'shift.over24h' }
      : null,
  refuseByDiscrepancy,
  ({ cash }, wish) =>
    kinds[wish.kind].drawer === -1 && wish.cash > cash
      ? { code: 'drawer.not-enough', sum: cash }
      : null,
  // Moved once, all of it: a second tab has nothing left to move.
  ({ carried }, wish) => {
    const kind = carried > 0 ? 'deposit' : 'withdrawal'
    const isIt = carried !== 0 && wish.kind === kind && wish.sum === Math.abs(carried)
    return wish.carried && !isIt ? { code: 'carried.differs', sum: carried, field: 'sum' } : null
  },
  refuseByDrawer,
  ({ shift }, wish) =>
    shift && countersAreFull(shift, wish)
      ? { code: 'shift.full', field: wish.kind === 'deposit' ? 'sum' : 'lines' }
      : null,
  ({ terminal }, { card }) => (card > 0 && !terminal ? { code: 'card.no-terminal' } : null),
  // R8: cash work goes on; the bank hears of what must be undone before it hears of more.
  ({ reversals }, { card }) => (card > 0 && reversals > 0 ? { code: 'reversal.pending' } : null),
  ({ cash }, { kind }) =>
    kind === 'shift-closing' && cash !== 0 ? { code: 'drawer.not-empty', sum: cash } : null,
]

/** The first refusal of a wish, or null when it may begin. */
export function refuse(facts: GateFacts, wish: Wish): GateRefusal | null {
  for (const guard of guards) {
    const refusal = guard(facts, wish)
    if (refusal) return refusal
  }
  return null
}

/** The device's cash − the drawer's; null while the device has not been heard (R9). */
export const discrepancy = ({ cash, skoCash }: GateFacts): Kopecks | null =>
  skoCash === null ? null : ((skoCash - cash) as Kopecks)

/** Both drawers are signed or shown as sums, and the device would refuse by its own. */
function refuseByDrawer({ cash, skoCash }: GateFacts, wish: Wish): GateRefusal | null {
  const sum = kopecks(Math.max(cash, skoCash ?? cash) + wish.cash)
  return kinds[wish.kind].drawer === 1 && wish.cash > 0 && sum > MAX_SUM
    ? { code: 'drawer.full', sum, field: wish.kind === 'deposit' ? 'sum' : 'payments' }
    : null
}

function refuseByDiscrepancy(facts: GateFacts, { kind, cash }: Wish): GateRefusal | null {
  const sum = discrepancy(facts)
  if (sum === null || sum === 0) return null
  const refusal: GateRefusal = { code: 'discrepancy', sum }
  switch (kind) {
    case 'sale':
    case 'deposit':
      return null
    case 'refund':
    case 'annulment':
      return cash > 0 && sum < 0 ? refusal : null
    case 'withdrawal':
    case 'shift-opening':
    case 'shift-closing':
      return refusal
    default:
      return kind satisfies never
  }
}
