import { type Kopecks, kopecks, MAX_SUM } from '#core/money.ts'

// What is handed over: the whole rouble, then what the next coins and notes come to.
const STEPS = [100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
const SHOWN = 5

/** Sums above `due` that a customer is likely to hand over, the smallest first (N11). */
export function quickSums(due: Kopecks): Kopecks[] {
  const sums = STEPS.map((step) => Math.ceil(due / step) * step)
  return [...new Set(sums)]
    .filter((sum) => sum > due && sum <= MAX_SUM)
    .toSorted((one, other) => one - other)
    .slice(0, SHOWN)
    .map(kopecks)
}
