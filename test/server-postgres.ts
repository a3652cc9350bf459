import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { migrate, openPostgres } from '#services/runtime/postgres.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { memoryPostgres } from './embedded-postgres.ts'

// Many files have an operator, an office or a bank beside what they test. Embedded, two of them
// cost three seconds of a processor; databases of the server that a run of tests starts, a tenth.
// What is told of operator, office and bank themselves is told of both kinds.

export const keepers = ['operator', 'office', 'acquirer'] as const
/** Who keeps what it knows in PostgreSQL. */
export type Keeper = (typeof keepers)[number]

export const templateOf = (keeper: Keeper): string => `template_${keeper}`

/** Makes on a server what databases of tests are copied from: every migration has run in them. */
export async function layTemplates(server: string): Promise<void> {
  const root = await openPostgres({ url: server })
  for (const keeper of keepers) {
    await root.query(`create database ${templateOf(keeper)}`)
    const db = await openPostgres({ url: databaseAt(server, templateOf(keeper)) })
    await migrate(db, join(import.meta.dirname, '..', 'services', keeper, 'schema'))
    await db.close()
  }
  await root.close()
}

/** A database with its tables and no rows, for as long as the server lives; else in memory. */
export const newPostgres = async (keeper: Keeper): Promise<Postgres> =>
  process.env.ZPOS_TEST_POSTGRES
    ? openPostgres({ url: await copiedDatabase(templateOf(keeper)) })
    : memoryPostgres()

/** Makes a database of the run's server equal to another, which nobody uses; answers its URL. */
export async function copiedDatabase(like: string, name = ofItsOwn(like)): Promise<string> {
  const server = process.env.ZPOS_TEST_POSTGRES ?? ''
  const root = await openPostgres({ url: server })
  await root.query(`create database ${name} template ${like}`)
  await root.close()
  return databaseAt(server, name)
}

const ofItsOwn = (like: string): string => `${like}_${randomUUID().replaceAll('-', '')}`

/** Takes every row of every table away; `truncate` makes new files, and takes ten times as long. */
export async function emptied(db: Postgres): Promise<void> {
  const tables = await db.query<{ name: string }>(
    `select tablename as name from pg_tables
     where schemaname = 'public' and tablename <> 'migration'`,
  )
  const deletes = tables.map(({ name }) => `delete from ${name}`)
  // In any order: no foreign key is looked after in between.
  const alone = 'set local session_replication_role = replica'
  await db.query(['begin', alone, ...deletes, 'commit'].join(';'))
}

const databaseAt = (server: string, name: string): string => String(new URL(`/${name}`, server))
