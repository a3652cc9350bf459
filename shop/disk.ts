import type { Sqlite } from '#services/runtime/sqlite.ts'
import { freshRegisterDb, tablesOf } from './fresh.ts'
import { DiskFull, Killed, type Life } from './process.ts'

/**
 * A database as one life of a process sees it. Every commit, in a transaction or of a statement of
 * its own, has a boundary before it and one after it; a dead process reaches the disk no more.
 */
export function diskOf(db: Sqlite, life: Life): Sqlite {
  const alive = () => {
    if (!life.alive) throw new Killed('dead')
  }
  const commit = <T>(where: string, work: () => T): T => {
    life.boundary(`before ${where}`)
    if (life.full()) throw new DiskFull('database or disk is full')
    const result = work()
    life.boundary(`after ${where}`)
    return result
  }
  const wrapped = {
    exec: (sql: string) => {
      alive()
      return sql === 'commit' ? commit('commit', () => db.exec(sql)) : db.exec(sql)
    },
    prepare: (sql: string) => {
      const statement = db.prepare(sql)
      const writes = !/^\s*select/i.test(sql)
      return new Proxy(statement, {
        get: (target, name) => {
          const member = Reflect.get(target, name)
          if (typeof member !== 'function') return member
          return (...values: never[]) => {
            alive()
            const call = () => member.apply(target, values)
            return writes && !db.isTransaction ? commit(sql.slice(0, 30), call) : call()
          }
        },
      })
    },
    get isTransaction() {
      return db.isTransaction
    },
    close: () => {},
  }
  return wrapped as unknown as Sqlite
}

/** What SIGKILL leaves behind: whatever was not committed never was. */
export function afterKill(db: Sqlite): void {
  if (db.isTransaction) db.exec('rollback')
}
type Row = Record<string, null | number | bigint | string | Uint8Array>

/** A copy of a database as it stands committed, as its file would be copied: the register's. */
export function copyOf(db: Sqlite, copy = freshRegisterDb()): Sqlite {
  afterKill(db)
  copy.exec('pragma foreign_keys = off; begin')
  // What is searched follows the goods by triggers; the words of acts nobody searches in a copy.
  for (const name of tablesOf(db)) copyTable(db, copy, name)
  copy.exec('commit; pragma foreign_keys = on')
  return copy
}

function copyTable(from: Sqlite, to: Sqlite, table: string): void {
  if (table === 'migration') return
  to.exec(`delete from ${table}`)
  for (const row of from.prepare(`select * from ${table}`).iterate() as Iterable<Row>) {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    to.prepare(`insert into ${table}(${names.join(', ')}) values (${marks})`).run(
      ...Object.values(row),
    )
  }
}
