import { type BankReply, LISTING_PAGE, writeAnswer } from '#core/card/answer.ts'
import {
  type DayTotals,
  dayByWire,
  differingTotals,
  type Movement,
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
  reverse,
} from '#core/card/host.ts'
import {
  type Financial,
  type Listing,
  type Reconciliation,
  type Reversal,
  readRequest,
  type Sent,
} from '#core/card/request.ts'
import { rrnOf } from '#core/card/rrn.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import type { OperationId } from '#core/id.ts'
import type { ActionCode } from '#core/iso8583/action-codes.ts'
import { decode, encode, type Message, malformed } from '#core/iso8583/codec.ts'
import { financialKinds } from '#core/iso8583/fields.ts'
import { maskPan } from '#core/iso8583/pan.ts'
import { add, type Kopecks, kopecks } from '#core/money.ts'
import { type Seal, sealMessage, sealNamed, unsealMessage } from '#services/runtime/line-seal.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { TERMINAL, TERMINAL_KEY } from './enrolment.ts'
import type { Life, Row } from './process.ts'
import type { Teller } from './wire.ts'

/** A movement where the bank booked it; declined operations take positions too. */
type Booked = Movement & { day: number; position: number }

/** What the bank keeps over its deaths: one terminal, all virtual cards. */
export type BankDisk = {
  terminal: HostTerminal
  serial: number
  position: number
  /** By the hash of their numbers. */
  cards: Map<string, Card>
  entries: Map<OperationId, BookEntry>
  /** The approved ones, by RRN. */
  byRrn: Map<string, BookEntry>
  fenced: Set<OperationId>
  /** In the order they were booked. */
  movements: Booked[]
}

export function openBankDisk(): BankDisk {
  const { terminal, merchant } = TERMINAL
  const cards = new Map<string, Card>()
  for (const { pan, ...card } of Object.values(virtualCards)) {
    cards.set(sha256(pan), { ...card, id: sha256(pan), masked: maskPan(pan) })
  }
  return {
    terminal: { terminal, merchant, day: 1 },
    serial: 0,
    position: 0,
    cards,
    entries: new Map(),
    byRrn: new Map(),
    fenced: new Set(),
    movements: [],
  }
}

export type BankPorts = {
  disk: BankDisk
  now: () => number
  /** Called before and after a decision is written; a bank that dies here throws. */
  commit: <T>(write: () => T) => T
}

/**
 * The bank in memory: the decisions of core/card/host.ts and the real codec, with a plain
 * structure in place of PostgreSQL. `memory-bank.test.ts` holds it equal to services/acquirer.
 * Null: the line closes.
 */
export const bankOver =
  (ports: BankPorts) =>
  (frame: Uint8Array): Uint8Array | null => {
    const decoded = decode(frame)
    if (decoded.kind === 'malformed') return null
    const by = sealOf(decoded.message)
    const opened = by && unsealMessage(frame, by, 'asks')
    if (!by || !opened || opened.kind === 'untrue') {
      const answer = writeAnswer(decoded.message, { code: '916', why: 'MAC' }, ports.now())
      const encoded = answer && encode(answer)
      return encoded?.kind === 'bytes' ? encoded.bytes : null
    }
    const asked = opened.message
    const sent =
      opened.kind === 'clear' ? malformed(opened.field, 'card in the clear') : readRequest(asked)
    const reply: BankReply =
      'request' in sent
        ? perform(ports, sent)
        : { code: '904', why: `field ${sent.field}: ${sent.why}` }
    const answer = writeAnswer(asked, reply, ports.now())
    const encoded = answer && sealMessage(answer, by, 'answers')
    return encoded?.kind === 'bytes' ? encoded.bytes : null
  }

function sealOf(message: Message): Seal | null {
  const named = sealNamed(message)
  const isOurs =
    named?.id === TERMINAL_KEY.id && message.fields[41]?.trimEnd() === TERMINAL.terminal
  return isOurs ? { key: TERMINAL_KEY, nonce: named.nonce } : null
}

function perform(ports: BankPorts, { terminal, request }: Sent): BankReply {
  const { disk } = ports
  const { terminal: held } = disk
  if (terminal.terminal !== held.terminal || terminal.merchant !== held.merchant) {
    return { code: '109' }
  }
  switch (request.kind) {
    case 'reversal':
      return undo(ports, request)
    case 'inquiry': {
      const { operation } = request
      const fate = fateOf(disk.entries.get(operation) ?? null, disk.fenced.has(operation))
      return { code: '600', fate }
    }
    case 'reconciliation':
    case 'checkpoint':
      return reconcile(ports, request)
    case 'listing':
      return list(disk, request)
    case 'sign-on':
    case 'sign-off':
    case 'echo':
      return { code: '800', day: wireDay(held.day) }
    default:
      return authoriseOne(ports, request)
  }
}

