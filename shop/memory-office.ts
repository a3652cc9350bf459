import { done, type Handlers, refused } from '#core/api/contract.ts'
import { officeApi } from '#core/api/office.ts'
import { isSigned, LEASE_MS, type SignedLease, signLease } from '#core/billing/lease.ts'
import { type Entry, postingsOf } from '#core/billing/ledger.ts'
import {
  accountToldOf,
  type BillingFacts,
  billingStateOf,
  currentRun,
} from '#core/billing/state.ts'
import {
  begun,
  type Due,
  isCurrent,
  lastRuns,
  newRun,
  paidOn,
  paidUntil,
  renewals,
  resumptions,
  type Subscription,
  type Terms,
} from '#core/billing/subscription.ts'
import {
  type JournalPlace,
  type TillReport,
  type TillWord,
  tillReportText,
} from '#core/card/till-report.ts'
import { type Kopecks, kopecks } from '#core/money.ts'
import { minskDay } from '#core/time.ts'
import { isSignedBy } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import { servePublic } from '#services/runtime/serve.ts'
import { believesOperator, operatorKey } from './enrolment.ts'
import type { Row } from './process.ts'
import type { Served } from './wire.ts'

/** One client with one till, as the office's books have it. */
export type OfficeBooks = {
  serial: string
  /** No longer a till of the office's. */
  isRetired: boolean
  contract: { unp: string; account: string; isInForce: boolean }
  required: string | null
  entries: Entry[]
  charges: { run: number; k: number }[]
  subscriptions: Subscription[]
  /** Of the last lease. */
  counter: number
  /** Own leases above all that were signed. */
  forgotten: SignedLease[]
  /** The key that the till's reports are signed with; null: none was seen. */
  reportKey: string | null
  /** How far the till's journal was told. */
  journal: JournalPlace | null
  /** Its last word on each operation. */
  words: Record<string, TillWord>
}

export const newOfficeBooks = (of: { serial: string; unp: string; account: string }) =>
  ({
    serial: of.serial,
    isRetired: false,
    contract: { unp: of.unp, account: of.account, isInForce: true },
    required: null,
    entries: [],
    charges: [],
    subscriptions: [],
    counter: 0,
    forgotten: [],
    reportKey: null,
    journal: null,
    words: {},
  }) satisfies OfficeBooks as OfficeBooks

/** A copy of what an office keeps, as a backup of its database would be. */
export const copyOfBooks = (books: OfficeBooks): OfficeBooks => structuredClone(books)

/** What the client may still spend, as the entries come to. */
export const balanceIn = ({ entries, contract }: OfficeBooks): Kopecks =>
  kopecks(
    entries
      .flatMap(({ postings }) => postings)
      .filter(({ account }) => account === `client:${contract.account}`)
      .reduce((total, { sum }) => total + sum, 0),
  )

function enter(
  { entries, contract: { account: client } }: OfficeBooks,
  { kind, sum, at }: { kind: 'payment' | 'payout' | 'charge'; sum: Kopecks; at: number },
): void {
  entries.push({ kind, at, postings: postingsOf(kind, { client, sum }) })
}

/** Staff write down what came in or went back. False: there are no funds. */
export function enterMoney(
  books: OfficeBooks,
  { kind, sum, now }: { kind: 'payment' | 'payout'; sum: Kopecks; now: number },
): boolean {
  settle(books, now)
  if (kind === 'payout' && balanceIn(books) < sum) return false
  enter(books, { kind, sum, at: now })
  settle(books, now)
  return true
}

/** Staff begin a subscription; its first period is charged. False: one is there, or no funds. */
export function subscribe(
  books: OfficeBooks,
  { terms, renews, now }: { terms: Terms; renews: boolean; now: number },
): boolean {
  settle(books, now)
  const [last] = lastRuns(books.subscriptions)
  if ((last && isCurrent(last)) || balanceIn(books) < terms.price) return false
  const today = minskDay(now)
  const until = last ? paidUntil(last) : today
  const anchor = until > today ? until : today
  const before = { serial: books.serial, run: last?.run ?? 0, renews }
  takeDue(books, begun(newRun(before, { terms, anchor }), terms.price), now)
  return true
}

