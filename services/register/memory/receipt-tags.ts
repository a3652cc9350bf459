import type { Correction } from '#core/register/correction.ts'
import type { Operation } from '#core/register/operation.ts'
import { type Sought, tagsOf } from '#core/register/receipt-search.ts'
import { isListed } from '#core/register/standing.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import {
  type Bits,
  BLOCK,
  isEmpty,
  isSet,
  join,
  joinPacked,
  meet,
  noBits,
  offsetsOf,
  packed,
  setBit,
} from './block-bits.ts'
import { briefOf } from './brief.ts'
import { openDiscountRows } from './discounts-given.ts'
import type { Operations } from './operations.ts'

// The tags of receipts, as a projection: the newest receipts stand one by one with their tags; of
// each block of older ones it stands where a tag is. A question reads a block by what it asks of
// alone, so that whatever is asked together costs a few looks a block (N8).

/** What an operation is found by; nothing while it stands in no list. */
export function tagsOfOperation(operation: Operation): string[] {
  if (!isListed(operation)) return []
  const { command, signed, card } = operation
  const lines = signed?.document.lines ?? ('lines' in command ? command.lines : [])
  const { kind, at, cashier, sum, shift } = briefOf(operation)
  return tagsOf({ kind, at, cashier, sum, shift, lines, masked: card?.attempt?.masked ?? null })
}

export const tagsOfCorrection = (correction: Correction): string[] => tagsOf(briefOf(correction))

/** Their rows; called inside the transaction of the journal's line. */
export function openTagRows(db: Sqlite) {
  const placeOf = db.prepare('select seq from operation where id = ?')
  const keep = db.prepare(
    `insert into receipt_tail(seq, tags) values (?, ?)
     on conflict(seq) do update set tags = excluded.tags`,
  )
  const drop = db.prepare('delete from receipt_tail where seq = ?')
  const oldest = db.prepare('select seq from receipt_tail order by seq limit 1')
  const newestBlock = db.prepare('select block from receipt_block order by block desc limit 1')
  const isBusy = db.prepare('select 1 from operation where is_open = 1 and seq < ? limit 1')
  const tail = db.prepare('select seq, tags from receipt_tail where seq < ? order by seq')
  const cut = db.prepare('delete from receipt_tail where seq < ?')
  const read = db.prepare('select places from receipt_block where block = ? and tag = ?')
  const write = db.prepare(
    `insert into receipt_block(block, tag, places) values (?, ?, ?)
     on conflict do update set places = excluded.places`,
  )
  const remove = db.prepare('delete from receipt_block where block = ? and tag = ?')
  const cashier = db.prepare('insert or ignore into receipt_cashier(name) values (?)')

  /** What of the tail is whole becomes a block, once nothing of it can come to more. */
  const pack = (seq: number): void => {
    const first = Math.floor(Number(oldest.get()?.seq ?? seq) / BLOCK)
    const end = (first + 1) * BLOCK
    if (end > seq || isBusy.get(end)) return
    const places = new Map<string, Bits>()
    for (const row of tail.all(end)) {
      for (const tag of tagsIn(row)) {
        const bits = places.get(tag) ?? noBits()
        setBit(bits, Number(row.seq) % BLOCK, true)
        places.set(tag, bits)
      }
    }
    for (const [tag, bits] of [...places].sort(([one], [other]) => (one < other ? -1 : 1))) {
      write.run(first, tag, packed(bits))
    }
    cut.run(end)
  }
  const change = (seq: number, tag: string, isThere: boolean): void => {
    const block = Math.floor(seq / BLOCK)
    const bits = noBits()
    joinPacked(bits, placesIn(read.get(block, tag)))
    if (isSet(bits, seq % BLOCK) === isThere) return
    setBit(bits, seq % BLOCK, isThere)
    if (isEmpty(bits)) remove.run(block, tag)
    else write.run(block, tag, packed(bits))
  }
  const settle = (id: string, before: readonly string[], after: readonly string[]): void => {
    if (before.join('\n') === after.join('\n')) return
    const seq = Number(placeOf.get(id)?.seq)
    const packedUpTo = newestBlock.get()
    if (packedUpTo && Math.floor(seq / BLOCK) <= Number(packedUpTo.block)) {
      for (const tag of before) if (!after.includes(tag)) change(seq, tag, false)
      for (const tag of after) if (!before.includes(tag)) change(seq, tag, true)
    } else if (after.length > 0) keep.run(seq, JSON.stringify(after))
    else drop.run(seq)
  }
  return {
    /** A receipt that is new, made by a cashier. */
    begin: (id: string, name: string, tags: readonly string[]): void => {
      settle(id, [], tags)
      cashier.run(name)
      pack(Number(placeOf.get(id)?.seq))
    },
    /** Its tags are others now. */
    settle,
  }
}

// Receipts of a version before that get their tags in one transaction.
const FORMER_PIECE = 5000

/**
 * Gives receipts of a version before their tags, and figures their discounts; killed, it goes on
 * where it was.
 */
