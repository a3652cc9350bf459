import type { OperationRequest } from '../api/operation-request.ts'
import type { DiscountButton } from '../api/register-discounts.ts'
import type { FiscalDocument } from '../document/document.ts'
import { formatMoney, type Kopecks, kopecks } from '../money.ts'

/** Why a discount was given (N10): of a line, from 0; null: of the whole receipt. */
export type DiscountReason = { line: number | null; reason: string; sum: Kopecks }

/** What a button gives, as somebody would type it: «10%», «5.50». */
export const amountOf = ({ kind, value }: Pick<DiscountButton, 'kind' | 'value'>): string => {
  const typed = formatMoney(kopecks(value))
  return kind === 'percent' ? `${typed.replace(/\.?0+$/, '')}%` : typed
}

type Given = Pick<OperationRequest, 'kind' | 'lines' | 'discount' | 'reason'>

/** The reasons that a sale's request gives for its discounts; one without a discount is none. */
export function reasonsOf({ kind, lines = [], discount, reason }: Given): DiscountReason[] {
  if (kind !== 'sale') return []
  const ofLines = lines.flatMap((line, place): DiscountReason[] =>
    line.reason !== undefined && line.discount !== undefined && line.discount > 0
      ? [{ line: place, reason: line.reason, sum: line.discount }]
      : [],
  )
  const isWhole = reason !== undefined && discount !== undefined && discount > 0
  return isWhole ? [...ofLines, { line: null, reason, sum: discount }] : ofLines
}

/** What a sale's document gives away by each reason; '': what no reason was told for. */
export function discountsBy(
  { lines, discount }: Pick<FiscalDocument, 'lines' | 'discount'>,
  reasons: readonly DiscountReason[],
): Map<string, Kopecks> {
  const told = new Map<string, Kopecks>()
  for (const { reason, sum } of reasons) {
    told.set(reason, kopecks((told.get(reason) ?? 0) + sum))
  }
  const whole = lines.reduce((sum, line) => sum + line.discount, discount as number)
  const rest = whole - [...told.values()].reduce<number>((sum, each) => sum + each, 0)
  if (rest > 0) told.set('', kopecks((told.get('') ?? 0) + rest))
  return told
}
