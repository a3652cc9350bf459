import type { Rung } from '#core/access/receipt.ts'
import {
  type Answer,
  done,
  type Invalid,
  invalid,
  type Refused,
  type Reply,
  refused,
} from '#core/api/contract.ts'
import type { OperationRequest } from '#core/api/operation-request.ts'
import type { Goods, registerApi } from '#core/api/register.ts'
import { marksNeeded, readSi, readUkz, type UnitMark, unitsOf } from '#core/document/mark.ts'
import { standingOfUnit, type UnitStanding } from '#core/register/unit.ts'
import type { GoodsCatalogue } from '../catalogue/goods.ts'
import type { Register } from '../register.ts'

type Scanned = { si: string | null; ukz: string | null }
type At = { goods: GoodsCatalogue; field: string; of: number | null }

/** A mark in the form that is signed, or what is wrong with it; `of`: the goods it should be of. */
export function unitMarkOf({ si, ukz }: Scanned, { goods, field, of }: At): UnitMark | Invalid {
  const read = si === null ? null : readSi(si)
  if (read && 'fault' in read) return invalid(`${field}.si`, read.fault)
  const paper = ukz === null ? null : readUkz(ukz)
  if (paper && 'fault' in paper) return invalid(`${field}.ukz`, paper.fault)
  if (!read && !paper) return invalid(field, 'mark-missing')
  const named = read && goods.byCode(read.gtin)?.goods
  if (read && of !== null && named?.id !== of) {
    return invalid(`${field}.si`, 'mark-of-other-goods', named ? { name: named.name } : {})
  }
  return { si: read?.code ?? null, ukz: paper?.code ?? null }
}

/** A line as it would be sold; `goods`: what it is of, null: nothing that the catalogue knows. */
export type RungUp = Rung & { goods: Goods | null }

type Turned = Refused<'mark.held' | 'mark.parked' | 'mark.sold'> | Invalid
type Shop = Pick<Register, 'store' | 'parked' | 'goods' | 'settings'>

/** What of a sale's marked units keeps it from being begun; null: nothing does. */
export function judgeUnits(
  shop: Shop,
  { id, lines = [] }: OperationRequest,
  rung: readonly RungUp[],
): Turned | null {
  const scope = shop.settings.marking()
  const seen = new Set<string>()
  for (const [place, { line, goods }] of rung.entries()) {
    const field = `lines.${place}.mark`
    const { mark, name } = line
    const needed = marksNeeded(goods?.marking ?? 'none', scope)
    const lacks = (needed.si && !mark?.si) || (needed.ukz && !mark?.ukz)
    if (lacks) return invalid(field, 'mark-missing', { name, line: place })
    if (!mark) continue
    if (line.quantity !== ONE_UNIT) {
      return invalid(`lines.${place}.quantity`, 'mark-one-unit', { name, line: place })
    }
    const units = unitsOf(mark)
    if (units.some((unit) => seen.has(unit))) {
      return invalid(field, 'mark-twice', { name, line: place })
    }
    for (const unit of units) seen.add(unit)
    const standing = standingNow(shop, mark, id)
    const turned =
      turnedBy(standing, name) ??
      parkedWith(shop, mark, { id, name }) ??
      (standing.is === 'sold' && lines[place]?.resold !== true ? soldBefore(standing, name) : null)
    if (turned) return turned
  }
  return null
}

const ONE_UNIT = 1000

const standingNow = ({ store }: Pick<Shop, 'store'>, mark: UnitMark, but: string | undefined) =>
  standingOfUnit(
    mark,
    store
      .salesOfUnit(mark)
      .filter(({ id }) => id !== but)
      .map((sale) => ({ sale, undone: store.undoing(sale.id) })),
  )

function turnedBy(standing: UnitStanding, name: string): Refused<'mark.held'> | null {
  if (standing.is !== 'held') return null
  const { id: operation, kind, sum } = standing.sale
  return refused('mark.held', { name, kind, sum }, { operation })
}

/** A unit that was put aside is in that receipt: another one would sell it twice. */
function parkedWith(
  { parked }: Pick<Shop, 'parked'>,
  mark: UnitMark,
  { id, name }: { id: string | undefined; name: string },
): Refused<'mark.parked'> | null {
  const found = parked.withUnit(mark)
  if (!found || found.id === id) return null
  const { at, name: said } = found
  return refused('mark.parked', said === null ? { name, at } : { name, at, said })
}

function soldBefore(
  { sale }: Extract<UnitStanding, { is: 'held' | 'sold' }>,
  name: string,
): Refused<'mark.sold'> {
  const number = sale.signed?.document.number ?? sale.claim?.number
  return refused('mark.sold', { name, number, at: sale.begunAt }, { operation: sale.id })
}

type Asked = { mark: Scanned; goods?: number | undefined; sale?: string | undefined }

/** What a scanned mark is, and where its unit is by now. */
export function readUnit(
  shop: Shop,
  { mark: scanned, goods: of, sale }: Asked,
): Answer<Reply<(typeof registerApi)['unit']>, 'mark.held' | 'mark.parked'> {
  const { goods } = shop
  const mark = unitMarkOf(scanned, { goods, field: 'mark', of: of ?? null })
  if ('kind' in mark) return mark
  const name = (of === undefined ? null : goods.one(of)?.name) ?? mark.si ?? mark.ukz ?? ''
  const standing = standingNow(shop, mark, sale)
  const turned = turnedBy(standing, name) ?? parkedWith(shop, mark, { id: sale, name })
  if (turned) return turned
  if (standing.is !== 'sold') return done({ mark, sold: null })
  const { id: operation, signed, claim, begunAt } = standing.sale
  const number = signed?.document.number ?? claim?.number ?? null
  return done({ mark, sold: { operation, number, at: signed?.document.at ?? begunAt } })
}
