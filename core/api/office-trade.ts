import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { billingStates } from '../billing/state.ts'
import { tallyNames } from '../card/business-day.ts'
import { agreements, disagreements, tillStates } from '../card/till-report.ts'
import { splits } from '../card/turnover.ts'
import { financialKindNames } from '../iso8583/fields.ts'
import { bankTransaction, businessDay } from './acquirer.ts'
import { endpoint } from './contract.ts'
import { fileForm } from './file-form.ts'
import { day, tillDocument } from './office.ts'
import * as wire from './wire.ts'

// What a client's cabinet shows of its trade by card: what the bank booked, and nothing else.

const transaction = bankTransaction.omit({ title: true, description: true }).extend({
  id: z.int(),
  /** RRN of the operation that it gives back. */
  original: z.string().nullable(),
  /** The bank undid it by a technical reversal. */
  undone: z.boolean(),
  /** The bank's store was put back, and since then it knows nothing of it; null: it does. */
  forgottenAt: wire.at.nullable(),
  /** How the till's word differs; null: it does not, or there is none. */
  disagrees: z.enum(disagreements).nullable(),
})
export type TransactionView = z.output<typeof transaction>

export const transactionResults = ['approved', 'declined', 'forgotten', 'disagrees'] as const
export const transactionSorts = ['at-down', 'at-up', 'sum-down', 'sum-up'] as const

export const transactionsFilter = z.object({
  terminal: z.string().max(8).optional(),
  /** The terminal's business day. */
  businessDay: wire.rowNumber.optional(),
  /** Calendar days in Minsk, the last one included; each may stand alone. */
  day: day.optional(),
  dayTo: day.optional(),
  kind: z.enum([...financialKindNames, 'reversal']).optional(),
  result: z.enum(transactionResults).optional(),
  code: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  /** The last digits of the card. */
  card: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  receipt: wire.rowNumber.optional(),
  rrn: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional(),
  /** Kopecks. */
  sum: z.coerce.number().int().min(0).optional(),
  sort: z.enum(transactionSorts).default('at-down'),
})
export type TransactionFilter = z.output<typeof transactionsFilter>

