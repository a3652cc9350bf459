import type { BankReply } from '#core/card/answer.ts'
import { LISTING_PAGE } from '#core/card/answer.ts'
import {
  type DayTotals,
  dayByWire,
  differingTotals,
  totalsOf,
  wireDay,
} from '#core/card/business-day.ts'
import {
  authorise,
  type BookEntry,
  type Card,
  fateOf,
  type HostFacts,
  type HostTerminal,
  type HostVerdict,
  reverse,
} from '#core/card/host.ts'
import type { Financial, Listing, Reconciliation, Reversal, Sent } from '#core/card/request.ts'
import { rrnOf } from '#core/card/rrn.ts'
import type { OperationId } from '#core/id.ts'
import type { ActionCode } from '#core/iso8583/action-codes.ts'
import { maskPan } from '#core/iso8583/pan.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { keyedHash } from '#services/runtime/secret.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import * as store from './store.ts'

export type BookingPorts = {
  db: Postgres
  clock: Clock
  /** A number from 0 to 1, for approval codes. */
  chance: () => number
  /** Secret keys of the cards' hashes, and of what the terminals' keys lie under. */
  cardKey: string
  terminalKeys: string
}

/** What to answer, and how long the card's bank thinks before the answer goes out. */
export type Performed = { reply: BankReply; afterMs: number }

/** One transaction for each request: what is answered is committed. */
export function perform(ports: BookingPorts, sent: Sent): Promise<Performed> {
  return ports.db.transaction(async (sql) => {
    const { terminal, merchant } = sent.terminal
    const held = await store.lockTerminal(sql, terminal)
    // Neither booked nor anybody's outcome: the bank has no books for a terminal it does not serve.
    if (!held || held.merchant !== merchant) return answered({ code: '109' })
    const call: Call = { sql, ports, held, sent, now: ports.clock.now() }
    const { request } = sent
    switch (request.kind) {
      case 'reversal':
        return answered(await undo(call, request))
      case 'inquiry':
        return answered(await inquire(call, request.operation))
      case 'reconciliation':
      case 'checkpoint':
        return answered(await reconcile(call, request))
      case 'listing':
        return answered(await list(call, request))
      case 'sign-on':
      case 'sign-off':
      case 'echo':
        return answered({ code: '800', day: wireDay(held.day) })
      default:
        return authoriseOne(call, request)
    }
  })
}

const answered = (reply: BankReply): Performed => ({ reply, afterMs: 0 })

type Call = { sql: Sql; ports: BookingPorts; held: HostTerminal; sent: Sent; now: number }

async function authoriseOne(call: Call, request: Financial): Promise<Performed> {
  const facts = await readFacts(call, request)
  const { card } = facts
  const verdict = authorise(request, facts)
  switch (verdict.do) {
    case 'repeat':
      return answered(replyOf(verdict.entry))
    case 'reject':
      return answered({ code: verdict.code })
    default: {
      const entry = await bookOne(call, { request, facts, verdict })
      return { reply: replyOf(entry), afterMs: card?.delayMs ?? 0 }
    }
  }
}

async function readFacts({ sql, ports, held, now }: Call, request: Financial): Promise<HostFacts> {
  const { terminal, merchant } = held
  const { operation, card: read, kind } = request
  const known = await store.bookEntryOf(sql, terminal, operation)
  const fenced = await store.isFenced(sql, terminal, operation)
  const shown = read && keyedHash(ports.cardKey, read.pan)
  const open = { terminal: held, known, fenced, shown, now, ordered: null }
  if (known || fenced) return { ...open, card: null, original: null, family: [] }
  if (kind === 'purchase') {
    const ordered = await store.takeOrdered(sql)
    const card = shown && (await store.lockCard(sql, shown))
    return { ...open, ordered, card: card || null, original: null, family: [] }
  }
  const named = request.original && (await store.entryByRrn(sql, merchant, request.original))
  if (!named) return { ...open, card: null, original: null, family: [] }
  const family = await store.lockFamily(sql, named)
  // Read again under the lock: another terminal may have reversed it meanwhile.
  const original = family.find(({ rrn }) => rrn === named.rrn) ?? null
  const card = named.card && (await store.lockCard(sql, named.card))
  return { ...open, card: card || null, original, family }
}

type Decided = {
  request: Financial
  facts: HostFacts
  verdict: Extract<HostVerdict, { do: 'approve' | 'decline' }>
}

