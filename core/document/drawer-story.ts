import { type Kopecks, kopecks } from '../money.ts'
import type { ShiftCounters } from './report.ts'

/** How the drawer of a shift came to what should be in it; sums that went out are below zero. */
export type DrawerStory = {
  /** At the shift's opening; null: its document was not seen. */
  start: Kopecks | null
  sales: Kopecks
  refunds: Kopecks
  annulled: Kopecks
  deposits: Kopecks
  withdrawals: Kopecks
  /** What no document of the shift explains: a correction, an operation not cleared up. */
  other: Kopecks
  cash: Kopecks
}

const out = ({ cash }: { cash: Kopecks }): Kopecks => kopecks(cash === 0 ? 0 : -cash)

/** The parts add up to `cash`; without a start nothing is left unexplained. */
export function drawerStory(
  { sale, refund, annulment, deposit, withdrawal }: ShiftCounters,
  { start, cash }: { start: Kopecks | null; cash: Kopecks },
): DrawerStory {
  const moved = {
    sales: sale.cash,
    refunds: out(refund),
    annulled: out(annulment),
    deposits: deposit.cash,
    withdrawals: out(withdrawal),
  }
  const explained = Object.values(moved).reduce<number>((sum, part) => sum + part, start ?? 0)
  const other = kopecks(start === null ? 0 : cash - explained)
  return Object.assign({ start, other, cash }, moved)
}
