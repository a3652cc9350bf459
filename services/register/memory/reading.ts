import type { Lent } from '#core/access/lent.ts'
import type { Grant } from '#core/access/receipt.ts'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import type { Measure } from '#core/operator/measure.ts'
import type { SignedMeasures } from '#core/operator/statement.ts'
import type { Correction } from '#core/register/correction.ts'
import { type Ledger, newLedger } from '#core/register/ledger.ts'
import type { Operation } from '#core/register/operation.ts'
import type { Replacement } from '#core/register/replacement.ts'
import { holdsShare } from '#core/register/standing.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openCardReading } from './cards.ts'
import { openCashUpReading } from './cash-ups.ts'
import { openDiscountReading } from './discounts-given.ts'
import { openUnitReading } from './marked-units.ts'
import type { Operations } from './operations.ts'
import { openReceipts } from './receipts.ts'
import { openReportReading } from './reports.ts'
import { openTimelines } from './timeline.ts'
import { openTradeReading } from './trade.ts'

/** A row of the list with all that it stands for. */
export type Listed = { operation: Operation | Correction; printedAt: number | null }

/** What the projections hold; operations themselves come from the journal. */
export function openReading(db: Sqlite, operations: Operations) {
  const where = (condition: string) => {
    const select = db.prepare(`select id from operation where ${condition}`)
    return (...given: (string | number)[]): Operation[] =>
      select.all(...given).flatMap(({ id }) => operations.one(String(id)) ?? [])
  }
  const listed = db.prepare('select kind, printed_at from operation where id = ?')
  const open = where('is_open = 1 order by seq')
  const reversing = where(`state = 'reversing' order by seq`)
  const undoing = where(
    `undoes = ? and (doubt = 'unproved' or (doubt is null and state = 'registered')) order by seq`,
  )
  const ledger = db.prepare('select body from ledger where one = 1')
  const measures = db.prepare('select body from measures where one = 1')
  const sold = db.prepare(
    `select 1 from operation where listed = 1 and kind = 'sale' and state = 'registered' limit 1`,
  )
  const setting = db.prepare('select value from setting where name = ?')
  return {
    ...openCardReading(db),
    ...openCashUpReading(db),
    ...openTradeReading(db),
    ...openDiscountReading(db),
    ...openUnitReading(db, operations.one),
    ...openShiftReading(db),
    ...openGrantReading(db),
    ...openDiscrepancyReading(db, where),
    ...openReplacements(db),
    ...openReportReading(db),
    ...openDocumentReading(db, where),
    ...openReceipts(db),
    ...openTimelines(db),
    operation: (id: string): Operation | null => operations.one(id),
    /** Something was ever sold. */
    hasSold: (): boolean => sold.get() !== undefined,
    /** What the operator was last believed to have laid on the register. */
    measures: (): Measure[] => {
      const row = measures.get()
      return row ? (JSON.parse(String(row.body)) as SignedMeasures).statement.measures : []
    },
    listed: (id: string): Listed | null => {
      const row = listed.get(id)
      if (!row) return null
      const isCorrection = row.kind === 'correction'
      const operation = isCorrection ? operations.correction(id) : operations.one(id)
      const printedAt = row.printed_at === null ? null : Number(row.printed_at)
      return operation && { operation, printedAt }
    },
    open,
    /** Operations with a notice that nobody has read. */
    noticed: where('notice = 1 order by seq'),
    /** Operations with a person's word in them that nobody could check yet. */
    unproved: where(`doubt = 'unproved' order by seq`),
    /** Operations that the bank must undo now, the oldest first. */
    reversals: (): Operation[] =>
      reversing().filter(({ state }) => state.is === 'reversing' && !state.held),
    /** The same, and those held back until there is proof. */
    reversing,
    /** The bank's part of something is not settled. */
    cardsUnderWay: (): boolean =>
      reversing().length > 0 || open().some(({ card }) => card !== null),
    /** Refunds and annulments of a sale: those that are, and those that may turn out to be. */
    undoing: (id: string): Operation[] => undoing(id).filter(holdsShare),
    ledger: (): Ledger => readLedger(ledger.get()),
    setting: (name: string): string | null => {
      const row = setting.get(name)
      return row ? String(row.value) : null
    },
  }
}

