import type { Sealed } from '../document/document.ts'

export type StoredVerdict =
  | { verdict: 'done'; sealed: Sealed }
  | { verdict: 'never' | 'cannot-tell' }

/**
 * What became of an operation whose document was to get the number `expected` (R2). Absence proves
 * something only once that number is stored and taken: before that the document may be on its way.
 */
export function verdictOn(found: Sealed | null, head: number, expected: number): StoredVerdict {
  if (found) return { verdict: 'done', sealed: found }
  return { verdict: head >= expected ? 'never' : 'cannot-tell' }
}
