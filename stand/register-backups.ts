import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { RegisterBackup } from '#core/api/stand.ts'
import { occupied, takeLock } from '#services/runtime/data-folder.ts'
import { makeFolder, moveFile, syncFile, syncFolder } from '#services/runtime/durable-file.ts'

const ALL_PAGES = 2 ** 31 - 1
/** The oldest copies beyond this go. */
const KEPT = 20

/**
 * Copies of the register's database, taken from outside while it runs. One put back is how БД and
 * СКО come to disagree by honest means (R19).
 */
export function openRegisterBackups(data: string, now: () => number) {
  const folder = join(data, 'stand', 'register-backups')
  const source = join(data, 'register', 'register.sqlite')
  makeFolder(folder)
  const pathOf = ({ id, at }: RegisterBackup) => join(folder, `${id}-${at}.sqlite`)
  const list = (): RegisterBackup[] =>
    readdirSync(folder)
      .flatMap((name) => {
        const [, id = '', at = ''] = /^(\d+)-(\d+)\.sqlite$/.exec(name) ?? []
        return id === '' ? [] : [{ id, at: Number(at) }]
      })
      .sort((a, b) => Number(a.id) - Number(b.id))
  return {
    list,
    /** Takes a copy of what is committed at this moment. */
    take: async (): Promise<RegisterBackup> => {
      const draft = join(folder, 'draft')
      rmSync(draft, { force: true })
      const db = new DatabaseSync(source, { readOnly: true })
      const at = now()
      try {
        // All pages in one step: a copy in steps would begin anew at each commit of the register.
        await backup(db, draft, { rate: ALL_PAGES })
      } finally {
        db.close()
      }
      const taken = { id: String(Number(list().at(-1)?.id ?? 0) + 1), at }
      syncFile(draft)
      moveFile(draft, pathOf(taken))
      for (const old of list().slice(0, -KEPT)) rmSync(pathOf(old))
      return taken
    },
    /**
     * Puts a copy in the database's place: whoever is cut short leaves the whole old one or the
     * whole new one. Throws when somebody has the database open; nothing is changed then.
     */
    putBack: (wanted: RegisterBackup): void => {
      const lock = takeLock(join(dirname(source), 'lock'))
      if (lock.kind === 'theirs') throw new Error(occupied(dirname(source), lock.by))
      try {
        const draft = `${source}.restored`
        copyFileSync(pathOf(wanted), draft)
        syncFile(draft)
        if (existsSync(source)) emptyLog(source)
        // Empty as it is, a log beside another database is not left to chance.
        for (const suffix of ['-wal', '-shm']) rmSync(`${source}${suffix}`, { force: true })
        syncFolder(dirname(source))
        moveFile(draft, source)
      } finally {
        lock.release()
      }
    },
  }
}

/** Brings all that the log holds into the database itself: without its log it is whole. */
function emptyLog(path: string): void {
  const db = new DatabaseSync(path)
  try {
    db.exec('pragma synchronous = full')
    const checkpoint = db.prepare('pragma wal_checkpoint(truncate)').get()
    if (checkpoint?.busy !== 0) throw new Error(`${path}: the log is in use`)
  } finally {
    db.close()
  }
}

export type RegisterBackups = ReturnType<typeof openRegisterBackups>
