import { z } from 'zod'
import type { Basis } from '../document/document.ts'
import { GS, type UnitMark } from '../document/mark.ts'
import type { Line, Payment } from '../document/totals.ts'
import {
  formatMoney,
  formatQuantity,
  kopecks,
  MAX_QUANTITY,
  MAX_SUM,
  thousandths,
  ZERO,
} from '../money.ts'
import { isPrintable } from '../printable.ts'
import type { Command } from '../sko/device.ts'
import type { DeviceFault } from '../sko/faults.ts'
import { deviceWords } from '../words/device.ts'
import { type Facts, facts } from './facts.ts'
import { MOST_KEY_CHANGES, signedKeyChange } from './key-changes.ts'
import * as wire from './wire.ts'
import { wrongField } from './wrong-field.ts'

// The tsrv protocol (fact:tsrv): one declaration for the device's service and for the till's link.

/** Our own headers, which foreign clients never send. */
export const OPERATION = 'operation_id'
export const EXPECTED = 'expected_number'

export const message = z.object({
  type: z.string().default('send'),
  address: z.string().optional(),
  reply_address: z.string().nullish(),
  replyAddress: z.string().nullish(),
  data: z.unknown().optional(),
  headers: z
    .record(z.string().max(64), z.union([z.string().max(4096), z.number(), z.boolean(), z.null()]))
    .default({}),
})

/** `facts`: ours, what the description speaks of; a foreign device has none. */
export const errorData = z.object({
  name: z.string(),
  description: z.string(),
  facts: facts.optional(),
})
export const answer = z.object({
  type: z.string(),
  address: z.string().nullish(),
  data: z.unknown().optional(),
  headers: z.record(z.string(), z.unknown()).optional(),
})

/** The services of the protocol and the actions each answers, in their snake_case names. */
export const services = {
  'ik.service.app': ['version', 'printers', 'init_session', 'get_active_session_hash'],
  'ik.service.token': [
    'get_tokens',
    'get_token_by_serial',
    'get_token_state',
    'get_cash_in_token',
    'next_cheque_number',
    'get_stored_documents',
    'get_oldest_document',
    'get_min_max_receipts',
    'get_certificate',
    'print_prev_receipt',
    'retrieve_not_printed_cheques',
    'get_last_document',
    'outcome',
    'abandon',
  ],
  'ik.service.token.authority': ['authorize', 'change_pin_code', 'close_token', 'logout'],
  'ik.service.token.shift': [
    'open_shift',
    'close_shift',
    'get_x_report',
    'print_x_report',
    'get_z_report_copy',
  ],
  'ik.service.token.deposit': ['create_deposit'],
  'ik.service.token.withdraw': ['create_withdraw'],
  'ik.service.token.sales.retail': ['create_sale'],
  'ik.service.token.moneyback': ['create_money_back', 'create_money_back_ex'],
  'ik.service.token.rollback': ['create_rollback'],
} as const
export type Action = (typeof services)[keyof typeof services][number]

/** Old clients call actions in camelCase: «createSale» is «create_sale». */
export const snakeCase = (action: string): string =>
  action.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const fault = (ctx: z.RefinementCtx, name: DeviceFault) => {
  ctx.addIssue({ code: 'custom', params: { fault: name } })
  return z.NEVER
}

type Decimal = { decimals: number; wrong: DeviceFault; overflow: DeviceFault; max: number }

/** A decimal of exactly `decimals` digits after the dot; a missing leading zero is forgiven. */
const decimal = ({ decimals, wrong, overflow, max }: Decimal) =>
  z.union([z.string().max(32), z.number()]).transform((raw, ctx) => {
    const text = String(raw)
    if (!/^-?\d*\.?\d*$/.test(text) || !/\d/.test(text)) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
    if ((text.split('.')[1] ?? '').length !== decimals) return fault(ctx, wrong)
    const value = Number(text.replace('.', ''))
    return value > max ? fault(ctx, overflow) : value
  })

const ofMoney: Decimal = {
  decimals: 2,
  wrong: 'TSRV_INVALID_SUM_DEC_PART',
  overflow: 'TIN_SUM_OVERFLOW',
  max: MAX_SUM,
}
const ofQuantity: Decimal = {
  decimals: 3,
  wrong: 'TSRV_INVALID_QUANTITY_DEC_PART',
  overflow: 'TIN_QUANTITY_OVERFLOW',
  max: MAX_QUANTITY,
}
const sum = decimal(ofMoney).transform((value, ctx) =>
  value < 0 ? fault(ctx, 'TIN_NEGATIVE_SUM') : kopecks(value),
)
const quantity = decimal(ofQuantity).transform((value, ctx) =>
  value <= 0 ? fault(ctx, 'TIN_ZERO_QUANTITY') : thousandths(value),
)

