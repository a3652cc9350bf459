import type { FiscalDocument } from '../document/document.ts'
import { type Kopecks, kopecks, ZERO } from '../money.ts'

/**
 * The ledger's accounts. `drawer` is the cash that the register holds by its own books; `carried`
 * what lies there too and was a replaced device's, until it is deposited at the new one.
 */
export const accounts = [
  'drawer',
  'bank',
  'other',
  'trade',
  'safe',
  'correction',
  'carried',
] as const
export type Account = (typeof accounts)[number]
export type Posting = { account: Account; amount: Kopecks }

/**
 * The postings of a document: double entry, they add up to zero. Money handed over and change are
 * two postings, so that the drawer can be explained coin by coin.
 */
export function postings({
  kind,
  settlement,
  sum,
}: Pick<FiscalDocument, 'kind' | 'settlement' | 'sum'>): Posting[] {
  const { cash, card, other, change } = settlement
  switch (kind) {
    case 'sale':
      return entries(
        ['drawer', cash],
        ['drawer', -change],
        ['bank', card],
        ['other', other],
        ['trade', -sum],
      )
    case 'refund':
    case 'annulment':
      return entries(['drawer', -cash], ['bank', -card], ['other', -other], ['trade', sum])
    case 'deposit':
      return entries(['drawer', sum], ['safe', -sum])
    case 'withdrawal':
      return entries(['drawer', -sum], ['safe', sum])
    case 'shift-opening':
    case 'shift-closing':
      return []
    default:
      return kind satisfies never
  }
}

const entries = (...rows: [Account, number][]): Posting[] =>
  rows
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account, amount: kopecks(amount) }))

export type Balances = Record<Account, Kopecks>
export const noBalances = (): Balances => ({
  drawer: ZERO,
  bank: ZERO,
  other: ZERO,
  trade: ZERO,
  safe: ZERO,
  correction: ZERO,
  carried: ZERO,
})

/** What is on the accounts after the postings. */
export function post(balances: Balances, rows: readonly Posting[]): Balances {
  const next = { ...balances }
  for (const { account, amount } of rows) next[account] = kopecks(next[account] + amount)
  return next
}
