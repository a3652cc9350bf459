import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { isRefusal } from '../iso8583/action-codes.ts'
import { financialKindNames } from '../iso8583/fields.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// The bank's host over HTTP: what it booked, for the merchant's cabinet. Authorisation itself goes
// by ISO 8583. Whoever asks carries the token of the host's file.

/** A row of the merchant's transactions in the bank's cabinet. */
export const bankTransaction = z.object({
  terminal: z.string(),
  /** Serial number of the terminal, as the cabinet shows it. */
  serial: z.string(),
  merchant: z.string(),
  /** The acquirer's name. */
  bank: z.string(),
  at: wire.at,
  receipt: z.int(),
  /** Null when no card was shown or found. */
  masked: z.string().nullable(),
  sum: wire.sum,
  kind: z.enum(financialKindNames),
  reversal: z.boolean(),
  /** The name of its kind: purchase, refund, void of either, technical reversal. */
  title: z.string(),
  operation: wire.id,
  code: z.string(),
  description: z.string(),
  /** Null when declined: a page shows «000000000000» and «-». */
  rrn: z.string().nullable(),
  auth: z.string().nullable(),
  /** The name of the bank that issued the card. */
  issuer: z.string().nullable(),
  /** Business day of the terminal in which it was booked. */
  day: z.int().positive(),
})
export type BankTransaction = z.output<typeof bankTransaction>

const tally = z.object({ count: z.int().min(0), sum: wire.balance })
const totals = z.object({
  debits: tally,
  debitsReversed: tally,
  credits: tally,
  creditsReversed: tally,
})
export const businessDay = z.object({
  day: z.int().positive(),
  closedAt: wire.at,
  /** 500 in balance, 501 not. */
  code: z.string(),
  bankTotals: totals,
  terminalTotals: totals,
})
export type BusinessDay = z.output<typeof businessDay>

const terminal = z.string().min(1).max(8)
const limit = z.coerce.number().int().min(1).max(200).default(50)

/**
 * What a purchase may be refused with. Any other code would have a cashier believe in money that
 * moved, or in a question that is open, where nobody was charged.
 */
export const declineCode = z
  .string()
  .refine((text): boolean => isRefusal(text), told('decline-code'))
const ordered = z.object({ code: declineCode.nullable() })

/** Names a key of a terminal. */
const keyId = z.string().regex(/^[0-9a-f]{8}$/)

/** What the bank answers beside its contract. */
export const acquirerRoutes = {
  'GET /health': 'public',
  'GET /metrics': 'public',
} as const satisfies Record<string, Access>

export const acquirerApi = {
  transactions: endpoint({
    route: 'GET /api/transactions',
    right: 'signed-in',
    input: z.object({
      merchant: z.string().min(1).max(15).optional(),
      terminal: terminal.optional(),
      from: z.coerce.number().int().min(0).optional(),
      until: z.coerce.number().int().min(0).optional(),
      /** Opaque: `next` of the page before. */
      before: z.string().max(64).optional(),
      limit,
    }),
    reply: z.object({ transactions: z.array(bankTransaction), next: z.string().nullable() }),
    refusals: [],
  }),
  days: endpoint({
    route: 'GET /api/terminals/:terminal/days',
    right: 'signed-in',
    input: z.object({
      terminal,
      /** The day before which to go on: the last one of the page before. */
      before: z.coerce.number().int().positive().default(1_000_000_000),
      limit,
    }),
    reply: z.object({ days: z.array(businessDay) }),
    refusals: [],
  }),
  /** For the stand: the next purchase is declined with this code. */
  decline: endpoint({
    route: 'PUT /api/decline',
    right: 'signed-in',
    input: ordered,
    reply: z.object({}),
    refusals: [],
  }),
  /** One more key of a terminal, beside those that it has: so a key is changed without a stop. */
  giveKey: endpoint({
    route: 'PUT /api/terminals/:terminal/keys/:id',
    right: 'signed-in',
    input: z.object({ terminal, id: keyId, secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    reply: z.object({}),
    refusals: [],
  }),
  takeKey: endpoint({
    route: 'DELETE /api/terminals/:terminal/keys/:id',
    right: 'signed-in',
    input: z.object({ terminal, id: keyId }),
    reply: z.object({}),
    refusals: [],
  }),
  ordered: endpoint({
    route: 'GET /api/decline',
    right: 'signed-in',
    input: z.object({}),
    reply: ordered,
    refusals: [],
  }),
}
