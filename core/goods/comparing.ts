import { codeKey } from '../document/barcode.ts'
import type { VatRate } from '../document/kinds.ts'
import type { Marking } from '../document/mark.ts'
import type { Kopecks } from '../money.ts'
import type { Unit } from '../units.ts'
import type { FileColumn } from './file-columns.ts'
import { type GoodsDraft, isDoubtfulCode, type RowFault } from './file-row.ts'
import type { TileColour } from './tile.ts'

/** What is kept of goods, as a form of theirs has it. */
export type GoodsFields = {
  name: string
  codes: string[]
  price: Kopecks
  vat: VatRate
  unit: Unit
  group: string
  favourite: boolean
  marking: Marking
  colour: TileColour | null
  picture: string | null
}
export type KeptGoods = GoodsFields & { id: number; isRetired: boolean }

/** The catalogue as it is asked: by number, by a code whatever zeros it has, by the whole name. */
export type AskedCatalogue = {
  byId: (id: number) => KeptGoods | null
  byCode: (code: string) => KeptGoods | null
  byName: (name: string) => KeptGoods[]
}
/** What new goods are where the file does not tell it. */
export type Unsaid = Pick<GoodsFields, 'group' | 'unit' | 'vat'>

export type Compared =
  | { is: 'new'; form: GoodsFields }
  | { is: 'changed'; form: GoodsFields; kept: KeptGoods }
  | { is: 'same' }
  | { is: 'bad'; faults: RowFault[] }

const MOST_CODES = 20

/**
 * Compares the rows of one file, in their order, with the catalogue. Goods are known by their
 * number, else by a code, else by a name; no row takes a code away, and none stands for goods that
 * another row stands for.
 */
export function openComparing(catalogue: AskedCatalogue, unsaid: Unsaid) {
  const lines = { ofCode: new Map<string, number>(), ofGoods: new Map<string, number>() }
  const known = (draft: GoodsDraft): Known => {
    if (draft.id !== undefined) {
      const kept = catalogue.byId(draft.id)
      if (kept) return isMeant(kept, draft) ? { kept } : stands('id', 'other-goods', kept)
    }
    const found = draft.codes.flatMap((code) => catalogue.byCode(code) ?? [])
    const [first] = found
    if (first && found.some(({ id }) => id !== first.id)) {
      return stands('codes', 'codes-of-two', first)
    }
    if (first) return { kept: first }
    if (draft.codes.length > 0 || draft.name === undefined) return { kept: null }
    const named = catalogue.byName(draft.name).filter(({ codes }) => codes.length === 0)
    const [only] = named
    return only && named.length > 1 ? stands('name', 'ambiguous', only) : { kept: only ?? null }
  }
  return (line: number, draft: GoodsDraft): Compared => {
    const rounded = draft.codes.find((code) => isDoubtfulCode(code) && !catalogue.byCode(code))
    if (rounded !== undefined) {
      return { is: 'bad', faults: [{ field: 'codes', fault: 'code-rounded', said: rounded }] }
    }
    const { fault, kept } = known(draft)
    if (fault) return { is: 'bad', faults: [fault] }
    const found =
      twiceIn(lines, line, { draft, kept }) ??
      (kept?.isRetired ? { field: 'name' as const, fault: 'retired' as const } : null) ??
      takenBy(catalogue, draft, kept)
    if (found) return { is: 'bad', faults: [found] }
    return kept ? changeOf(kept, draft) : newOf(draft, unsaid)
  }
}

type Known = { kept: KeptGoods | null; fault?: undefined } | { kept?: undefined; fault: RowFault }
const stands = (field: FileColumn, fault: RowFault['fault'], { name }: KeptGoods): Known => ({
  fault: { field, fault, name },
})

/** A number from the catalogue of another shop says nothing of this one's goods. */
const isMeant = (kept: KeptGoods, { name, codes }: GoodsDraft): boolean =>
  name === undefined || name === kept.name || codes.some((code) => has(kept, code))

