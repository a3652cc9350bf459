/** An invariant that does not hold; the text names it. */
export class Violation extends Error {
  override name = 'Violation'
}

export function insist(holds: unknown, invariant: string): asserts holds {
  if (!holds) throw new Violation(invariant)
}
