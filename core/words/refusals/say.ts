import type { Facts } from '../../api/facts.ts'

/** What a person is told of a refusal, and the step that removes its cause. */
export type Say = (facts: Facts) => { message: string; next: string }
