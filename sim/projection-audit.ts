import { rebuild } from '#services/register/memory/projection.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { freshRegisterDb } from '#shop/fresh.ts'
import { insist } from './invariant.ts'

const projections = [
  'select * from operation order by seq',
  'select operation, account, amount from posting order by seq',
  'select body from ledger',
  'select * from card_transaction order by seq',
  'select * from card_day order by seq',
  'select name, value from setting order by name',
  'select * from cash_up order by seq',
  'select * from trade order by hour, shift, cashier',
  'select * from trade_group order by day, shift, name',
  'select * from discount_given order by operation, reason',
  'select * from marked_unit order by unit, operation',
  'select * from receipt_tail order by seq',
  'select block, tag, hex(places) from receipt_block order by block, tag',
  'select * from receipt_cashier order by name',
]

/** The projections that stand are those that the journal makes anew. */
export function checkProjections(db: Sqlite): void {
  const fresh = freshRegisterDb()
  const insert = fresh.prepare(
    `insert into journal(seq, at, operation, type, body, hash, packed)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  fresh.exec('begin')
  for (const row of db.prepare('select * from journal order by seq').all()) {
    const { seq, at, operation, type, body, hash, packed } = row
    insert.run(...([seq, at, operation, type, body, hash, packed] as never[]))
  }
  fresh.exec('commit')
  rebuild(fresh)
  for (const sql of projections) {
    const same = JSON.stringify(db.prepare(sql).all()) === JSON.stringify(fresh.prepare(sql).all())
    insist(same, `the projections follow from the journal: ${sql.slice(0, 40)}`)
  }
  fresh.close()
}