/** Charges what fell due, and begins anew what lapsed for want of money that is there now. */
export function settle(books: OfficeBooks, now: number): void {
  const today = minskDay(now)
  const held = () => ({ balance: balanceIn(books), subscriptions: books.subscriptions })
  takeDue(books, renewals(held(), today).due, now)
  takeDue(books, resumptions(held(), today), now)
}

function takeDue(books: OfficeBooks, due: readonly Due[], at: number): void {
  for (const each of due) {
    const { subscription } = each
    const isCharged = each.is === 'charged'
    if (isCharged) {
      enter(books, { kind: 'charge', sum: each.sum, at })
      books.charges.push({ run: subscription.run, k: each.k })
    }
    const stands = isCharged ? paidOn(each) : subscription
    books.subscriptions = [
      ...books.subscriptions.filter(({ run }) => run !== subscription.run),
      stands,
    ]
  }
}

/**
 * The office in memory: real contract and decisions, with plain books in place of PostgreSQL.
 * `memory-office.test.ts` holds it equal to the real one.
 */
export const memoryOffice = (now: () => number, books: OfficeBooks): Row<OfficeBooks, Served> => ({
  disk: books,
  start: (_, kept) => ({ app: servePublic(officeApi, handlers(kept, now), { log: silentLog }) }),
})

function handlers(books: OfficeBooks, clock: () => number): Handlers<typeof officeApi, null> {
  return {
    report: async ({ report, key, signature }) => takeReport(books, report, { key, signature }),
    keyChanges: async () => done({ changes: [] }),
    lease: async ({ nonce, held, serial, unp, version }) => {
      const now = clock()
      const { contract, required, isRetired } = books
      settle(books, now)
      const isKnown = serial === books.serial && !isRetired
      const facts: BillingFacts = {
        today: minskDay(now),
        unp,
        version,
        serial,
        equipment: isKnown ? { contract } : null,
        holdings: { balance: balanceIn(books), subscriptions: books.subscriptions },
        required,
      }
      const shown = held && isSigned(held, believesOperator) ? held : null
      note(books, shown)
      const current = currentRun(facts.holdings, serial)
      const account = accountToldOf(facts)
      const lease = {
        says: 'lease',
        serial,
        unp,
        state: billingStateOf(facts),
        account,
        endsOn: account !== null && current ? paidUntil(current) : null,
        issued: now,
        until: now + LEASE_MS,
        counter: books.counter,
        nonce,
      } as const
      return done(signLease(lease, operatorKey))
    },
  }
}

function takeReport(
  books: OfficeBooks,
  report: TillReport,
  { key, signature }: { key: string; signature: string },
) {
  const { serial, contract, isRetired, reportKey } = books
  const isOurs = report.serial === serial && !isRetired && report.unp === contract.unp
  const isSigned = isSignedBy(key, tillReportText(report), signature)
  if (!isOurs || !isSigned || (reportKey !== null && reportKey !== key)) {
    return refused('report.unproven')
  }
  books.reportKey = key
  const { after, upTo, words } = report
  const taken = upTo
    ? books.journal?.seq === after?.seq && books.journal?.hash === after?.hash
    : books.journal === null
  if (taken) {
    books.journal = upTo
    for (const word of words) books.words[word.operation] = word
  }
  return done({ taken, held: books.journal })
}

/** V3: an own lease above all that were signed is evidence; the counter goes on above it. */
function note(books: OfficeBooks, shown: SignedLease | null): void {
  const next = books.counter + 1
  if (!shown || next > shown.lease.counter) {
    books.counter = next
    return
  }
  books.counter = shown.lease.counter + 1
  const isNews = !books.forgotten.some(({ lease }) => lease.counter === shown.lease.counter)
  if (isNews) books.forgotten.push(shown)
}
