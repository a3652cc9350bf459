import { type CustomerView, customerHeard, customerView } from '#core/api/customer-view.ts'
import type { OperationView } from '#core/api/register.ts'
import { kopecks, ZERO } from '#core/money.ts'
import { keepShared, keptShared } from '#web/ui/store.ts'
import { priced } from '../basket.ts'
import type { Route } from '../routes.ts'
import type { Till } from '../till.ts'

const VIEW = 'zpos.customer'
const ASKED = 'zpos.customer-asked'
const HEARD = 'zpos.customer-heard'

type Known = Pick<Till, 'session' | 'status' | 'basket' | 'ended'>
type Shop = Pick<CustomerView, 'place' | 'language'>

/**
 * What the customer may see of the page: the receipt that is rung up, what was paid for it, and
 * else nothing, whoever has signed in or out. Null: the page does not know itself yet.
 */
export function customerViewOf(known: Known, route: Route): CustomerView | null {
  const { session, status, ended } = known
  if (session === undefined) return null
  const shop: Shop = {
    place: status?.issuer?.place ?? null,
    language: status?.paperLanguage ?? 'ru',
  }
  const idle = Object.assign({ at: 'idle' as const }, shop)
  if (session === null) return idle
  if (route.at === 'done' && ended?.id === route.id) return paidView(ended, shop) ?? idle
  return route.at === 'sale' && known.basket.lines.length > 0 ? basketView(known, shop) : idle
}

function paidView(
  { kind, id, sum, change, payments, uid }: OperationView,
  shop: Shop,
): CustomerView | null {
  if (kind !== 'sale' || uid === null) return null
  const isCash = payments.some(({ means }) => means === 'cash')
  const paid = { id, sum: kopecks(sum), change: isCash ? change : null, uid }
  return Object.assign({ at: 'paid' as const }, paid, shop)
}

function basketView({ basket }: Known, shop: Shop): CustomerView {
  const { totals, fault } = priced(basket)
  const lines = basket.lines.map(({ goods, quantity }, place) => ({
    name: goods.name,
    quantity,
    unit: goods.unit,
    sum: totals?.lineTotals[place] ?? ZERO,
  }))
  const isWhole = totals !== null && fault === null
  const sums = { sum: isWhole ? totals.total : null, discount: totals?.discounts ?? ZERO }
  return Object.assign({ at: 'basket' as const, lines }, sums, shop)
}

/** Lays the view out for the customer's screen, a window of the same browser. */
export const showCustomer = (view: CustomerView): void => keepShared(VIEW, view)

/** What is laid out for the customer; null: nothing that this version knows. */
export function shownToCustomer(): CustomerView | null {
  const read = customerView.safeParse(keptShared(VIEW))
  return read.success ? read.data : null
}

/** Asks whether a customer's screen is there; it answers by `customerAnswer`. */
export const askCustomerScreen = (asked: string): void => keepShared(ASKED, asked)

/** The customer's screen says that it is there, and how large. */
export function answerAsked(width: number, height: number): void {
  const asked = keptShared(ASKED)
  if (typeof asked === 'string') keepShared(HEARD, { asked, width, height })
}

/** What the screen answered to this question; null: nothing yet. */
export function customerAnswer(asked: string): { width: number; height: number } | null {
  const read = customerHeard.safeParse(keptShared(HEARD))
  return read.success && read.data.asked === asked ? read.data : null
}
