import type { RegisterRight } from '../access/rights.ts'

/** What a fiscal document of each kind is and does; everything else asks this table. */
type Row = {
  /** What its cash part does to the drawer. */
  drawer: 1 | -1 | 0
  /** Has lines and means of payment. */
  goods: boolean
  /** Needs the shift to be open, closed. */
  shift: 'open' | 'closed'
  /** Who may make one (R26). */
  right: RegisterRight
}

export const kinds = {
  'shift-opening': { drawer: 0, goods: false, shift: 'closed', right: 'shift' },
  sale: { drawer: 1, goods: true, shift: 'open', right: 'sale' },
  refund: { drawer: -1, goods: true, shift: 'open', right: 'refund' },
  annulment: { drawer: -1, goods: true, shift: 'open', right: 'annul' },
  deposit: { drawer: 1, goods: false, shift: 'open', right: 'cash.move' },
  withdrawal: { drawer: -1, goods: false, shift: 'open', right: 'cash.move' },
  'shift-closing': { drawer: 0, goods: false, shift: 'open', right: 'shift' },
} as const satisfies Record<string, Row>

export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]]

export const rightOfKind = Object.fromEntries(
  kindNames.map((kind) => [kind, kinds[kind].right]),
) as Record<Kind, RegisterRight>

/** What stands in «Список чеков»: the correction is a receipt there, but no fiscal document. */
export type ListedKind = Kind | 'correction'
export const listedKinds: readonly ListedKind[] = [...kindNames, 'correction']

/** Means of payment of a document; `other` is a certificate, an advance and the like. */
export const means = ['cash', 'card', 'other'] as const
export type Means = (typeof means)[number]

/** VAT rates in per cent; null is «без НДС», which is not 0 %. */
export const vatRates = [0, 10, 20, 25] as const
export type VatRate = (typeof vatRates)[number] | null