const chequeDiscount = decimal(ofMoney).transform((value, ctx) =>
  value < 0 ? fault(ctx, 'TSRV_NEGATIVE_CHEQUE_DISCOUNT') : kopecks(value),
)

/** By characters, as `max` of the other contracts counts: an emoji is one, though two in UTF-16. */
const isLonger = (text: string, most: number): boolean =>
  text.length > most && [...text].length > most

const cashier = z.string().transform((text, ctx) => {
  const name = text.trim()
  if (name === '') return fault(ctx, 'TIN_EMPTY_CASHIER')
  if (!isPrintable(name)) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
  return isLonger(name, MAX_CASHIER) ? fault(ctx, 'TIN_CASHIER_LEN') : name
})
/** The device prints no longer name (fact:tsrv). */
export const MAX_CASHIER = 16

const currency = z.string().transform((text, ctx) => {
  return text === 'BYN' ? text : fault(ctx, 'AVQFR_BAD_CURRENCY_NAME')
})
const header = z.object({ cashier, currency })

// A client may send a name that looks like JSON as parsed JSON (fact:tsrv).
const name = z.unknown().transform((raw, ctx) => {
  const text = typeof raw === 'string' ? raw.trim() : raw == null ? '' : JSON.stringify(raw)
  if (text === '') return fault(ctx, 'TIN_EMPTY_NAME')
  if (!isPrintable(text)) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
  return isLonger(text, 128) ? fault(ctx, 'TIN_NAME_LEN') : text
})
const code = z
  .union([
    z.object({ value: z.union([z.number(), z.string()]) }).transform((c) => String(c.value)),
    z.object({ code: z.union([z.number(), z.string()]) }).transform((c) => String(c.code)),
    z.union([z.number(), z.string()]).transform(String),
  ])
  .transform((text, ctx) => {
    if (!isPrintable(text)) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
    return isLonger(text, 64) ? fault(ctx, 'TIN_CODE_LEN') : text
  })
// Nothing of a code but its separators moves what stands beside it.
const isCode = (text: string): boolean => isPrintable(text.replaceAll(GS, ''))
const markCode = z.string().min(1).max(256).refine(isCode).optional()
const markingsOfItem = z
  .array(z.object({ si: markCode, ukz: markCode }))
  .min(1)
  .max(2)
  .transform((marks, ctx): UnitMark => {
    const si = marks.flatMap((each) => each.si ?? [])
    const ukz = marks.flatMap((each) => each.ukz ?? [])
    // A code that were left out would be of a unit that is sold unseen.
    const isOneUnit = si.length + ukz.length > 0 && si.length < 2 && ukz.length < 2
    if (!isOneUnit) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
    return { si: si[0] ?? null, ukz: ukz[0] ?? null }
  })
const taxRates = { tax0: 0, tax10: 10, tax20: 20, tax25: 25 } as const
const item = z
  .object({
    name: name.optional(),
    code: code.nullish(),
    quantity,
    price: sum,
    discount: sum.nullish(),
    markup: sum.nullish(),
    tax_rate: z.enum(['tax0', 'tax10', 'tax20', 'tax25']).nullish(),
    // Ours, by the names of SmartX: the codes of a marked unit.
    markings: markingsOfItem.nullish(),
  })
  .transform((raw, ctx) => {
    const line: Line = {
      name: raw.name ?? fault(ctx, 'TIN_EMPTY_NAME'),
      code: raw.code ?? null,
      price: raw.price,
      quantity: raw.quantity,
      discount: raw.discount ?? ZERO,
      markup: raw.markup ?? ZERO,
      vat: raw.tax_rate ? taxRates[raw.tax_rate] : null,
    }
    return raw.markings ? Object.assign(line, { mark: raw.markings }) : line
  })
const items = z.array(z.unknown()).transform((raw, ctx) => {
  if (raw.length === 0) return fault(ctx, 'TIN_NO_ITEMS')
  return raw.length > 500 ? fault(ctx, 'TIN_MAX_ITEMS') : raw
})

const meansOf = { cash: 'cash', cashless: 'card', other: 'other' } as const
const payments = z
  .array(z.object({ payment_type: z.enum(['cash', 'cashless', 'other']), value: sum }))
  .max(16)
  .transform((rows) =>
    rows.map((row): Payment => ({ means: meansOf[row.payment_type], sum: row.value })),
  )

const goodsFields = {
  header,
  payments,
  cheque_discount: chequeDiscount.nullish(),
  // Ours: a markup on the receipt, and the total as the till holds it to be.
  cheque_markup: sum.nullish(),
  total: sum.nullish(),
}
const sale = z.object({ ...goodsFields, items: items.pipe(z.array(item)) })
const moneyBack = z.object({
  ...goodsFields,
  item: item.optional(),
  items: items.pipe(z.array(item)).optional(),
  basis: wire.basis.nullish(),
})

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** New clients wrap a payload under its name, old ones send it bare (fact:tsrv). */
const unwrap = (key: string) => (raw: unknown) => (isObject(raw) && key in raw ? raw[key] : raw)