const has = ({ codes }: Pick<GoodsFields, 'codes'>, code: string): boolean =>
  codes.some((each) => codeKey(each) === codeKey(code))

type Lines = { ofCode: Map<string, number>; ofGoods: Map<string, number> }

/** The row before that stands for the same goods, or for others with the same code. */
function twiceIn(
  { ofCode, ofGoods }: Lines,
  line: number,
  { draft, kept }: { draft: GoodsDraft; kept: KeptGoods | null },
): RowFault | null {
  const keys = draft.codes.map(codeKey)
  const before = keys.flatMap((key) => ofCode.get(key) ?? [])[0]
  if (before !== undefined) return { field: 'codes', fault: 'twice', line: before }
  // New goods without a code are known by nothing but their name.
  const goods = kept ? `${kept.id}` : draft.codes.length > 0 ? null : `name ${draft.name}`
  const same = goods === null ? undefined : ofGoods.get(goods)
  if (same !== undefined) return { field: 'name', fault: 'twice', line: same }
  for (const key of keys) ofCode.set(key, line)
  if (goods !== null) ofGoods.set(goods, line)
  return null
}

function takenBy(
  catalogue: AskedCatalogue,
  { codes }: GoodsDraft,
  kept: KeptGoods | null,
): RowFault | null {
  for (const code of codes) {
    const holder = catalogue.byCode(code)
    if (holder && holder.id !== kept?.id) {
      return { field: 'codes', fault: 'code-taken', said: code, name: holder.name }
    }
  }
  return null
}

function changeOf(kept: KeptGoods, draft: GoodsDraft): Compared {
  const codes = [...kept.codes, ...draft.codes.filter((code) => !has(kept, code))]
  if (codes.length > MOST_CODES) {
    return { is: 'bad', faults: [{ field: 'codes', fault: 'too-many-codes' }] }
  }
  const form: GoodsFields = {
    name: draft.name ?? kept.name,
    codes,
    price: draft.price ?? kept.price,
    vat: draft.vat === undefined ? kept.vat : draft.vat,
    unit: draft.unit ?? kept.unit,
    group: draft.group ?? kept.group,
    favourite: draft.favourite ?? kept.favourite,
    marking: draft.marking ?? kept.marking,
    colour: draft.colour === undefined ? kept.colour : draft.colour,
    picture: kept.picture,
  }
  return fieldsChanged(kept, form).length === 0 ? { is: 'same' } : { is: 'changed', form, kept }
}

/** What of goods is another than before. */
export const fieldsChanged = (before: GoodsFields, after: GoodsFields): GoodsField[] =>
  goodsFields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))

const goodsFields = [
  'name',
  'codes',
  'price',
  'vat',
  'unit',
  'group',
  'favourite',
  'marking',
  'colour',
] as const
type GoodsField = (typeof goodsFields)[number]

function newOf({ name, price, codes, ...said }: GoodsDraft, unsaid: Unsaid): Compared {
  const faults: RowFault[] = []
  if (name === undefined) faults.push({ field: 'name', fault: 'missing' })
  if (price === undefined) faults.push({ field: 'price', fault: 'missing' })
  if (name === undefined || price === undefined) return { is: 'bad', faults }
  const { group = unsaid.group, unit = unsaid.unit, favourite = false, marking = 'none' } = said
  const vat = said.vat === undefined ? unsaid.vat : said.vat
  const { colour = null } = said
  return {
    is: 'new',
    form: {
      name,
      codes: withoutTwins(codes),
      price,
      vat,
      unit,
      group,
      favourite,
      marking,
      colour,
      picture: null,
    },
  }
}

/** The same code with and without its zeros is one. */
const withoutTwins = (codes: readonly string[]): string[] =>
  codes.filter((code, at) => codes.findIndex((each) => codeKey(each) === codeKey(code)) === at)
