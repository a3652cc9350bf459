import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { afterKill } from './disk.ts'

type Row = Record<string, null | number | bigint | string | Uint8Array>

/** A copy of the register's database as it stands committed, as its file would be copied. */
export function copyOf(db: Sqlite): Sqlite {
  afterKill(db)
  const copy = openRegisterDb(':memory:')
  copy.exec('pragma foreign_keys = off; begin')
  const tables = db.prepare(`select name from sqlite_schema where type = 'table'`).all()
  for (const { name } of tables) copyTable(db, copy, String(name))
  copy.exec('commit; pragma foreign_keys = on')
  return copy
}

function copyTable(from: Sqlite, to: Sqlite, table: string): void {
  if (table.startsWith('sqlite_') || table === 'migration') return
  to.exec(`delete from ${table}`)
  for (const row of from.prepare(`select * from ${table}`).iterate() as Iterable<Row>) {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    to.prepare(`insert into ${table}(${names.join(', ')}) values (${marks})`).run(
      ...Object.values(row),
    )
  }
}