/** The old one-shot createSale has flat sums in place of payments. */
function fromOldSale(raw: unknown): unknown {
  const bare = unwrap('sale')(raw)
  if (!isObject(bare) || 'payments' in bare || !('cashier' in bare)) return bare
  const { cash, cashless, other } = bare
  return {
    ...bare,
    header: { cashier: bare.cashier, currency: 'BYN' },
    payments: paymentsOf({ cash, cashless, other }),
  }
}

/** The old createMoneyBackEx has flat sums too. */
function fromOldMoneyBack(raw: unknown): unknown {
  if (!isObject(raw)) return raw
  return { ...raw, payments: paymentsOf({ cash: raw.cashSum, cashless: raw.cashlessSum }) }
}

const paymentsOf = (flat: Record<string, unknown>) =>
  Object.entries(flat)
    .filter(([, value]) => value != null && Number(value) !== 0)
    .map(([payment_type, value]) => ({ payment_type, value }))

const cashCommand = (kind: 'deposit' | 'withdrawal') =>
  z
    .preprocess(unwrap('sum_cheque_data'), z.object({ sum, header }))
    .transform((raw): Command => ({ kind, cashier: raw.header.cashier, sum: raw.sum }))

const goodsCommand = (
  kind: 'sale' | 'refund',
  raw: Omit<z.output<typeof sale>, 'items'>,
  { lines, basis }: { lines: Line[]; basis: Basis | null },
): Command => ({
  kind,
  cashier: raw.header.cashier,
  lines,
  discount: raw.cheque_discount ?? ZERO,
  markup: raw.cheque_markup ?? ZERO,
  payments: raw.payments,
  total: raw.total ?? null,
  basis,
})

function refundCommand(raw: z.output<typeof moneyBack>, ctx: z.RefinementCtx): Command {
  const lines = raw.items ?? (raw.item ? [raw.item] : fault(ctx, 'TIN_NO_ITEMS'))
  return goodsCommand('refund', raw, { lines, basis: raw.basis ?? null })
}

const shiftCommand = (kind: 'shift-opening' | 'shift-closing') =>
  z
    .object({ cashier: cashier.optional(), pin: z.union([z.string(), z.number()]).optional() })
    .optional()
    .transform((raw): Command => ({ kind, cashier: raw?.cashier ?? deviceWords.ru.cashier }))

/** The actions that make a document, each with the reader of its payload. */
export const fiscalActions = {
  open_shift: shiftCommand('shift-opening'),
  close_shift: shiftCommand('shift-closing'),
  create_deposit: cashCommand('deposit'),
  create_withdraw: cashCommand('withdrawal'),
  create_sale: z
    .preprocess(fromOldSale, sale)
    .transform((raw): Command => goodsCommand('sale', raw, { lines: raw.items, basis: null })),
  create_money_back: z.preprocess(unwrap('money_back'), moneyBack).transform(refundCommand),
  create_money_back_ex: z.preprocess(fromOldMoneyBack, moneyBack).transform(refundCommand),
  create_rollback: z
    .preprocess(
      unwrap('rollback'),
      z.object({
        header: z.object({ cashier }),
        cheque_number: z.int().positive().optional(),
        chequeNumber: z.int().positive().optional(),
        number: z.int().positive().optional(),
      }),
    )
    .transform((raw, ctx): Command => {
      const number = raw.cheque_number ?? raw.chequeNumber ?? raw.number
      if (number === undefined) return fault(ctx, 'TSRV_DESERIALIZE_ERROR')
      return { kind: 'annulment', cashier: raw.header.cashier, number }
    }),
} as const satisfies Partial<Record<Action, z.ZodType<Command>>>
export type FiscalAction = keyof typeof fiscalActions

/** Reads a payload; what is wrong comes back by the protocol's own name, with the field's path. */
export function readPayload<T>(
  schema: z.ZodType<T>,
  data: unknown,
): { value: T } | { fault: DeviceFault; facts: Facts } {
  const parsed = schema.safeParse(data, { reportInput: true })
  if (parsed.success) return { value: parsed.data }
  const issue = deepest(parsed.error.issues)
  const named = issue?.code === 'custom' ? (issue.params?.fault as DeviceFault | undefined) : null
  const { field: at, fault, facts } = wrongField(issue)
  const field = at === 'body' ? 'data' : at
  return named
    ? { fault: named, facts: { field } }
    : { fault: 'TSRV_DESERIALIZE_ERROR', facts: { ...facts, field, fault } }
}

