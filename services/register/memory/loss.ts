import type { BackupLoss } from '#core/api/register-backup.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import type { CopyEnd } from '../links/copying.ts'

/**
 * What a memory has that it would not have at that end; null: it never stood there, so that a copy
 * of that end is another memory's.
 */
export function lossSince(db: Sqlite, end: CopyEnd): BackupLoss | null {
  const there = db.prepare('select hash from journal where seq = ?').get(end.seq)
  if (end.seq > 0 && there?.hash !== end.hash) return null
  const begun = `select operation from journal where type = 'begun' and seq > ${end.seq}`
  const count = (sql: string, ...given: number[]) => Number(db.prepare(sql).get(...given)?.n ?? 0)
  const last = (sql: string, after: number) => Number(db.prepare(sql).get(after)?.at ?? 0)
  const lastAt = Math.max(
    last('select max(at) at from journal where seq > ?', end.seq),
    last('select max(at) at from act where seq > ?', end.acts),
    last('select max(since) at from goods_price where since > ?', end.at),
  )
  return {
    operations: count(`select count(*) n from (${begun})`),
    receipts: count(
      `select count(*) n from operation where kind = 'sale' and state = 'registered'
       and id in (${begun})`,
    ),
    goods: count('select count(distinct goods) n from goods_price where since > ?', end.at),
    acts: count('select count(*) n from act where seq > ?', end.acts),
    lastAt: lastAt === 0 ? null : lastAt,
  }
}
