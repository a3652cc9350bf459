import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { assert } from '#core/assert.ts'
import type { Postgres } from './sql.ts'

/**
 * A server by its URL, or the embedded one: in a folder, made when missing, or in memory for tests,
 * out of a tar of such a folder.
 */
export async function openPostgres(
  at: { url: string } | { folder: string } | { memory: Blob },
): Promise<Postgres> {
  if ('url' in at) return openServer(at.url)
  const { openEmbedded } = await import('./postgres-embedded.ts')
  return openEmbedded(at)
}

const INT8 = 20

function openServer(url: string): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      // Moments and kopecks are safe integers; by default bigint would come as text.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
    },
  })
  // A connection may be lost at any moment: while it is idle, lent out or being given back. Who
  // works on it hears so from the next statement, the pool replaces it, and an event that nobody
  // listens to would end the process. The pool's own listener is off while a connection is lent.
  pool.on('error', () => {})
  pool.on('connect', (connection) => connection.on('error', () => {}))
  return {
    query: (text, parameters) => ask(pool, text, parameters),
    transaction: async (work) => {
      const connection = await pool.connect()
      try {
        await connection.query('begin')
        const result = await work({ query: (text, rest) => ask(connection, text, rest) })
        const { command } = await connection.query('commit')
        assert(command === 'COMMIT', 'a transaction in which a statement failed is not committed')
        connection.release()
        return result
      } catch (error) {
        // Dropping the connection rolls back, whatever state it was left in.
        connection.release(true)
        throw error
      }
    },
    close: () => pool.end(),
  }
}

async function ask<Row>(
  connection: pg.Pool | pg.PoolClient,
  text: string,
  parameters?: readonly unknown[],
): Promise<Row[]> {
  const answer: pg.QueryResult | pg.QueryResult[] = parameters
    ? await connection.query(text, [...parameters])
    : await connection.query(text)
  return (Array.isArray(answer) ? answer.at(-1)?.rows : answer.rows) ?? []
}

/** Forward only: each file of the schema folder runs once, in the order of its name. */
export async function migrate(db: Postgres, schema: string): Promise<void> {
  await db.query('create table if not exists migration(name text primary key)')
  for (const name of readdirSync(schema).sort()) {
    if (!name.endsWith('.sql')) continue
    await db.transaction(async (sql) => {
      // Of two processes that start at once the second waits here and finds the work done.
      await sql.query('lock table migration in exclusive mode')
      const done = await sql.query('select from migration where name = $1', [name])
      if (done.length > 0) return
      await sql.query(readFileSync(join(schema, name), 'utf8'))
      await sql.query('insert into migration(name) values ($1)', [name])
    })
  }
}
