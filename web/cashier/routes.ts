import { filterIn, type ListFilter, queryOf } from './receipts/filter.ts'
import { type TradePlace, tradePlace } from './trade/period.ts'

/** A screen and what it needs; the address after «#» says which. */
export type Route =
  | { at: 'menu' | 'facts' | 'close-shift' | 'x-report' | 'z-report' | 'settings' }
  | { at: 'maintenance' | 'correction' | 'cards' | 'first-steps' | 'backups' }
  | { at: 'stock' }
  | { at: 'receipts'; filter: ListFilter }
  /** `list`: what the list was asked that it was opened from, to go back to. */
  | { at: 'receipt'; id: string; list: string }
  | { at: 'trade'; place: TradePlace }
  | { at: 'goods'; id: number }
  | { at: 'new-goods'; code: string }
  | { at: 'people' | 'new-person' | 'new-role' | 'own-pin' | 'acts' | 'equipment' | 'receipt-form' }
  | { at: 'discounts' | 'store' | 'support' }
  | { at: 'person' | 'role'; name: string }
  /** Empty: no file was chosen yet. */
  | { at: 'import'; id: string }
  | { at: 'sale'; step: SaleStep }
  | { at: 'deposit' | 'withdrawal'; sum: string }
  | { at: 'done' | 'refund'; id: string }

const payingSteps = ['means', 'cash', 'card', 'mixed', 'other'] as const
type SaleStep = 'goods' | (typeof payingSteps)[number]

/** The screen of an address; the main menu when the address says nothing. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.split('?', 2)
  const [at = '', rest = '', more = '', last = ''] = path.replace(/^#\/?/, '').split('/')
  switch (at) {
    case 'sale':
      return { at, step: payingSteps.find((step) => step === rest) ?? 'goods' }
    case 'deposit':
    case 'withdrawal':
      return { at, sum: rest }
    case 'done':
      return { at, id: rest }
    case 'receipts':
      if (rest === '') return { at, filter: filterIn(query) }
      if (more === 'refund') return { at: 'refund', id: rest }
      return { at: 'receipt', id: rest, list: queryOf(filterIn(query)) }
    case 'settings':
      if (rest === 'goods') return stockRoute(more, last)
      if (rest === 'people') return more === 'new' ? { at: 'new-person' } : personRoute(more)
      if (rest === 'roles') return more === 'new' ? { at: 'new-role' } : roleRoute(more)
      if (rest === 'pin') return { at: 'own-pin' }
      if (rest === 'acts' || rest === 'equipment' || rest === 'backups') return { at: rest }
      if (rest === 'discounts' || rest === 'store' || rest === 'support') return { at: rest }
      if (rest === 'receipt') return { at: 'receipt-form' }
      return rest === 'maintenance' || rest === 'correction' ? { at: rest } : { at }
    case 'trade':
      return { at, place: tradePlace(rest, more) }
    case 'cards':
    case 'first-steps':
    case 'facts':
    case 'close-shift':
    case 'x-report':
    case 'z-report':
      return { at }
    default:
      return { at: 'menu' }
  }
}

function stockRoute(which: string, code: string): Route {
  if (which === 'import') return { at: 'import', id: decoded(code) }
  if (which === 'new') return { at: 'new-goods', code: decoded(code) }
  return /^[1-9]\d{0,9}$/.test(which) ? { at: 'goods', id: Number(which) } : { at: 'stock' }
}

const personRoute = (name: string): Route =>
  name === '' ? { at: 'people' } : { at: 'person', name: decoded(name) }

const roleRoute = (name: string): Route =>
  name === '' ? { at: 'people' } : { at: 'role', name: decoded(name) }

/** Whatever somebody typed there: an address that is no such text says nothing. */
const decoded = (text: string): string => new URLSearchParams(`text=${text}`).get('text') ?? ''
