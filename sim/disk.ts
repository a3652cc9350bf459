import type { Sqlite } from '#services/runtime/sqlite.ts'

/** Thrown at the boundary where a process is killed; the process does nothing after it. */
export class Killed extends Error {
  override name = 'Killed'
}

/** What SQLite throws when a write finds no room: the statement or the commit has done nothing. */
export class DiskFull extends Error {
  override name = 'DiskFull'
}

/** A process as the world sees it: it passes boundaries between effects, and may die at one. */
export type Life = {
  alive: boolean
  /** Called before and after every effect. */
  boundary: (where: string) => void
  /** There is no room for one more write. */
  full?: () => boolean
}

/**
 * A database as one life of a process sees it. Every commit, in a transaction or of a statement of
 * its own, has a boundary before it and one after it; a dead process reaches the disk no more.
 */
export function diskOf(db: Sqlite, life: Life): Sqlite {
  const alive = () => {
    if (!life.alive) throw new Killed('dead')
  }
  const room = () => {
    if (life.full?.()) throw new DiskFull('database or disk is full')
  }
  const commit = <T>(where: string, work: () => T): T => {
    life.boundary(`before ${where}`)
    room()
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
