/**
 * Milliseconds to wait after the n-th failure in a row (from 1): doubling from `first` to
 * `longest`, with up to half of it taken off by `chance` (0 … 1), so that many callers do not
 * come back at once.
 */
export function backoff(
  failures: number,
  { first, longest, chance }: { first: number; longest: number; chance: number },
): number {
  const full = Math.min(longest, first * 2 ** Math.min(failures - 1, 20))
  return Math.round(full * (1 - chance / 2))
}
