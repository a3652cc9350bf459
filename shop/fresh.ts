import { DatabaseSync } from 'node:sqlite'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoDb } from '#services/sko/store.ts'

// A run of the simulator opens thousands of databases in memory, and their migrations took a
// third of its time: they run once, and what they left is written down as one script.

/** A new register's database in memory. */
export const freshRegisterDb = freshly(openRegisterDb)

/** A new device service's database in memory. */
export const freshSkoDb = freshly(openSkoDb)

function freshly(open: (path: string) => Sqlite): () => Sqlite {
  let script: string | undefined
  return () => {
    script ??= scriptOf(open(':memory:'))
    const db = new DatabaseSync(':memory:')
    db.exec(script)
    db.exec('pragma foreign_keys = on')
    return db
  }
}

/** The tables that hold rows; `shadow`: those that an index of words keeps for itself. */
export const tablesOf = (db: Sqlite, type: 'table' | 'shadow' = 'table'): string[] =>
  db
    .prepare(
      `select name from pragma_table_list
       where schema = 'main' and type = ? and name not like 'sqlite_%' order by name`,
    )
    .all(type)
    .map(({ name }) => String(name))

/** SQL that makes a database equal to this one, which holds little. */
function scriptOf(db: Sqlite): string {
  // Tables before their indexes: the order in which they were made.
  const made = db.prepare(
    `select name, sql from sqlite_schema
     where sql is not null and name not like 'sqlite_%' order by rowid`,
  )
  const ofIndex = new Set(tablesOf(db, 'shadow'))
  const things = (made.all() as { name: string; sql: string }[]).filter(
    ({ name }) => !ofIndex.has(name),
  )
  const rows = tablesOf(db).flatMap((name) => rowsOf(db, name))
  return ['begin', ...things.map(({ sql }) => sql), ...rows, 'commit'].join(';\n')
}

function rowsOf(db: Sqlite, table: string): string[] {
  const columns = db.prepare(`pragma table_info(${table})`).all()
  const quoted = columns.map(({ name }) => `quote(${name})`).join(` || ',' || `)
  const rows = db.prepare(`select ${quoted} as row from ${table}`).all()
  return rows.map(({ row }) => `insert into ${table} values (${row})`)
}
