import type { RegisterRight } from '../access/rights.ts'

/** What a fiscal document of each kind is and does; everything else asks this table. */
type Row = {
  /** As it stands in «Список чеков». */
  title: string
  /** As it stands in «Операция … не завершена» (manual §3.1, R10). */
  genitive: string
  /** The heading on paper. */
  heading: string
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
  'shift-opening': {
    title: 'Открытие смены',
    genitive: 'открытия смены',
    heading: 'ОТКРЫТИЕ СМЕНЫ',
    drawer: 0,
    goods: false,
    shift: 'closed',
    right: 'shift',
  },
  sale: {
    title: 'Продажа',
    genitive: 'продажи',
    heading: 'ПЛАТЕЖНЫЙ ДОКУМЕНТ',
    drawer: 1,
    goods: true,
    shift: 'open',
    right: 'sale',
  },
  refund: {
    title: 'Возврат',
    genitive: 'возврата',
    heading: 'ВОЗВРАТ СРЕДСТВ ПЛАТЕЖА',
    drawer: -1,
    goods: true,
    shift: 'open',
    right: 'refund',
  },
  annulment: {
    title: 'Аннулирование',
    genitive: 'аннулирования',
    heading: 'АННУЛИРОВАНИЕ ОШИБОЧНО СФОРМИРОВАННОГО ПЛАТЕЖНОГО ДОКУМЕНТА',
    drawer: -1,
    goods: true,
    shift: 'open',
    right: 'annul',
  },
  deposit: {
    title: 'Внесение',
    genitive: 'внесения',
    heading: 'ДОКУМЕНТ ВНЕСЕНИЯ',
    drawer: 1,
    goods: false,
    shift: 'open',
    right: 'cash.move',
  },
  withdrawal: {
    title: 'Изъятие',
    genitive: 'изъятия',
    heading: 'ДОКУМЕНТ ИЗЪЯТИЯ',
    drawer: -1,
    goods: false,
    shift: 'open',
    right: 'cash.move',
  },
  'shift-closing': {
    title: 'Закрытие смены',
    genitive: 'закрытия смены',
    heading: 'СУТОЧНЫЙ (СМЕННЫЙ) Z-ОТЧЕТ',
    drawer: 0,
    goods: false,
    shift: 'open',
    right: 'shift',
  },
} as const satisfies Record<string, Row>

export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]]

export const rightOfKind = Object.fromEntries(
  kindNames.map((kind) => [kind, kinds[kind].right]),
) as Record<Kind, RegisterRight>

/** What stands in «Список чеков»: the correction is a receipt there, but no fiscal document. */
export type ListedKind = Kind | 'correction'
export const listedKinds: readonly ListedKind[] = [...kindNames, 'correction']
export const titleOf = (kind: ListedKind): string =>
  kind === 'correction' ? 'Аварийная коррекция' : kinds[kind].title

/** Means of payment of a document; `other` is a certificate, an advance and the like. */
export const means = { cash: 'Наличные', card: 'Карта', other: 'Иное' } as const
export type Means = keyof typeof means

/** VAT rates in per cent; null is «без НДС», which is not 0 %. */
export const vatRates = [0, 10, 20, 25] as const
export type VatRate = (typeof vatRates)[number] | null
