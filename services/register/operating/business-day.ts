import {
  type CardDay,
  type Difference,
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
  const compare = async (
    day: number,
    kind: 'reconciliation' | 'checkpoint',
  ): Promise<CardDay | null> => {
    const movements = store.cardMovements(day)
    const own = totalsOf(movements)
    const wire = wireDay(day)
    const heard = await acquirer.reconcile({ kind, day: wire, totals: own, repeat: false })
    if (heard.kind !== 'balanced' && heard.kind !== 'differs') return null
    const compared = { day, at: now(), own, bank: heard.totals, outcome: heard.kind }
    if (heard.kind === 'balanced') return { ...compared, differences: [] }
    const listed = await acquirer.movements(wire)
    const differences = listed && explain(listed, movements)
    return {
      ...compared,
      differences: differences && (await referred(differences, { store, acquirer })),
    }
  }
  const close = async (day: number): Promise<CardDay | null> => {
    const compared = await compare(day, 'reconciliation')
    if (compared) {
      store.closeCardDay(compared)
      changed()
    }
    return compared
  }
  return {
    /** The open day held against the bank without closing it; null: no day, or no answer. */
    check: async (): Promise<CardDay | null> => {
      const day = store.openCardDay()
      return day === null ? null : compare(day, 'checkpoint')
    },
    /** Closes the open day; `none`: nothing to close, null: the bank does not answer. */
    closeNow: async (): Promise<CardDay | 'none' | null> => {
      const day = store.openCardDay()
      return day === null ? 'none' : close(day)
    },
    /** Closes the day of a shift that is closed, as soon as the bank answers. */
    step: async (): Promise<number> => {
      // Nothing of a day may be on its way when it is compared.
      const day = store.cardsUnderWay() ? null : store.dueCardDay()
      if (day !== null) await close(day)
      return day === null ? 5000 : MINUTE
    },
  }
}

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
