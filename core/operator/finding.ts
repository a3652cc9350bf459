/**
 * What the operator found wrong: documents of a fork, those that it stored with a mark, those that
 * it did not take, and its own acknowledgements of what it does not hold.
 */
export const findingKinds = ['fork', 'marked', 'refused', 'lost'] as const
export type FindingKind = (typeof findingKinds)[number]
