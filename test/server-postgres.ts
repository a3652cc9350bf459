import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
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
  for (const keeper of keepers) {
    await command(server, `create database ${templateOf(keeper)}`)
    const db = await openPostgres({ url: databaseAt(server, templateOf(keeper)) })
    await migrate(db, join(import.meta.dirname, '..', 'services', keeper, 'schema'))
    await db.close()
  }
}

/** By a line of its own, which waits longer for an answer than any service would. */
async function command(server: string, text: string): Promise<void> {
  const line = new pg.Client({ connectionString: server })
  await line.connect()
  try {
    await line.query(text)
  } finally {
    await line.end()
  }
}

/** A database with its tables and no rows, for as long as the server lives; else in memory. */
export const newPostgres = async (keeper: Keeper): Promise<Postgres> =>
  process.env.ZPOS_TEST_POSTGRES
    ? openPostgres({ url: await copiedDatabase(templateOf(keeper)) })
    : memoryPostgres()

/** Makes a database of the run's server equal to another, which nobody uses; answers its URL. */
export async function copiedDatabase(like: string, name = ofItsOwn(like)): Promise<string> {
  const server = process.env.ZPOS_TEST_POSTGRES ?? ''
  await command(server, `create database ${name} template ${like}`)
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
