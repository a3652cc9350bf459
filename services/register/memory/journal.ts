import type { Lent } from '#core/access/lent.ts'
import type { Grant } from '#core/access/receipt.ts'
import type { CardDay } from '#core/card/business-day.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import type { ShiftCounters } from '#core/document/report.ts'
import type { SignedMeasures } from '#core/operator/statement.ts'
import type { CashUp } from '#core/register/cash-up.ts'
import type { Correction } from '#core/register/correction.ts'
import { readEvent } from '#core/register/former.ts'
import type { Event, Operation } from '#core/register/operation.ts'
import type { Replacement } from '#core/register/replacement.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { pack, unpack } from './packing.ts'

/** What happened. A line is never changed: each carries the hash of all that stood before it. */
export type JournalEntry =
  | { type: 'begun'; operation: Operation }
  | { type: 'heard'; id: string; event: Event }
  | { type: 'printed'; id: string; at: number }
  | { type: 'corrected'; correction: Correction }
  | { type: 'aligned'; shift: ShiftCounters | null }
  | { type: 'card-day'; day: CardDay }
  | { type: 'cash-up'; cashUp: CashUp }
  | { type: 'cash-up-wanted'; id: string; person: string }
  | { type: 'granted'; grant: Grant }
  | { type: 'lent'; lent: Lent }
  | { type: 'lent-used'; id: string }
  | { type: 'measures'; proof: SignedMeasures }
  | { type: 'replaced'; replacement: Replacement }
  | { type: 'set'; name: string; value: string; person: string }

type Row = Record<string, unknown>

/** The text of a line, which its hash is of; short and old lines stand unpacked. */
export const lineText = ({ body, packed }: Row): string =>
  packed instanceof Uint8Array ? unpack(packed) : String(body)

/** A document is written once, as its sealed bytes. */
function textOf(entry: JournalEntry): string {
  if (entry.type !== 'heard' || !('signed' in entry.event) || entry.event.signed === null) {
    return JSON.stringify(entry)
  }
  const { sealed } = entry.event.signed
  return JSON.stringify({ ...entry, event: { ...entry.event, signed: { sealed } } })
}

export function readLine(row: Row): JournalEntry {
  const entry: JournalEntry = JSON.parse(lineText(row))
  if (entry.type !== 'heard') return entry
  const event = readEvent(entry.event)
  if (!('signed' in event) || event.signed === null) return { ...entry, event }
  const { signed } = event
  const document: FiscalDocument = JSON.parse(signed.sealed.body)
  return { ...entry, event: { ...event, signed: { ...signed, document } } }
}

function operationIn(entry: JournalEntry): string | null {
  switch (entry.type) {
    case 'begun':
      return entry.operation.id
    case 'corrected':
      return entry.correction.id
    case 'heard':
    case 'printed':
      return entry.id
    case 'aligned':
    case 'card-day':
    case 'cash-up':
    case 'cash-up-wanted':
    case 'granted':
    case 'lent':
    case 'lent-used':
    case 'measures':
    case 'replaced':
    case 'set':
      return null
    default:
      return entry satisfies never
  }
}

// «Printed» and the like: packing would save less than it costs.
const WORTH_PACKING = 200

const GENESIS = '0'.repeat(64)

export type Journal = ReturnType<typeof openJournal>

export function openJournal(db: Sqlite) {
  const insert = db.prepare(
    `insert into journal(seq, at, operation, type, body, hash, packed)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const select = db.prepare('select seq, hash from journal order by seq desc limit 1')
  const row = select.get()
  let last = { seq: Number(row?.seq ?? 0), hash: String(row?.hash ?? GENESIS) }
  return {
    /** Place of the last line on disk; 0 before the first. */
    seq: (): number => last.seq,
    /** Call it inside a transaction, and what it answers after the commit, not before. */
    append: (at: number, entry: JournalEntry) => {
      const text = textOf(entry)
      const next = { seq: last.seq + 1, hash: sha256(`${last.hash}${at}${text}`) }
      const [body, packed] = text.length < WORTH_PACKING ? [text, null] : ['', pack(text)]
      insert.run(next.seq, at, operationIn(entry), entry.type, body, next.hash, packed)
      return () => {
        last = next
      }
    },
  }
}

/** The first line of the journal that does not follow from those before it, or null. */
export function brokenLine(db: Sqlite): number | null {
  let hash = GENESIS
  const lines = db.prepare('select seq, at, body, packed, hash from journal order by seq')
  for (const row of lines.iterate()) {
    hash = sha256(`${hash}${row.at}${lineText(row)}`)
    if (hash !== row.hash) return Number(row.seq)
  }
  return null
}

/** All lines from the first; throws on a line whose hash does not follow from what is before it. */
export function* readJournal(
  db: Sqlite,
): Generator<{ seq: number; at: number; entry: JournalEntry }> {
  let hash = GENESIS
  const lines = db.prepare('select seq, at, body, packed, hash from journal order by seq')
  for (const row of lines.iterate()) {
    hash = sha256(`${hash}${row.at}${lineText(row)}`)
    if (hash !== row.hash)
      throw new Error(`journal line ${row.seq} does not follow from the lines before`)
    yield { seq: Number(row.seq), at: Number(row.at), entry: readLine(row) }
  }
}
