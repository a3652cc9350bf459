import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { RegisterBackup } from '#core/api/stand.ts'
import { syncFolder } from './durable-file.ts'

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
  mkdirSync(folder, { recursive: true, mode: 0o700 })
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
      settle(draft, pathOf(taken))
      for (const old of list().slice(0, -KEPT)) rmSync(pathOf(old))
      return taken
    },
    /** Puts a copy in the database's place. Nobody may have the database open. */
    putBack: (wanted: RegisterBackup): void => {
      const draft = `${source}.restored`
      copyFileSync(pathOf(wanted), draft)
      // The log goes first: left beside another database it would be played into that one.
      for (const suffix of ['-wal', '-shm']) rmSync(`${source}${suffix}`, { force: true })
      settle(draft, source)
    },
  }
}

export type RegisterBackups = ReturnType<typeof openRegisterBackups>

/** Makes a draft durable and gives it its place, whole or not at all. */
function settle(draft: string, path: string): void {
  const file = openSync(draft, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}