async function bookOne(call: Call, { request, facts, verdict }: Decided): Promise<BookEntry> {
  const { sql, ports, held, now, sent } = call
  const { card, shown } = facts
  const approved = verdict.do === 'approve'
  const rrn = approved ? rrnOf(now, await store.nextSerial(sql)) : null
  const auth = approved ? approvalCode(ports.chance()) : null
  const { kind, operation, receipt, original } = request
  const entry = {
    terminal: held.terminal,
    merchant: held.merchant,
    operation,
    kind,
    asked: request.sum,
    sum: approved ? verdict.sum : request.sum,
    receipt,
    original,
    day: held.day,
    card: shown ?? facts.original?.card ?? null,
    code: verdict.code,
    rrn,
    auth,
  }
  const masked = request.card ? maskPan(request.card.pan) : (card?.masked ?? null)
  await store.book(sql, {
    ...entry,
    reversal: false,
    at: now,
    masked,
    issuer: card?.issuer ?? null,
    stan: sent.mark.stan,
    reason: null,
  })
  if (verdict.do === 'approve' && card) await store.moveBalance(sql, card.id, verdict.moves)
  return { ...entry, reversedOn: null }
}

const approvalCode = (chance: number): string =>
  String(Math.floor(chance * 1_000_000)).padStart(6, '0')

function replyOf({ code, rrn, auth, sum, day }: BookEntry): BankReply {
  if (rrn === null || auth === null) return { code, day: wireDay(day) }
  return { code, approval: { code, rrn, auth, sum, day: wireDay(day) } }
}

async function undo(call: Call, request: Reversal): Promise<BankReply> {
  const { sql, held, now } = call
  const { terminal } = held
  const { operation, reason } = request
  const known = await store.bookEntryOf(sql, terminal, operation)
  const fenced = await store.isFenced(sql, terminal, operation)
  const family = known?.rrn ? await store.lockFamily(sql, known) : []
  // Under the family's lock, like everything that hangs on the same purchase.
  const current = family.find((each) => isThis(each, known)) ?? known
  const verdict = reverse(request, { fenced, known: current, family })
  switch (verdict.do) {
    case 'reject':
      return { code: verdict.code }
    case 'answer':
      return { code: verdict.code, day: wireOrNone(current?.reversedOn ?? null) }
    case 'fence':
      await store.fence(sql, { terminal, operation, at: now, reason })
      return { code: '914' }
    case 'reverse': {
      const { entry, moves } = verdict
      const card = entry.card && (await store.lockCard(sql, entry.card))
      await bookReversal(call, { request, entry, card: card || null })
      if (card) await store.moveBalance(sql, card.id, moves)
      return { code: '400', day: wireDay(held.day) }
    }
  }
}

const isThis = (a: BookEntry, b: BookEntry | null): boolean =>
  a.terminal === b?.terminal && a.operation === b.operation

const wireOrNone = (day: number | null) => (day === null ? undefined : wireDay(day))

function bookReversal(
  { sql, held, now, sent }: Call,
  { request, entry, card }: { request: Reversal; entry: BookEntry; card: Card | null },
): Promise<void> {
  return store.book(sql, {
    ...entry,
    reversal: true,
    code: '400' as const,
    at: now,
    day: held.day,
    stan: sent.mark.stan,
    masked: card?.masked ?? null,
    issuer: card?.issuer ?? null,
    reason: request.reason,
  })
}

async function inquire(
  { sql, held: { terminal } }: Call,
  operation: OperationId,
): Promise<BankReply> {
  const known = await store.bookEntryOf(sql, terminal, operation)
  const fenced = await store.isFenced(sql, terminal, operation)
  return { code: '600', fate: fateOf(known, fenced) }
}

async function reconcile(call: Call, request: Reconciliation): Promise<BankReply> {
  const { sql, held, now } = call
  const { terminal } = held
  const { totals } = request
  const day = dayByWire(request.day, held.day)
  if (day === 0) return { code: '915' }
  const bankTotals = await bankTotalsOf(sql, { terminal, day })
  const code = codeOf(bankTotals, totals)
  // A day closed before is compared again: its answer was lost, and its books do not move any more.
  if (request.kind === 'reconciliation' && day === held.day) {
    const closed = { code, bankTotals, terminalTotals: totals }
    await store.closeDay(sql, { terminal, day, at: now, closed })
  }
  return { code, totals: bankTotals }
}

const codeOf = (bank: DayTotals, terminal: DayTotals): ActionCode =>
  differingTotals(bank, terminal).length === 0 ? '500' : '501'

async function bankTotalsOf(sql: Sql, of: { terminal: string; day: number }): Promise<DayTotals> {
  return totalsOf(await store.movementsOf(sql, of, { after: 0, limit: null }))
}

async function list({ sql, held }: Call, { day: wire, after }: Listing): Promise<BankReply> {
  const day = dayByWire(wire, held.day)
  if (day === 0) return { code: '915' }
  const of = { terminal: held.terminal, day }
  const rows = await store.movementsOf(sql, of, { after, limit: LISTING_PAGE + 1 })
  const movements = rows.slice(0, LISTING_PAGE)
  const last = movements.at(-1)
  return {
    code: '600',
    movements,
    after: rows.length > LISTING_PAGE && last ? last.position : null,
  }
}
