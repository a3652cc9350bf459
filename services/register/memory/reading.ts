import type { Grant } from '#core/access/receipt.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import type { Correction } from '#core/register/correction.ts'
import { type Ledger, newLedger } from '#core/register/ledger.ts'
import type { Operation } from '#core/register/operation.ts'
import { holdsShare } from '#core/register/standing.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openCardReading } from './cards.ts'

export type Listed = { seq: number; operation: Operation | Correction; printedAt: number | null }

export type ListFilter = {
  before: number | null
  limit: number
  kind: string | null
  shift: number | null
  /** Already read by the caller into what it may mean; all null when nothing was typed. */
  search: { number: number | null; uid: string | null; sum: number | null; kinds: string[] } | null
}

/** What the projections hold. */
export function openReading(db: Sqlite) {
  const select = (where: string) =>
    db.prepare(`select seq, kind, body, printed_at from operation where ${where}`)
  const one = select('id = ?')
  const open = select('is_open = 1 order by seq')
  const noticed = select('notice = 1 order by seq')
  const unproved = select(`doubt = 'unproved' order by seq`)
  const reversing = select(`state = 'reversing' order by seq`)
  const undoing = select(
    `undoes = ? and (doubt = 'unproved' or (doubt is null and state = 'registered')) order by seq`,
  )
  const byNumber = select('number = ? order by seq desc limit 1')
  const byUid = select('uid = ? limit 1')
  const latest = select('number is not null order by seq desc limit 1')
  const ledger = db.prepare('select body from ledger where one = 1')
  const grant = db.prepare('select * from receipt_grant where id = ?')
  const firstOfShift = db.prepare('select at from operation where shift = ? order by seq limit 1')
  const setting = db.prepare('select value from setting where name = ?')
  const documentOf = (row: Row | undefined): FiscalDocument | null =>
    (row && parse(row)?.signed?.document) ?? null
  return {
    ...openCardReading(db),
    ...openDiscrepancyReading(db),
    operation: (id: string): Operation | null => parse(one.get(id)),
    /** A grant, and the operation that it served. */
    grant: (id: string): (Grant & { operation: string | null }) | null => readGrant(grant.get(id)),
    /** When the first operation of a shift was made; null: none is known. */
    shiftBegunAt: (shift: number): number | null => {
      const row = firstOfShift.get(shift)
      return row ? Number(row.at) : null
    },
    listed: (id: string): Listed | null => {
      const row = one.get(id)
      return row ? readListed(row) : null
    },
    open: (): Operation[] => operations(open.all()),
    /** Operations with a notice that nobody has read. */
    noticed: (): Operation[] => operations(noticed.all()),
    /** Operations with a person's word in them that nobody could check yet. */
    unproved: (): Operation[] => operations(unproved.all()),
    /** Operations that the bank must undo now, the oldest first. */
    reversals: (): Operation[] =>
      operations(reversing.all()).filter(({ state }) => state.is === 'reversing' && !state.held),
    /** The same, and those held back until there is proof. */
    reversing: (): Operation[] => operations(reversing.all()),
    /** The bank's part of something is not settled. */
    cardsUnderWay: (): boolean =>
      reversing.get() !== undefined || operations(open.all()).some(({ card }) => card !== null),
    /** Refunds and annulments of a sale: those that are, and those that may turn out to be. */
    undoing: (id: string): Operation[] => operations(undoing.all(id)).filter(holdsShare),
    documentByNumber: (number: number) => documentOf(byNumber.get(number)),
    documentByUid: (uid: string) => documentOf(byUid.get(uid)),
    list: (filter: ListFilter): Listed[] => list(db, filter),
    ledger: (): Ledger => {
      const row = ledger.get()
      return row ? (JSON.parse(String(row.body)) as Ledger) : newLedger()
    },
    /** The shop's requisites as the last document has them. */
    issuer: () => documentOf(latest.get())?.issuer ?? null,
    setting: (name: string): string | null => {
      const row = setting.get(name)
      return row ? String(row.value) : null
    },
  }
}

/** What a discrepancy may come from. */
function openDiscrepancyReading(db: Sqlite) {
  const disproved = db.prepare(
    `select kind, body from operation where doubt = 'disproved' and at > ? order by seq`,
  )
  const correctedAt = db.prepare(
    `select at from operation where kind = 'correction' order by seq desc limit 1`,
  )
  const numbers = db.prepare('select number from operation where number >= ? and number < ?')
  return {
    /** Operations that a wrong word has registered, since a moment. */
    disproved: (since: number): Operation[] => operations(disproved.all(since)),
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

type Row = Record<string, unknown>

const isCorrection = (row: Row): boolean => row.kind === 'correction'

/** Null for a row that is no operation. */
function parse(row: Row | undefined): Operation | null {
  if (!row || isCorrection(row)) return null
  const operation: Operation = JSON.parse(String(row.body))
  if (!operation.signed) return operation
  const document: FiscalDocument = JSON.parse(operation.signed.sealed.body)
  return { ...operation, signed: { ...operation.signed, document } }
}

const operations = (rows: readonly Row[]): Operation[] => rows.flatMap((row) => parse(row) ?? [])

const readListed = (row: Row): Listed => ({
  seq: Number(row.seq),
  operation: parse(row) ?? (JSON.parse(String(row.body)) as Correction),
  printedAt: row.printed_at === null ? null : Number(row.printed_at),
})

function list(db: Sqlite, { before, limit, kind, shift, search }: ListFilter): Listed[] {
  const where = ['listed = 1']
  const values: (string | number)[] = []
  const need = (condition: string, ...given: (string | number)[]) => {
    where.push(condition)
    values.push(...given)
  }
  if (before !== null) need('seq < ?', before)
  if (kind !== null) need('kind = ?', kind)
  if (shift !== null) need('shift = ?', shift)
  if (search) {
    const any: string[] = []
    if (search.number !== null) any.push(`number = ${search.number}`)
    if (search.sum !== null) any.push(`sum = ${search.sum}`)
    for (const found of search.kinds) any.push(`kind = '${found}'`)
    if (search.uid !== null) {
      any.push('(uid >= ? and uid < ?)')
      values.push(search.uid, `${search.uid}G`)
    }
    where.push(any.length > 0 ? `(${any.join(' or ')})` : '0')
  }
  const sql = `select seq, kind, body, printed_at from operation where ${where.join(' and ')}
    order by seq desc limit ${limit}`
  return db
    .prepare(sql)
    .all(...values)
    .map(readListed)
}

function readGrant(
  row: Record<string, unknown> | undefined,
): (Grant & { operation: string | null }) | null {
  if (!row) return null
  const { id, person, shift, receipt, operation } = row
  return { id, person, shift, receipt: JSON.parse(String(receipt)), operation } as ReturnType<
    typeof readGrant
  >
}
