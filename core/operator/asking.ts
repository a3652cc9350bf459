import { MINUTE, type Moment } from '../time.ts'
import { DOMAIN } from './enrolment.ts'

/** Red receipts of a till, and when the oldest of them was begun; null: there is none. */
export type RedReceipts = { red: number; redSince: Moment | null }

/**
 * What a till asks by its own key: what stands against it. With the question it tells of its red
 * receipts, for people to see; nothing of money follows from that.
 */
export type TillQuestion = RedReceipts & { device: string; nonce: string; at: Moment }

/** The text that the till signs. */
export const questionText = ({ device, nonce, at, red, redSince }: TillQuestion): string =>
  JSON.stringify([DOMAIN, 'measures', device, nonce, at, red, redSince])

// Whoever has recorded a question learns nothing by it later than this.
const FRESH_MS = 2 * MINUTE

/** Answered near its own moment alone: a till whose clock differs is told the operator's. */
export const isFreshQuestion = ({ at }: Pick<TillQuestion, 'at'>, now: Moment): boolean =>
  Math.abs(now - at) <= FRESH_MS
