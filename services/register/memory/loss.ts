import type { BackupLoss } from '#core/api/register-backup.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { areOfOne, endOf } from '../links/copying.ts'

/**
 * What a memory has that it would not have were the copy in its place; null: the copy is another
 * till's. A memory that was returned before may lack what the copy has: both are looked at from
 * the last line that they share.
 */
export function lossBetween(db: Sqlite, copy: Sqlite): BackupLoss | null {
  if (!areOfOne(endOf(db), endOf(copy))) return null
  const line = lastShared(db, copy, 'journal')
  const act = lastShared(db, copy, 'act')
  // What is written to neither chain is told by its moment: a copy may know of more by then.
  const isOlder = line.seq === endOf(copy).seq && act.seq === endOf(copy).acts
  const since = isOlder ? endOf(copy).at : Math.max(line.at, act.at)
  const begun = `select operation from journal where type = 'begun' and seq > ${line.seq}`
  const count = (sql: string, ...given: number[]) => Number(db.prepare(sql).get(...given)?.n ?? 0)
  const last = (sql: string, after: number) => Number(db.prepare(sql).get(after)?.at ?? 0)
  const lastAt = Math.max(
    last('select max(at) at from journal where seq > ?', line.seq),
    last('select max(at) at from act where seq > ?', act.seq),
    last('select max(since) at from goods_price where since > ?', since),
  )
  return {
    operations: count(`select count(*) n from (${begun})`),
    receipts: count(
      `select count(*) n from operation where kind = 'sale' and state = 'registered'
       and id in (${begun})`,
    ),
    documents: count(
      `select count(*) n from operation where number is not null and id in (${begun})`,
    ),
    cards: count(`select count(*) n from card_transaction where operation in (${begun})`),
    goods: count('select count(distinct goods) n from goods_price where since > ?', since),
    acts: count('select count(*) n from act where seq > ?', act.seq),
    lastAt: lastAt === 0 ? null : lastAt,
    since,
    beyond: Number(copy.prepare(`select count(*) n from (${begun})`).get()?.n ?? 0),
  }
}

/** The last line that two chains share: they are alike up to it, and nowhere behind. */
function lastShared(one: Sqlite, other: Sqlite, chain: 'journal' | 'act') {
  const select = `select at, hash from ${chain} where seq = ?`
  const [here, there] = [one.prepare(select), other.prepare(select)]
  const isShared = (seq: number): boolean => {
    const hash = here.get(seq)?.hash
    return hash !== undefined && hash === there.get(seq)?.hash
  }
  let [shared, parted] = [0, endOfChain(one, chain) + 1]
  while (parted - shared > 1) {
    const middle = Math.floor((shared + parted) / 2)
    if (isShared(middle)) shared = middle
    else parted = middle
  }
  return { seq: shared, at: Number(here.get(shared)?.at ?? 0) }
}

const endOfChain = (db: Sqlite, chain: 'journal' | 'act'): number =>
  Number(db.prepare(`select max(seq) last from ${chain}`).get()?.last ?? 0)