/** Documents that were seen, of whatever device. */
function openDocumentReading(db: Sqlite, where: Where) {
  const byNumber = where('number = ?')
  const byUid = where('uid = ? limit 1')
  const latest = where('+number is not null order by seq desc limit 1')
  const latestFew = where('+number is not null order by seq desc limit 20')
  /** Two devices, one after the other, give the same numbers. */
  const holder = (device: string, number: number): Operation | null =>
    byNumber(number).find(({ signed }) => signed?.document.issuer.device === device) ?? null
  const paperLines = db.prepare(
    'select body from paper_lines where since <= ? order by since desc, rowid desc limit 1',
  )
  const documentOf = ([found]: Operation[]): FiscalDocument | null =>
    found?.signed?.document ?? null
  return {
    /** Hash of a device's document under a number; null: none was seen. */
    hashAt: (device: string, number: number): string | null =>
      holder(device, number)?.signed?.sealed.hash ?? null,
    /** The sealed documents of a device that were seen, from a number on without a gap. */
    sealedFrom: (device: string, number: number, most: number): Sealed[] => {
      const found: Sealed[] = []
      while (found.length < most) {
        const sealed = holder(device, number + found.length)?.signed?.sealed
        if (!sealed) break
        found.push(sealed)
      }
      return found
    },
    /** The last document seen of a device; null: none, or another device's came after it. */
    lastSeen: (device: string): { number: number; hash: string } | null => {
      // The last numbers may be a person's word, without a document (S3.6).
      const last = latest()[0]?.signed ?? latestFew().find(({ signed }) => signed)?.signed
      if (last?.document.issuer.device !== device) return null
      return { number: last.document.number, hash: last.sealed.hash }
    },
    /** The operation whose document was seen under a number; null: none. A word is no document. */
    holderOf: (device: string, number: number): string | null => holder(device, number)?.id ?? null,
    documentByNumber: (device: string, number: number): FiscalDocument | null =>
      holder(device, number)?.signed?.document ?? null,
    documentByUid: (uid: string) => documentOf(byUid(uid)),
    /** The shop's requisites as the last document has them. */
    issuer: () => documentOf(latest())?.issuer ?? null,
    /** The shop's own lines of papers at a moment, as JSON; null: it had none yet. */
    paperLinesAt: (at: number): string | null => {
      const row = paperLines.get(at)
      return row ? String(row.body) : null
    },
  }
}

/** Devices that were replaced. */
export function openReplacements(db: Sqlite) {
  const all = db.prepare('select body from replacement order by seq')
  const since = db.prepare(
    `select body from replacement where upto >= (select seq from operation where id = ?)
     order by seq limit 1`,
  )
  const read = (row: Record<string, unknown>) => JSON.parse(String(row.body)) as Replacement
  return {
    /** The first one first. */
    replacements: (): Replacement[] => all.all().map(read),
    /** How the device of an operation was replaced; null: it was not. */
    replacementSince: (id: string): Replacement | null => {
      const row = since.get(id)
      return row ? read(row) : null
    },
  }
}

function openShiftReading(db: Sqlite) {
  const moment = (kind: 'shift-opening' | 'shift-closing') => {
    const select = db.prepare(
      `select at from operation where listed = 1 and shift = ? and kind = '${kind}'
         and state = 'registered' order by seq limit 1`,
    )
    return (shift: number): number | null => {
      const row = select.get(shift)
      return row ? Number(row.at) : null
    }
  }
  return {
    /** When a shift was opened; null: the register does not know. */
    shiftOpenedAt: moment('shift-opening'),
    /** When it was closed; null: it is open, or the register does not know. */
    shiftClosedAt: moment('shift-closing'),
  }
}

const readLedger = (row: Record<string, unknown> | undefined): Ledger =>
  row ? (JSON.parse(String(row.body)) as Ledger) : newLedger()

type UsedGrant = Grant & { operation: string | null }

/** What people with more rights have let pass. */
function openGrantReading(db: Sqlite) {
  const grant = db.prepare('select * from receipt_grant where id = ?')
  const lent = db.prepare('select body from lent_right where id = ?')
  return {
    /** A grant, and the operation that it served. */
    grant: (id: string): UsedGrant | null => readGrant(grant.get(id)),
    /** A right that was lent; null: there is no such thing. */
    lent: (id: string): Lent | null => {
      const row = lent.get(id)
      return row ? JSON.parse(String(row.body)) : null
    },
  }
}

function readGrant(row: Record<string, unknown> | undefined): UsedGrant | null {
  if (!row) return null
  const { id, person, shift, receipt, operation } = row
  return { id, person, shift, receipt: JSON.parse(String(receipt)), operation } as UsedGrant
}

type Where = (condition: string) => (...given: (string | number)[]) => Operation[]

/** What a discrepancy may come from. */
function openDiscrepancyReading(db: Sqlite, where: Where) {
  const correctedAt = db.prepare(
    `select at from operation where listed = 1 and kind = 'correction' order by seq desc limit 1`,
  )
  const numbers = db.prepare(
    `select number from operation where number >= ? and number < ?
       and seq > (select coalesce(max(upto), 0) from replacement)`,
  )
  return {
    /** Operations that a wrong word has registered, since a moment. */
    disproved: where(`doubt = 'disproved' and at > ? order by seq`) as (
      since: number,
    ) => Operation[],
    /** When cash was last corrected; 0: never. */
    lastCorrectionAt: (): number => Number(correctedAt.get()?.at ?? 0),
    /** Numbers of documents from `from` up to `until` that the register has not seen. */
    missingNumbers: (from: number, until: number): number[] => {
      const seen = new Set(numbers.all(from, until).map((row) => Number(row.number)))
      const all = Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i)
      return all.filter((number) => !seen.has(number))
    },
  }
}