const asked = z.object({
  /** Opaque: `next` of the page before. */
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const anyDay = z.object({
  terminal: z.string(),
  serial: z.string(),
  bank: z.string(),
  day: z.int(),
  bankTotals: businessDay.shape.bankTotals,
  /** Null: the day is open. */
  closedAt: wire.at.nullable(),
  code: z.string().nullable(),
  terminalTotals: businessDay.shape.terminalTotals.nullable(),
  /** As of a transaction: the bank knows nothing of its closing any more. */
  forgottenAt: wire.at.nullable(),
  /** Transactions of the day that the bank has forgotten: in an open day's totals they are not. */
  forgotten: z.int(),
})
export type BusinessDayView = z.output<typeof anyDay>

const trade = z.object({
  count: z.int(),
  declined: z.int(),
  paid: wire.balance,
  back: wire.balance,
})
const cells = z.array(trade.extend({ value: z.string() }))

/** A till's word on an operation, and what the operator signed for. */
const tillWord = z.object({
  serial: z.string(),
  state: z.enum(tillStates),
  sum: wire.sum,
  document: tillDocument.nullable(),
  takenAt: wire.at,
  /** The operator held its document, at the latest then; null: not that the till has shown. */
  storedAt: wire.at.nullable(),
})
export type TillWordView = z.output<typeof tillWord>

const terminals = z.array(z.object({ terminal: z.string(), serial: z.string(), bank: z.string() }))

/** When the bank had told all that there was; null: not since the office was started. */
const heardAt = wire.at.nullable()

export const tradeApi = {
  home: endpoint({
    route: 'GET /api/home',
    right: 'signed-in',
    input: z.object({}),
    reply: z.object({
      today: trade,
      /** Null: there is no contract. */
      account: z.object({ account: z.string(), balance: wire.balance }).nullable(),
      tills: z.array(
        z.object({
          serial: z.string(),
          state: z.enum(billingStates),
          forbids: z.boolean(),
          /** The first day that is not paid for. */
          endsOn: day.nullable(),
          /** The next renewal costs other than the last one did; null: it does not. */
          repriced: z.object({ on: day, price: wire.sum, before: wire.sum }).nullable(),
        }),
      ),
      /** Business days of the last thirty days that do not balance, the newest first. */
      unbalanced: z.array(z.object({ terminal: z.string(), day: z.int(), closedAt: wire.at })),
      /** Transactions of the last thirty days that the bank has forgotten. */
      forgotten: z.int(),
      /** Operations of the last thirty days where money and document part, the newest first. */
      parted: z.array(
        z.object({
          how: z.enum(disagreements),
          serial: z.string(),
          at: wire.at,
          sum: wire.sum,
          receipt: z.int(),
          /** The bank's row; null: it tells of none. */
          transaction: z.int().nullable(),
        }),
      ),
      heardAt,
    }),
    refusals: [],
  }),
  transactions: endpoint({
    route: 'GET /api/transactions',
    right: 'signed-in',
    input: transactionsFilter.extend(asked.shape),
    reply: z.object({ transactions: z.array(transaction), next: z.string().nullable(), heardAt }),
    refusals: [],
  }),
  transaction: endpoint({
    route: 'GET /api/transactions/:id',
    right: 'signed-in',
    input: z.object({ id: wire.rowNumber }),
    /** `related`: what undid it, what it gives back, and what was given back of it. */
    reply: z.object({
      transaction,
      related: z.array(transaction),
      /** Null: the till has not told yet. */
      till: tillWord.nullable(),
      agreement: z.enum(agreements),
    }),
    refusals: ['transaction.unknown'],
  }),
  terminals: endpoint({
    route: 'GET /api/terminals',
    right: 'signed-in',
    input: z.object({}),
    reply: z.object({ terminals }),
    refusals: [],
  }),
  businessDays: endpoint({
    route: 'GET /api/business-days',
    right: 'signed-in',
    input: asked,
    /** Open ones stand on the first page, before those that were closed last. */
    reply: z.object({ days: z.array(anyDay), next: z.string().nullable() }),
    refusals: [],
  }),
  businessDay: endpoint({
    route: 'GET /api/business-days/:terminal/:day',
    right: 'signed-in',
    input: z.object({ terminal: z.string().max(8), day: wire.rowNumber }),
    reply: z.object({
      day: anyDay,
      /** Totals that differ, and what of the bank's transactions would make them differ so. */
      differing: z.array(
        z.object({
          total: z.enum(tallyNames),
          suspects: z.array(transaction),
          /** Each alone is the whole difference, or its till says otherwise or nothing of it. */
          by: z.enum(['sum', 'till']),
        }),
      ),
    }),
    refusals: ['business-day.unknown'],
  }),
  statistics: endpoint({
    route: 'GET /api/statistics',
    right: 'signed-in',
    /** At most 366 days; without them the last thirty. */
    input: z.object({ from: day.optional(), to: day.optional() }),
    reply: z.object({
      from: day,
      to: day,
      total: trade,
      /** Transactions that the bank has forgotten: in no sum. */
      forgotten: z.int(),
      days: cells,
      splits: z.record(z.enum(splits), cells),
    }),
    refusals: [],
  }),
}

/** Files that the cabinet makes beside its contract: `?as=csv` or `?as=xlsx`, filtered as lists. */
export const officeFiles = {
  'GET /api/exports/transactions': 'transactions.export',
  'GET /api/exports/acts': 'acts.read',
  'GET /api/orders/:number/invoice': 'signed-in',
  // An archive of a release, as bytes.
  'POST /api/archives': 'billing.edit',
} as const satisfies Record<string, Access>

/** The filter of the list, and the form of the file. */
export const transactionsExport = transactionsFilter.extend({ as: fileForm })
