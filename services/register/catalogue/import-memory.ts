import type { ImportCounts, ImportView } from '#core/api/register-import.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { openActs } from '../memory/acts.ts'
import { ROWS_TOGETHER } from './import-plan.ts'

type Begun = {
  id: string
  file: string
  person: string
  counts: ImportCounts
  parts: number
  at: number
}

export type ImportMemory = ReturnType<typeof openImportMemory>

/** Imports that were confirmed, as the database has them. */
export function openImportMemory(db: Sqlite) {
  const begin = db.prepare(
    `insert into goods_import(id, person, file, begun_at, counts, parts)
     values (:id, :person, :file, :at, :counts, :parts)`,
  )
  const put = db.prepare('insert into goods_import_part(import, part, body) values (?, ?, ?)')
  const applied = db.prepare('update goods_import set applied_at = ? where id = ?')
  const over = db.prepare('update goods_import set done_at = ? where id = ?')
  const one = db.prepare(
    `select *, (select count(*) from goods_import_part where import = id) unwritten
     from goods_import where id = ? and applied_at is not null`,
  )
  const open = db.prepare(
    'select id, person from goods_import where done_at is null and applied_at is not null',
  )
  const take = db.prepare(
    `delete from goods_import_part where import = :id and part =
       (select min(part) from goods_import_part where import = :id) returning body`,
  )
  const left = db.prepare('select 1 from goods_import where applied_at is null limit 1')
  const forgetUnapplied = (): void => {
    if (!left.get()) return
    tx(db, () => {
      const unapplied = 'select id from goods_import where applied_at is null'
      db.exec(`delete from goods_import_part where import in (${unapplied});
               delete from goods_import where applied_at is null`)
    })
  }
  return {
    forgetUnapplied,
    begin: ({ counts, ...begun }: Begun): void => {
      // Of a try before, which found no room.
      forgetUnapplied()
      begin.run({ ...begun, counts: JSON.stringify(counts) })
    },
    put: (id: string, from: number, parts: readonly Uint8Array[]): void =>
      tx(db, () => {
        for (const [at, body] of parts.entries()) put.run(id, from + at, body)
      }),
    applied: (id: string, at: number): void => void applied.run(at, id),
    /** Within the transaction of whoever has carried it out. */
    done: ({ id, person }: { id: string; person: string }, at: number): void => {
      over.run(at, id)
      const row = one.get(id)
      const { bad: _, ...rows } = JSON.parse(String(row?.counts)) as ImportCounts
      const facts = { subject: String(row?.file), rows }
      openActs(db, () => at).record({ person, what: 'goods-imported', facts })
    },
    open: (): { id: string; person: string } | null => {
      const row = open.get()
      return row ? { id: String(row.id), person: String(row.person) } : null
    },
    take: (id: string): Uint8Array | null =>
      (take.get({ id })?.body as Uint8Array | undefined) ?? null,
    view: (id: string): ImportView | null => {
      const row = one.get(id)
      if (!row) return null
      const counts = JSON.parse(String(row.counts)) as ImportCounts
      const total = counts.new + counts.changed
      const written = (Number(row.parts) - Number(row.unwritten)) * ROWS_TOGETHER
      return {
        id,
        file: String(row.file),
        state: row.done_at === null ? 'applying' : 'done',
        failed: null,
        heads: [],
        columns: {},
        isHeadless: false,
        unsaid: null,
        counts,
        written: { done: Math.min(written, total), total },
        isStuck: false,
      }
    },
  }
}
