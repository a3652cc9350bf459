import { z } from 'zod'
import { type FinancialKind, financialKindNames } from '../iso8583/fields.ts'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// Transactions with the bank and its business days, a part of the register's contract.

const financialKind = z.enum(financialKindNames as [FinancialKind, ...FinancialKind[]])

/** A transaction with the bank, as the register holds it. */
export const cardTransaction = z.object({
  operation: wire.id,
  seq: z.int(),
  at: wire.at,
  kind: financialKind,
  sum: wire.sum,
  stan: z.int(),
  masked: z.string().nullable(),
  rrn: z.string().nullable(),
  auth: z.string().nullable(),
  code: z.string().nullable(),
  /**
   * `asked`: the bank has not told; `not-made`: it never had it, no money moved; `unreversed`: it
   * refused to undo.
   */
  outcome: wire.cardOutcome,
})
export type CardTransaction = z.output<typeof cardTransaction>

const tally = z.object({ count: z.int(), sum: wire.balance })
const cardTotals = z.object({
  debits: tally,
  debitsReversed: tally,
  credits: tally,
  creditsReversed: tally,
})
const booked = z.object({ kind: financialKind, sum: wire.sum })
/** A transaction that one side has and the other has not, and what it is found by. */
const cardDifference = z.object({
  operation: z.string(),
  /** What each side has of it; null: nothing. */
  bank: booked.nullable(),
  terminal: booked.nullable(),
  /** What was booked is its undoing. */
  reversal: z.boolean(),
  rrn: z.string().nullable(),
  /** As the register holds it; null: it has nothing of the operation. */
  at: wire.at.nullable(),
  masked: z.string().nullable(),
  /** Number of its document. */
  number: z.int().nullable(),
})
export type CardDifference = z.output<typeof cardDifference>

/** A business day as it was compared with the bank. */
export const cardDay = z.object({
  day: z.int(),
  at: wire.at,
  own: cardTotals,
  bank: cardTotals,
  outcome: z.enum(['balanced', 'differs']),
  /** Null: the bank did not list its own. */
  differences: z.array(cardDifference).nullable(),
})
export type CardDayView = z.output<typeof cardDay>

const none = z.object({})

export const cardEndpoints = {
  cardTransactions: endpoint({
    route: 'GET /api/card-transactions',
    right: 'signed-in',
    input: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ transactions: z.array(cardTransaction), next: z.int().nullable() }),
    refusals: [],
  }),
  cardDays: endpoint({
    route: 'GET /api/card-days',
    right: 'signed-in',
    input: none,
    reply: z.object({ open: z.int().nullable(), days: z.array(cardDay) }),
    refusals: [],
  }),
  closeCardDay: endpoint({
    route: 'POST /api/card-days',
    right: 'shift',
    input: none,
    reply: cardDay,
    refusals: ['card-day.none', 'card-day.unknown', 'bank.silent', 'reversal.pending'],
  }),
}
