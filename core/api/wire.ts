import { z } from 'zod'
import { kindNames, means as meansNames } from '../document/kinds.ts'
import { markings } from '../document/mark.ts'
import { parseUid, type Uid } from '../document/uid.ts'
import { tileColours } from '../goods/tile.ts'
import { type OperationId, operationId } from '../id.ts'
import { type Kopecks, MAX_QUANTITY, MAX_SUM, type Thousandths } from '../money.ts'
import { LONGEST_REASON, measureKinds } from '../operator/measure.ts'
import { isPrintable } from '../printable.ts'
import { units } from '../units.ts'
import { told } from './field-fault.ts'

// Shapes that more than one contract speaks of.

/** The schema holds the number to what the brand says; a step that only says so would cost time. */
const branded = <Brand extends number>(schema: z.ZodType<number, number>) =>
  schema as unknown as z.ZodType<Brand, number>

/** Any whole kopecks, negative too: a balance, a discrepancy. */
export const balance = branded<Kopecks>(z.int())
/** A sum of a document or a payment, 0 … MAX_SUM. */
export const sum = branded<Kopecks>(z.int().min(0).max(MAX_SUM))
/** A sum above zero. */
export const positiveSum = branded<Kopecks>(z.int().min(1).max(MAX_SUM))
export const quantity = branded<Thousandths>(z.int().min(1).max(MAX_QUANTITY))
export const kind = z.enum(kindNames)
export const listedKind = z.enum([...kindNames, 'correction'])
export const meansName = z.enum(meansNames)
export const vatRate = z.union([
  z.literal(0),
  z.literal(10),
  z.literal(20),
  z.literal(25),
  z.null(),
])
export const at = z.int().min(0)
export const id = z
  .string()
  .max(36)
  .refine((text) => operationId(text) !== null, told('uuid'))
  .transform((text) => text.toLowerCase() as OperationId)
export const uid = z
  .string()
  .refine((text) => parseUid(text) !== null, told('uid'))
  .transform((text) => parseUid(text) as Uid)

/** A number of a row, as a path or a query tells it; what PostgreSQL's integer holds. */
export const rowNumber = z.coerce.number().int().positive().max(2_147_483_647)

/**
 * A text that people type and others read, on a screen or on paper: one line without marks of
 * direction, by which it would look like something that stands elsewhere.
 */
export const shownText = (longest: number) =>
  z.string().trim().min(1).max(longest).refine(isPrintable, told('unprintable'))

/** What goods are marked with. */
export const marking = z.enum(markings)
/** How their tile is coloured; null: like any other. */
export const tileColour = z.enum(tileColours).nullable()
/** What a kept picture is called by: SHA-256 of its bytes in hex. */
export const pictureHash = z.string().regex(/^[0-9a-f]{64}$/)
/** Codes of one marked unit, see core/document/mark.ts. */
export const mark = z.object({
  si: z.string().min(1).max(256).nullable(),
  ukz: z.string().min(1).max(64).nullable(),
})
/** The same as somebody scanned them, each in whatever form a scanner sends. */
export const scannedMark = z.object({
  si: z.string().max(512).nullable().default(null),
  ukz: z.string().max(512).nullable().default(null),
})

export const line = z.object({
  name: z.string().trim().min(1).max(128),
  code: z.string().max(64).nullable(),
  price: sum,
  quantity,
  discount: sum,
  markup: sum,
  vat: vatRate,
  mark: mark.optional(),
})
export const payment = z.object({ means: meansName, sum })
export const vatGroup = z.object({ rate: vatRate, gross: sum, vat: sum })
export const settlement = z.object({ cash: sum, card: sum, other: sum, change: sum })
export const basis = z.object({ number: z.int().positive(), uid })
export const issuer = z.object({
  company: z.string(),
  unp: z.string(),
  place: z.string(),
  address: z.string(),
  registerNumber: z.int(),
  device: z.string(),
})
const counter = z.object({
  count: z.int(),
  sum: balance,
  cash: balance,
  card: balance,
  other: balance,
})
export const counters = z.object({
  shift: z.int(),
  openedAt: at,
  firstNumber: z.int(),
  lastNumber: z.int(),
  sale: counter,
  refund: counter,
  annulment: counter,
  deposit: counter,
  withdrawal: counter,
  discounts: balance,
  markups: balance,
})
/** A document as a device signed it, opened: see core/document/document.ts. */
export const fiscalDocument = z.object({
  v: z.literal(1),
  issuer,
  number: z.int().positive(),
  shift: z.int().positive(),
  kind,
  at,
  cashier: z.string(),
  currency: z.literal('BYN'),
  operation: z.string().nullable(),
  lines: z.array(line),
  discount: sum,
  markup: sum,
  payments: z.array(payment),
  settlement,
  sum,
  vat: z.array(vatGroup),
  basis: basis.nullable(),
  cash: balance,
  report: counters.nullable(),
  previous: z.string().length(64),
})
export const sealed = z.object({
  body: z.string().max(1_000_000),
  hash: z.string().length(64),
  uid,
  signature: z.string().max(512),
})

export const device = z.string().min(1).max(20)
export const hash = z.string().length(64)
/** Chance of the asker's: an answer that carries it answers this question and no other. */
export const nonce = z.string().min(8).max(64)
export const signedBy = { key: z.string().max(64), signature: z.string().max(512) }
/** The operator's signed acknowledgement, see core/operator/statement.ts. */
export const proof = z.object({
  statement: z.object({
    says: z.literal('stored'),
    device,
    number: z.int().min(0),
    hash,
    at,
    nonce: nonce.nullable(),
  }),
  ...signedBy,
})
/** See core/operator/measure.ts. */
export const measure = z.object({
  kind: z.enum(measureKinds),
  reason: z.string().min(1).max(LONGEST_REASON),
  from: at,
  till: at.nullable(),
})
export const standingMeasure = measure.extend({ inForce: z.boolean() })

/** What goods are sold by. */
export const unit = z.enum(units)

/** How a transaction with the bank ended; `asked`: the bank has not told. */
export const cardOutcome = z.enum([
  'asked',
  'approved',
  'declined',
  'not-made',
  'reversed',
  'unreversed',
])
export type CardOutcome = z.output<typeof cardOutcome>
