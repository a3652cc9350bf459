import {
  type Grant,
  type Lack,
  lacksBeside,
  lacksOf,
  type Receipt,
  type Rung,
} from '#core/access/receipt.ts'
import {
  type Answer,
  done,
  type Invalid,
  invalid,
  type Refused,
  refused,
} from '#core/api/contract.ts'
import type { Facts, Reason } from '#core/api/facts.ts'
import type { GrantRequest, LineRequest, ReceiptRequest } from '#core/api/operation-request.ts'
import { type Line, totals } from '#core/document/totals.ts'
import { type Kopecks, ZERO } from '#core/money.ts'
import { SECOND } from '#core/time.ts'
import { isWhole } from '#core/units.ts'
import type { SignInPlace } from '#services/runtime/guesses.ts'
import { newToken } from '#services/runtime/secret.ts'
import type { Coded, GoodsCatalogue } from '../catalogue/goods.ts'
import type { People, Person } from '../catalogue/people.ts'
import type { RegisterStore } from '../memory/store.ts'
import { type RungUp, unitMarkOf } from './units.ts'

type Shop = { store: RegisterStore; goods: GoodsCatalogue; people: People; now: () => number }
type Refusal = Refused<'right.required' | 'grant.void'>

/** The lines of a request as they would be sold: the catalogue fills in what they leave out. */
export function ringUp(shop: Shop, lines: readonly LineRequest[]): RungUp[] | Invalid {
  const rung: RungUp[] = []
  for (const [place, line] of lines.entries()) {
    const found = findGoods(shop.goods, line, place)
    if (found && 'kind' in found) return found
    const one = ringUpLine(shop, { line, known: found, place })
    if ('kind' in one) return one
    rung.push(one)
  }
  return rung
}

const at = (place: number, field: string): string => `lines.${place}.${field}`

/** What the line is of; null: nothing that the catalogue knows. */
function findGoods(
  goods: GoodsCatalogue,
  { goods: id, code, quantity }: LineRequest,
  place: number,
) {
  const coded = code === undefined ? null : goods.byCode(code)
  const known = id === undefined ? (coded?.goods ?? null) : goods.one(id)
  if (id !== undefined && !known) return invalid(at(place, 'goods'), 'goods-unknown')
  if (id !== undefined && code !== undefined && coded?.goods.id !== id) {
    return invalid(at(place, 'code'), 'code-of-other-goods')
  }
  if (coded?.isLabel && coded.quantity !== quantity) return otherWeight(coded, place)
  if (known && isWhole(known.unit) && quantity % PIECE !== 0) {
    return invalid(at(place, 'quantity'), 'whole-pieces')
  }
  return known
}

const PIECE = 1000

const otherWeight = ({ quantity }: Coded, place: number): Invalid =>
  invalid(at(place, 'quantity'), 'label-weight', { limit: quantity })

type Found = { line: LineRequest; known: ReturnType<GoodsCatalogue['one']>; place: number }

function ringUpLine(shop: Shop, { line, known, place }: Found): RungUp | Invalid {
  const name = line.name ?? known?.name
  const price = line.price ?? known?.price
  if (name === undefined) return missing(place, 'name', line.code)
  if (price === undefined) return missing(place, 'price', line.code)
  const { quantity, discount = ZERO, markup = ZERO } = line
  // Goods are sold under their own code, whatever was scanned or typed for it.
  const code = known ? known.code : (line.code ?? null)
  const vat = line.vat !== undefined ? line.vat : (known?.vat ?? null)
  const sold: Line = { name, price, quantity, code, discount, markup, vat }
  if (line.mark) {
    const where = { goods: shop.goods, field: at(place, 'mark'), of: known?.id ?? null }
    const mark = unitMarkOf(line.mark, where)
    if ('kind' in mark) return mark
    sold.mark = mark
  }
  return {
    line: sold,
    known: known && { name: known.name, vat: known.vat, prices: pricesOf(shop, known, price) },
    goods: known,
  }
}

const missing = (place: number, field: 'name' | 'price', code: string | undefined): Invalid =>
  code === undefined
    ? invalid(at(place, field), `${field}-missing`)
    : invalid(at(place, field), 'goods-code-unknown', { code })

/** R27: prices that the goods had while the receipt may have been rung up, a shift back at most. */
function pricesOf(
  { store, goods, now }: Shop,
  { id, price }: NonNullable<ReturnType<GoodsCatalogue['one']>>,
  wanted: Kopecks,
): readonly Kopecks[] {
  if (wanted === price) return [price]
  const { shift } = store.ledger()
  if (!shift) return goods.pricesSince(id, now())
  return goods.pricesSince(id, store.shiftOpenedAt(shift.shift - 1) ?? shift.openedAt)
}

/** A receipt as it was asked for, and the grant that it names. */
type Asked = { rung: readonly Rung[]; discount: Kopecks; markup: Kopecks; grant: string | null }

export const askedOf = (rung: readonly Rung[], request: Omit<ReceiptRequest, 'lines'>): Asked => ({
  rung,
  discount: request.discount ?? ZERO,
  markup: request.markup ?? ZERO,
  grant: request.grant ?? null,
})

const receiptOf = ({ rung, discount, markup }: Asked): Receipt => ({
  lines: rung.map(({ line }) => line),
  discount,
  markup,
})

