import type { StatementSync } from 'node:sqlite'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openPages } from './fresh.ts'
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
      const statement = preparedOn(db, sql)
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

/** Each life prepares the same statements on the disk that outlives it: they are prepared once. */
const prepared = new WeakMap<Sqlite, Map<string, StatementSync>>()

function preparedOn(db: Sqlite, sql: string): StatementSync {
  const known = prepared.get(db) ?? new Map<string, StatementSync>()
  prepared.set(db, known)
  const statement = known.get(sql) ?? db.prepare(sql)
  known.set(sql, statement)
  return statement
}

/** What SIGKILL leaves behind: whatever was not committed never was. */
export function afterKill(db: Sqlite): void {
  if (db.isTransaction) db.exec('rollback')
}

/** A copy of a database as it stands committed, as its file would be copied. */
export function copyOf(db: Sqlite): Sqlite {
  afterKill(db)
  return openPages(db.serialize())
}