function authoriseOne({ disk, now, commit }: BankPorts, request: Financial): BankReply {
  const { operation, original, card: read, kind, sum, receipt } = request
  const { terminal } = disk
  const shown = read && sha256(read.pan)
  const named = original === null ? null : (disk.byRrn.get(original) ?? null)
  const held = kind === 'purchase' ? shown : (named?.card ?? null)
  const facts: HostFacts = {
    terminal,
    shown,
    original: named,
    ordered: null,
    now: now(),
    fenced: disk.fenced.has(operation),
    known: disk.entries.get(operation) ?? null,
    card: held === null ? null : (disk.cards.get(held) ?? null),
    family: named ? familyOf(disk, named) : [],
  }
  const verdict = authorise(request, facts)
  if (verdict.do === 'repeat') return replyOf(verdict.entry)
  if (verdict.do === 'reject') return { code: verdict.code }
  return commit(() => {
    const approved = verdict.do === 'approve'
    const moved = approved ? verdict.sum : sum
    disk.position += 1
    if (approved) disk.serial += 1
    const entry: BookEntry = {
      terminal: terminal.terminal,
      merchant: terminal.merchant,
      operation,
      kind,
      asked: sum,
      sum: moved,
      receipt,
      original,
      day: terminal.day,
      card: shown ?? named?.card ?? null,
      code: verdict.code,
      rrn: approved ? rrnOf(facts.now, disk.serial) : null,
      auth: approved ? String(disk.serial % 1_000_000).padStart(6, '0') : null,
      reversedOn: null,
    }
    disk.entries.set(operation, entry)
    if (approved && entry.rrn !== null) {
      disk.byRrn.set(entry.rrn, entry)
      const { position } = disk
      disk.movements.push({
        operation,
        kind,
        reversal: false,
        sum: moved,
        day: entry.day,
        position,
      })
      move(disk, entry.card, verdict.moves)
    }
    return replyOf(entry)
  })
}

function move({ cards }: BankDisk, id: string | null, by: Kopecks): void {
  const card = id === null ? undefined : cards.get(id)
  if (card) card.balance = add(card.balance, by)
}

/** The purchase and all that hangs on it, in two steps at most. */
function familyOf({ byRrn }: BankDisk, member: BookEntry): BookEntry[] {
  let root = member
  for (let step = 0; root.original !== null && step < 2; step += 1) {
    root = byRrn.get(root.original) ?? root
  }
  const family = new Set([root])
  // An entry comes after what it hangs on.
  for (const entry of byRrn.values()) {
    const above = entry.original === null ? undefined : byRrn.get(entry.original)
    if (above && family.has(above)) family.add(entry)
  }
  return [...family]
}

function replyOf({ code, rrn, auth, sum, day }: BookEntry): BankReply {
  if (rrn === null || auth === null) return { code, day: wireDay(day) }
  return { code, approval: { code, rrn, auth, sum, day: wireDay(day) } }
}

function undo({ disk, commit }: BankPorts, request: Reversal): BankReply {
  const { operation } = request
  const { day } = disk.terminal
  const known = disk.entries.get(operation) ?? null
  const family = known?.rrn ? familyOf(disk, known) : []
  const verdict = reverse(request, { fenced: disk.fenced.has(operation), known, family })
  switch (verdict.do) {
    case 'reject':
      return { code: verdict.code }
    case 'answer': {
      const on = known?.reversedOn ?? null
      return { code: verdict.code, day: on === null ? undefined : wireDay(on) }
    }
    case 'fence':
      return commit(() => {
        disk.fenced.add(operation)
        return { code: '914' }
      })
    case 'reverse':
      return commit(() => {
        const { entry, moves } = verdict
        const { kind, sum } = entry
        entry.reversedOn = day
        const position = ++disk.position
        disk.movements.push({ operation, kind, reversal: true, sum, day, position })
        move(disk, entry.card, moves)
        return { code: '400', day: wireDay(day) }
      })
  }
}

const movementsIn = (disk: BankDisk, day: number) =>
  disk.movements.flatMap(({ day: on, position, ...movement }) =>
    on === day ? [{ movement, position }] : [],
  )

const totalsIn = (disk: BankDisk, day: number): DayTotals =>
  totalsOf(movementsIn(disk, day).map(({ movement }) => movement))

function reconcile({ disk, commit }: BankPorts, { kind, day: wire, totals }: Reconciliation) {
  const { terminal } = disk
  const day = dayByWire(wire, terminal.day)
  if (day === 0) return { code: '915' as const }
  const bank = totalsIn(disk, day)
  const code: ActionCode = differingTotals(bank, totals).length === 0 ? '500' : '501'
  if (kind === 'reconciliation' && day === terminal.day) {
    commit(() => {
      terminal.day += 1
    })
  }
  return { code, totals: bank }
}

function list(disk: BankDisk, { day: wire, after }: Listing): BankReply {
  const day = dayByWire(wire, disk.terminal.day)
  if (day === 0) return { code: '915' }
  const rows = movementsIn(disk, day).filter(({ position }) => position > after)
  const page = rows.slice(0, LISTING_PAGE)
  return {
    code: '600',
    movements: page.map(({ movement }) => movement),
    after: rows.length > LISTING_PAGE ? (page.at(-1)?.position ?? null) : null,
  }
}

/** The bank in memory as a process of a shop: each of its decisions stands whole or not at all. */
export const memoryBank = (now: () => number): Row<BankDisk, Teller> => ({
  disk: openBankDisk(),
  start: (life, disk) => ({ answer: bankOver({ disk, now, commit: committedBy(life) }) }),
})

const committedBy =
  (life: Life) =>
  <T>(write: () => T): T => {
    life.boundary('before commit')
    const written = write()
    life.boundary('after commit')
    return written
  }

/** What the bank holds an operation to have moved: charges above zero, what came back below. */
export function movedBy({ entries }: BankDisk, operation: OperationId): number {
  const entry = entries.get(operation)
  if (!entry || entry.rrn === null || entry.reversedOn !== null) return 0
  return financialKinds[entry.kind].side === 'debit' ? entry.sum : -entry.sum
}

/** Charges less reversals, refunds and voids. */
export const movedByAll = (disk: BankDisk): Kopecks =>
  kopecks([...disk.entries.keys()].reduce((sum, id) => sum + movedBy(disk, id), 0))