export function tagFormer(db: Sqlite, operations: Operations): void {
  const after = db.prepare('select after from receipt_untagged')
  if (!after.get()) return
  const some = db.prepare('select seq, id, kind from operation where seq > ? order by seq limit ?')
  const went = db.prepare('update receipt_untagged set after = ?')
  const tags = openTagRows(db)
  const discounts = openDiscountRows(db)
  for (let isOver = false; !isOver; ) {
    tx(db, () => {
      const rows = some.all(Number(after.get()?.after), FORMER_PIECE)
      for (const { id, kind } of rows) {
        if (kind === 'correction') {
          const correction = operations.correction(String(id))
          if (correction) tags.begin(correction.id, correction.person, tagsOfCorrection(correction))
        } else {
          const operation = operations.one(String(id))
          if (operation) {
            tags.begin(operation.id, operation.cashier, tagsOfOperation(operation))
            discounts.documented(operation)
          }
        }
      }
      went.run(Number(rows.at(-1)?.seq ?? 0))
      isOver = rows.length < FORMER_PIECE
      if (isOver) db.exec('delete from receipt_untagged')
    })
  }
}

const placesIn = (row: Record<string, unknown> | undefined): Uint8Array | undefined =>
  row?.places instanceof Uint8Array ? row.places : undefined

const tagsIn = (row: Record<string, unknown>): string[] => JSON.parse(String(row.tags))

/** What is asked, with the receipts of numbers and uids found; they are places in the list. */
type Placed =
  | Exclude<Sought, { is: 'number' | 'uid' | 'all' | 'any' }>
  | { is: 'places'; places: readonly number[] }
  | { is: 'all' | 'any'; of: readonly Placed[] }

/** Places in the list of what is sought, before a place, the newest first. */
export function openTagReading(db: Sqlite) {
  const numbered = db.prepare('select seq from operation where number = ? and listed = 1')
  const started = db.prepare(
    'select seq from operation where uid >= ? and uid < ? and listed = 1 limit 10000',
  )
  const tail = db.prepare('select seq, tags from receipt_tail where seq < ? order by seq desc')
  const newestBlock = db.prepare('select block from receipt_block order by block desc limit 1')
  const one = db.prepare('select places from receipt_block where block = ? and tag = ?')
  const some = db.prepare(
    'select places from receipt_block where block = ? and tag >= ? and tag < ?',
  )
  const cashiers = db.prepare('select name from receipt_cashier order by name')

  const placed = (sought: Sought): Placed => {
    if (sought.is === 'all' || sought.is === 'any') {
      return { is: sought.is, of: sought.of.map(placed) }
    }
    if (sought.is === 'tag' || sought.is === 'between') return sought
    const rows =
      sought.is === 'number'
        ? numbered.all(sought.number)
        : started.all(sought.start, `${sought.start}G`)
    return { is: 'places', places: rows.map(({ seq }) => Number(seq)) }
  }
  /** Where of a block it is. */
  const within = (asked: Placed, block: number): Bits => {
    const found = noBits()
    switch (asked.is) {
      case 'tag':
        joinPacked(found, placesIn(one.get(block, asked.tag)))
        return found
      case 'between':
        for (const row of some.all(block, asked.from, asked.until)) joinPacked(found, placesIn(row))
        return found
      case 'places':
        for (const place of asked.places) {
          if (Math.floor(place / BLOCK) === block) setBit(found, place % BLOCK, true)
        }
        return found
      case 'any':
        for (const each of asked.of) join(found, within(each, block))
        return found
      case 'all':
        return withinAll(asked.of, block)
      default:
        return asked satisfies never
    }
  }
  /** What is nowhere ends the look: the rest is not read. */
  const withinAll = ([first, ...others]: readonly Placed[], block: number): Bits => {
    const met = first ? within(first, block) : noBits()
    for (const each of others) {
      if (isEmpty(met)) break
      meet(met, within(each, block))
    }
    return met
  }
  return {
    /** At most `limit` of them. */
    places: (sought: Sought, { before, limit }: { before: number | null; limit: number }) => {
      const asked = placed(sought)
      const top = before ?? Number.MAX_SAFE_INTEGER
      const found: number[] = []
      for (const row of tail.iterate(top)) {
        if (has(asked, Number(row.seq), new Set(tagsIn(row)))) found.push(Number(row.seq))
        if (found.length === limit) return found
      }
      const last = Number(newestBlock.get()?.block ?? -1)
      for (let block = Math.min(last, Math.floor((top - 1) / BLOCK)); block >= 0; block -= 1) {
        const bits = within(asked, block)
        for (const offset of offsetsOf(bits)) {
          if (block * BLOCK + offset < top) found.push(block * BLOCK + offset)
          if (found.length === limit) return found
        }
      }
      return found
    },
    /** Whoever has ever made one. */
    cashiers: (): string[] => cashiers.all().map(({ name }) => String(name)),
  }
}

function has(asked: Placed, seq: number, tags: ReadonlySet<string>): boolean {
  switch (asked.is) {
    case 'tag':
      return tags.has(asked.tag)
    case 'between':
      return [...tags].some((tag) => tag >= asked.from && tag < asked.until)
    case 'places':
      return asked.places.includes(seq)
    case 'all':
      return asked.of.every((each) => has(each, seq, tags))
    case 'any':
      return asked.of.some((each) => has(each, seq, tags))
    default:
      return asked satisfies never
  }
}
