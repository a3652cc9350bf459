import type { RegisterRight } from '../access/rights.ts'
import type { ListedKind } from '../document/kinds.ts'
import type { Kopecks } from '../money.ts'

/** What people do at the till that is written down for ever (K6); a sale stands in the receipts. */
export const shopActNames = [
  'signed-in',
  'signed-out',
  'sign-in-failed',
  'sign-in-locked',
  'right-refused',
  'first-administrator',
  'person-added',
  'person-changed',
  'person-disabled',
  'person-enabled',
  'pin-changed',
  'pin-failed',
  'role-added',
  'role-changed',
  'role-removed',
  'goods-added',
  'goods-changed',
  'goods-retired',
  'goods-restored',
  'goods-imported',
  'setting-changed',
  'printer-tried',
  'scale-tried',
  'terminal-tried',
  'receipt-granted',
  'right-lent',
  'discounted',
  'sold-again',
  'begun',
  'corrected',
  'cash-counted',
  'device-replaced',
  'continued',
  'gave-up',
  'confirmed',
  'denied',
  'cancelled',
  'dismissed',
  'noticed',
  'journal-exported',
  'support-gathered',
  'backup-made',
  'backup-failed',
  'backup-returned',
  'update-wanted',
] as const
export type ShopActName = (typeof shopActNames)[number]

/** What of goods was changed; the name first: it is what new ones are called in the journal. */
export const goodsActFields = [
  'name',
  'price',
  'codes',
  'group',
  'unit',
  'vat',
  'favourite',
  'marking',
  'colour',
  'picture',
] as const

/** What of something was changed. */
export const shopActFields = [
  'role',
  'pin',
  'rights',
  'discountPercent',
  ...goodsActFields,
  'clearing',
  'paperLanguage',
  'cashCount',
  'blindCount',
  'electronicReceipt',
  'device',
  'firstSteps',
  'backupFolder',
  'memory',
  'lostOperations',
  'printer',
  'columns',
  'codePage',
  'drawer',
  'cut',
  'header',
  'footer',
  'discounts',
  'scale',
  'autoUpdate',
] as const
export type ShopActField = (typeof shopActFields)[number]

/** A secret that was changed is told without what it was and is. */
export type ShopActValue = string | number | boolean | readonly string[] | null
export type ShopActChange = { field: ShopActField; from: ShopActValue; to: ShopActValue }

/** One flat bag, each fact where there is something to say of it; never a secret. */
export type ShopActFacts = {
  /** A person, a role, goods, somebody who tried to sign in: what is called by it. */
  subject?: string | undefined
  /** Of the operation. */
  operation?: string | undefined
  kind?: ListedKind | undefined
  sum?: Kopecks | undefined
  right?: RegisterRight | undefined
  changes?: readonly ShopActChange[] | undefined
  /** How it ended, by its code. */
  code?: string | undefined
  /** Rows of a file, by what became of them. */
  rows?: { new: number; changed: number; same: number } | undefined
  /** So many of them stand in this line: others like it came too fast to be written. */
  times?: number | undefined
}

export type ShopAct = {
  /** Who did it; null: nobody is known to have. */
  person: string | null
  what: ShopActName
  facts: ShopActFacts
}

/** What of `before` is another in `after`, in the order of `fields`. */
export const changesBetween = <F extends ShopActField>(
  before: Readonly<Record<F, ShopActValue>>,
  after: Readonly<Record<F, ShopActValue>>,
  fields: readonly F[],
): ShopActChange[] =>
  fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }))

/** The words by which a text is found: without case, marks and the dots of \u0451. */
export const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** All that an act is found by, beside its name and its day. */
export function wordsOfAct({ person, facts }: ShopAct): string[] {
  const { subject, kind: _, changes = [], code, operation } = facts
  const values = changes.flatMap(({ from, to }) => [from, to]).flat()
  const texts = [person, subject, code, operation, ...values]
  return [
    ...new Set(texts.filter((text) => typeof text === 'string').flatMap((text) => wordsIn(text))),
  ]
}
