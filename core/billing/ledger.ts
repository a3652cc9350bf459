import { add, type Kopecks, kopecks, negate } from '../money.ts'
import type { Moment } from '../time.ts'

// Double entry: every entry's postings come to zero, so that no kopeck appears or disappears. A
// personal account holds what its client may still spend; `bank` and `sales` stand against it.

/** `client:NUMBER`, the money that came in, or what was earned. */
export type LedgerAccount = `client:${string}` | 'bank' | 'sales'
export type LedgerPosting = { account: LedgerAccount; sum: Kopecks }

/**
 * `payment`: money came in. `payout`: it went back. `charge`: a period was paid for. `credit`: what
 * was paid for days that are not used. `undoing`: the opposite of an entry.
 */
export const entryKinds = ['payment', 'payout', 'charge', 'credit', 'undoing'] as const
export type EntryKind = (typeof entryKinds)[number]
export type Entry = { kind: EntryKind; at: Moment; postings: readonly LedgerPosting[] }

export const clientAccount = (number: string): LedgerAccount => `client:${number}`

/** Moves a sum > 0 from one account to another. */
export const transfer = (sum: Kopecks, from: LedgerAccount, to: LedgerAccount): LedgerPosting[] => [
  { account: from, sum: negate(sum) },
  { account: to, sum },
]

/** What each kind of entry does to a client's account. */
export function postingsOf(
  kind: Exclude<EntryKind, 'undoing'>,
  { client, sum }: { client: string; sum: Kopecks },
): LedgerPosting[] {
  const own = clientAccount(client)
  switch (kind) {
    case 'payment':
      return transfer(sum, 'bank', own)
    case 'payout':
      return transfer(sum, own, 'bank')
    case 'charge':
      return transfer(sum, own, 'sales')
    case 'credit':
      return transfer(sum, 'sales', own)
    default:
      return kind satisfies never
  }
}

/** The counter-entry: the only way in which an entry is undone. */
export const oppositeOf = (postings: readonly LedgerPosting[]): LedgerPosting[] =>
  postings.map(({ account, sum }) => ({ account, sum: negate(sum) }))

export const balanceOf = (entries: readonly Entry[], account: LedgerAccount): Kopecks =>
  add(
    ...entries.flatMap(({ postings }) => postings.filter((p) => p.account === account).map(sumOf)),
  )

const sumOf = ({ sum }: LedgerPosting): Kopecks => sum

/** Zero for every entry that was ever made. */
export const imbalance = ({ postings }: Pick<Entry, 'postings'>): Kopecks =>
  kopecks(postings.reduce((total, { sum }) => total + sum, 0))
