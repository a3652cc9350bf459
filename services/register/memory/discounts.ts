import { parseJson } from '#core/api/json.ts'
import { type DiscountButtons, discountButtons } from '#core/api/register-discounts.ts'

/** The shop's discounts as they were kept; of another version's shape there are none. */
export function readDiscounts(text: string | null): DiscountButtons {
  const read = discountButtons.safeParse(parseJson(text ?? ''))
  return read.success ? read.data : { buttons: [] }
}