// A named fault tells more than the structural complaints around it.
const deepest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined =>
  issues.find((issue) => issue.code === 'custom' && issue.params?.fault) ?? issues[0]

/** The answer when a document was made, and for ever after to the same operation id. */
export const fiscalResponse = z.object({
  number: z.int(),
  shift_number: z.int(),
  uid: z.string(),
  created: z.string(),
  serial: z.string(),
  register_number: z.int(),
  sum: z.string(),
  change: z.string(),
  cash_in: z.object({ BYN: z.string() }),
  /** Ours: the sealed document itself. */
  document: wire.sealed,
})
export type FiscalResponse = z.output<typeof fiscalResponse>

/** The state of a device. Old clients read `shift_state` alone; the rest is ours. */
export const tokenState = z.object({
  serial: z.string(),
  next_number: z.int(),
  acknowledged: z.int(),
  /** The operator's signature behind `acknowledged`; null: nothing is acknowledged yet. */
  proof: wire.proof.nullish(),
  /** Which keys have followed that of the device's enrolment (0049), the oldest first. */
  key_changes: z.array(signedKeyChange).max(MOST_KEY_CHANGES).nullish(),
  /** Hash of the last document. */
  last_hash: wire.hash.nullish(),
  /** The operator signed for other documents than this device made: it signs nothing more. */
  diverged: z.boolean().nullish(),
  cash_in: z.object({ BYN: z.string() }),
  shift_state: z
    .object({ shift_number: z.int(), opened: z.string(), cash_in: z.object({ BYN: z.string() }) })
    .nullable(),
  oldest_unsent: z.object({ number: z.int(), created: z.string() }).nullable(),
  issuer: wire.issuer,
  /** Why documents do not go; null while they do. */
  upload_fault: z.string().nullable(),
  /** The open shift's counters, as an X-report has them. */
  counters: wire.counters.nullish(),
})

/** R1: a plain read says done, unknown or busy; only `abandon` makes «never» a fact. */
export const verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('done'), response: fiscalResponse }),
  z.object({ verdict: z.literal('unknown') }),
  z.object({ verdict: z.literal('busy') }),
  z.object({ verdict: z.literal('never') }),
])

const addressOf = (action: FiscalAction): string => {
  const found = Object.entries(services).find(([, actions]) =>
    (actions as readonly string[]).includes(action),
  )
  return found?.[0] ?? ''
}

/** The till's side: a command as the message that leaves for the device. */
export function fiscalMessage(command: Command): {
  action: FiscalAction
  address: string
  data: unknown
} {
  const { action, data } = payloadOf(command)
  return { action, address: addressOf(action), data }
}

function payloadOf(command: Command): { action: FiscalAction; data: unknown } {
  const header = { cashier: command.cashier, currency: 'BYN' }
  switch (command.kind) {
    case 'shift-opening':
      return { action: 'open_shift', data: { cashier: command.cashier } }
    case 'shift-closing':
      return { action: 'close_shift', data: { cashier: command.cashier } }
    case 'deposit':
    case 'withdrawal': {
      const data = { sum_cheque_data: { sum: formatMoney(command.sum), header } }
      return { action: command.kind === 'deposit' ? 'create_deposit' : 'create_withdraw', data }
    }
    case 'sale':
      return { action: 'create_sale', data: { sale: goodsData(command) } }
    case 'refund':
      return {
        action: 'create_money_back',
        data: { money_back: { ...goodsData(command), basis: command.basis } },
      }
    case 'annulment':
      return { action: 'create_rollback', data: { header, cheque_number: command.number } }
    default:
      return command satisfies never
  }
}

function goodsData(command: Extract<Command, { kind: 'sale' | 'refund' }>) {
  const paymentType = { cash: 'cash', card: 'cashless', other: 'other' } as const
  return {
    header: { cashier: command.cashier, currency: 'BYN' },
    items: command.lines.map((line) => ({
      name: line.name,
      ...(line.code === null ? {} : { code: { code: line.code } }),
      quantity: formatQuantity(line.quantity),
      price: formatMoney(line.price),
      discount: formatMoney(line.discount),
      markup: formatMoney(line.markup),
      ...(line.vat === null ? {} : { tax_rate: `tax${line.vat}` }),
      ...(line.mark && { markings: marksOf(line.mark) }),
    })),
    payments: command.payments.map((payment) => ({
      payment_type: paymentType[payment.means],
      value: formatMoney(payment.sum),
    })),
    cheque_discount: formatMoney(command.discount),
    cheque_markup: formatMoney(command.markup),
    ...(command.total === null ? {} : { total: formatMoney(command.total) }),
  }
}

const marksOf = ({ si, ukz }: UnitMark) => [
  ...(si === null ? [] : [{ si }]),
  ...(ukz === null ? [] : [{ ukz }]),
]
