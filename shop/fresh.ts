import { DatabaseSync } from 'node:sqlite'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoDb } from '#services/sko/store.ts'

// A run of the simulator opens thousands of databases in memory, and their migrations took a
// third of its time: they run once, and the pages that they left are laid down again.

/** A new register's database in memory. */
export const freshRegisterDb = freshly(openRegisterDb)

/** A new device service's database in memory. */
export const freshSkoDb = freshly(openSkoDb)

function freshly(open: (path: string) => Sqlite): () => Sqlite {
  let pages: Uint8Array | undefined
  return () => {
    pages ??= open(':memory:').serialize()
    return openPages(pages)
  }
}

/** A database in memory that begins with these pages; the pages stay as they are. */
export function openPages(pages: Uint8Array): Sqlite {
  const db = new DatabaseSync(':memory:')
  db.deserialize(pages)
  db.exec('pragma foreign_keys = on')
  return db
}

/** The tables that hold rows. */
export const tablesOf = (db: Sqlite): string[] =>
  db
    .prepare(
      `select name from pragma_table_list
       where schema = 'main' and type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .all()
    .map(({ name }) => String(name))