/**
 * Refuses what of a receipt the person has no right to (R26, R27), by the first such line; null:
 * nothing. A grant stands in for rights that she has not, once, in the shift it was given in, as
 * far as whoever gave it has them still.
 * `operation`: the one that is begun with it. Sums that make no receipt are refused elsewhere.
 */
export function refuseByRight(
  shop: Shop,
  asked: Asked,
  { person, operation }: { person: Person; operation: string | null },
): Refusal | null {
  const { store, people } = shop
  const receipt = receiptOf(asked)
  const sums = totals(receipt)
  if ('fault' in sums) return null
  const { discount, markup } = receipt
  const lacks = lacksOf(asked.rung, { discount, markup, totals: sums }, person)
  const [lack] = lacks
  if (!lack) return null
  if (asked.grant === null) return wanting(people, lack)
  const granted = validGrant(store, asked.grant, operation)
  if (!granted) return refused('grant.void')
  const by = people.list().find(({ name }) => name === granted.person) ?? NOBODY
  const hers = lacksOf(asked.rung, { discount, markup, totals: sums }, by)
  const beside = lacksBeside(lacks, receipt, granted.receipt)
  const left = lacks.find((lack) => beside.includes(lack) || isLackOf(hers, lack))
  return left ? wanting(people, left) : null
}

/** Whoever let the receipt pass is gone, or is not here any more. */
const NOBODY = { rights: [], discountPercent: 0 }

/** A right that she has not herself, by now, passes by nobody's leave of hers. */
const isLackOf = (hers: readonly Lack[], { right, place }: Lack): boolean =>
  hers.some(
    (each) =>
      each.right === right && (each.place === place || each.place === null || place === null),
  )

const reasons = {
  'price.change': 'other-price',
  'price.free': 'not-in-catalogue',
  discount: 'over-limit',
} as const satisfies Record<Lack['right'], Reason>

function wanting(people: People, lack: Lack): Refused<'right.required'> {
  const { right, place, line, limit } = lack
  const facts: Facts = { right, holders: people.holders(right, limit), reason: reasons[right] }
  if (right === 'discount') facts.limit = limit
  if (place === null || line === null) return refused('right.required', facts)
  const field = { field: `lines.${place}` }
  return refused(
    'right.required',
    { ...facts, line: place, name: line.name, sum: line.price },
    field,
  )
}

/** A grant of this shift that has served no other operation with an end. */
function validGrant(store: RegisterStore, id: string, operation: string | null): Grant | null {
  const grant = store.grant(id)
  if (!grant || grant.shift !== store.ledger().shift?.shift) return null
  const { operation: bound = null } = grant
  if (bound === null || bound === operation) return grant
  const served = store.operation(bound)?.state.is
  return served === 'failed' || served === 'cancelled' ? grant : null
}

type Granted = Answer<
  { grant: string },
  | 'right.required'
  | 'grant.void'
  | 'shift.closed'
  | 'pin.wrong'
  | 'pin.locked'
  | 'server.busy'
  | 'receipt.sold'
>

/** Who asks, and where a person is who gives her PIN there. */
type Asking = { asker: Person; placeOf: (user: string) => SignInPlace }

/**
 * Lets a receipt pass as it stands: by the asker's own rights whoever sells it in this shift (D6),
 * by those of a second person, who gives her PIN on the spot, for the one operation (N10).
 */
export async function askForGrant(
  shop: Shop,
  { by, ...request }: GrantRequest,
  { asker, placeOf }: Asking,
): Promise<Granted> {
  if (!by) return grantReceipt(shop, request, { person: asker })
  const { operation, user, pin } = by
  const checked = await shop.people.check(user, pin, placeOf(user))
  switch (checked.kind) {
    case 'wrong':
      return refused('pin.wrong')
    case 'locked':
      return refused('pin.locked', { waitMs: checked.waitMs })
    case 'busy':
      return refused('server.busy', { waitMs: SECOND })
    case 'right': {
      const begun = shop.store.operation(operation)?.state.is
      if (begun && begun !== 'failed' && begun !== 'cancelled') {
        return refused('receipt.sold', {}, { operation })
      }
      const { person } = checked
      return grantReceipt(shop, request, { person, operation, asker: asker.user })
    }
    default:
      return checked satisfies never
  }
}

type Granting = { person: Person; operation?: string; asker?: string }

function grantReceipt(
  shop: Shop,
  request: ReceiptRequest,
  { person, operation, asker }: Granting,
): Granted {
  const { store } = shop
  const rung = ringUp(shop, request.lines)
  if ('kind' in rung) return rung
  // What she may herself, and nothing by another's leave: that would serve again and again.
  const asked = Object.assign(askedOf(rung, request), { grant: null })
  const receipt = receiptOf(asked)
  const sums = totals(receipt)
  if ('fault' in sums) return invalid('lines', 'not-sold', { fault: sums.fault })
  const { shift } = store.ledger()
  if (!shift) return refused('shift.closed')
  const refusal = refuseByRight(shop, asked, { person, operation: operation ?? null })
  if (refusal) return refusal
  const id = newToken()
  const grant: Grant = { id, person: person.user, shift: shift.shift, receipt }
  store.keepGrant(operation === undefined ? grant : Object.assign(grant, { operation, asker }))
  return done({ grant: id })
}
