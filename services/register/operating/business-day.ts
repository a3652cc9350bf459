import {
  type CardDay,
  type Difference,
  differingTotals,
  explain,
  totalsOf,
  wireDay,
} from '#core/card/business-day.ts'
import { operationId } from '#core/id.ts'
import { MINUTE } from '#core/time.ts'
import type { AcquirerLink } from '../links/acquirer.ts'
import type { RegisterStore } from '../memory/store.ts'

// As many as a page shows: a mismatch may be long, and each costs a question.
const MOST_REFERRED = 5

export type DayClosing = ReturnType<typeof openBusinessDay>

/** Reconciliation: at the closing of a shift, and by hand. */
export function openBusinessDay({
  store,
  acquirer,
  now,
  changed,
}: {
  store: RegisterStore
  acquirer: AcquirerLink
  now: () => number
  changed: () => void
}) {
  /** Days whose closing was sent and not answered: it is sent again until it is. */
  const unanswered = new Set<number>()
  const compare = async (day: number, kind: 'reconciliation' | 'checkpoint'): Promise<Compared> => {
    const movements = store.cardMovements(day)
    const own = totalsOf(movements)
    const wire = wireDay(day)
    const repeat = kind === 'reconciliation' && unanswered.has(day)
    const heard = await acquirer.reconcile({ kind, day: wire, totals: own, repeat })
    if (heard.kind === 'refused') return 'refused'
    if (heard.kind !== 'balanced' && heard.kind !== 'differs') return null
    // Held against its totals: a code alone proves nothing about sums.
    const isSame = differingTotals(heard.totals, own).length === 0
    const outcome = isSame ? heard.kind : 'differs'
    const compared = { day, at: now(), own, bank: heard.totals, outcome }
    if (outcome === 'balanced') return { ...compared, differences: [] }
    const listed = await acquirer.movements(wire)
    // A listing that does not add up to the bank's own totals explains nothing.
    const isWhole = listed && differingTotals(totalsOf(listed), heard.totals).length === 0
    const differences = isWhole ? explain(listed, movements) : null
    return {
      ...compared,
      differences: differences && (await referred(differences, { store, acquirer })),
    }
  }
  const close = async (day: number): Promise<Compared> => {
    const compared = await compare(day, 'reconciliation')
    if (compared === null) unanswered.add(day)
    else unanswered.delete(day)
    if (compared === null || compared === 'refused') return compared
    store.closeCardDay(compared)
    changed()
    return compared
  }
  /** One after another, the oldest first, as long as the bank answers. */
  const closeAll = async (days: readonly number[]): Promise<Compared[]> => {
    const closed: Compared[] = []
    for (const day of days) {
      const compared = await close(day)
      closed.push(compared)
      if (compared === null) break
    }
    return closed
  }
  return {
    /** The oldest open day held against the bank without closing it; null: none, or no answer. */
    check: async (): Promise<CardDay | null> => {
      const [day] = store.openCardDays()
      const compared = day === undefined ? null : await compare(day, 'checkpoint')
      return compared === 'refused' ? null : compared
    },
    /**
     * Closes the open days, the oldest first, and answers the first that differs, else the last;
     * `none`: nothing to close; `unknown`: the bank knows none of them, its store was put back
     * (V3); null: it has not answered for all of them.
     */
    closeNow: async (): Promise<CardDay | 'none' | 'unknown' | null> => {
      const days = store.openCardDays()
      if (days.length === 0) return 'none'
      const closed = await closeAll(days)
      if (closed.includes(null)) return null
      const told = closed.filter((each): each is CardDay => each !== null && each !== 'refused')
      return told.find(({ outcome }) => outcome === 'differs') ?? told.at(-1) ?? 'unknown'
    },
    /** Closes days whose shift is closed, and older ones, as soon as the bank answers. */
    step: async (): Promise<number> => {
      // Nothing of a day may be on its way when it is compared.
      if (store.cardsUnderWay()) return 5000
      const due = store
        .openCardDays()
        .filter((day) => unanswered.has(day) || store.isDueCardDay(day))
      await closeAll(due)
      return due.length === 0 ? 5000 : MINUTE
    },
  }
}

/** `refused`: answered, and not compared: the bank has no such day. Null: not answered. */
type Compared = CardDay | 'refused' | null

/** With the bank's references to what the register has nothing of, to the first few. */
async function referred(
  differences: readonly Difference[],
  { store, acquirer }: { store: RegisterStore; acquirer: AcquirerLink },
): Promise<Difference[]> {
  const all = [...differences]
  for (const [i, difference] of differences.slice(0, MOST_REFERRED).entries()) {
    if (store.cardIdentity(difference.operation)?.rrn) continue
    const operation = operationId(difference.operation)
    const told = operation && (await acquirer.inquire({ kind: 'inquiry', operation }))
    // A bank that has gone is not waited for again and again.
    if (told?.kind !== 'told') break
    if ('rrn' in told) all[i] = { ...difference, rrn: told.rrn }
  }
  return all
}
