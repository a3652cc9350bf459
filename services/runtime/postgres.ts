import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { assert } from '#core/assert.ts'
import type { Postgres, Sql } from './sql.ts'

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

// A server that is there is given up by itself, statement by statement; one that is gone is not
// waited for. A courier waits 10 s for its answer, and somebody has to hear of it before that.
const CONNECT_MS = 3000
const LOCK_MS = 2000
const STATEMENT_MS = 5000
/** A server that is there has given the statement up before. */
const ANSWER_MS = 6000
const IDLE_IN_TRANSACTION_MS = 10_000
/** Rested for longer than this a connection is tried before it is lent. */
const RESTED_MS = 1000
const TRIAL_MS = 1000
/** The longest that a timer can be set to: only a connection that is lost ends it. */
const UNBOUNDED_MS = 2 ** 31 - 1
const NO_BOUNDS = 'set local statement_timeout = 0; set local lock_timeout = 0'

function openServer(url: string): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    // A connection that rests keeps nobody alive.
    allowExitOnIdle: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      // Moments and kopecks are safe integers; by default bigint would come as text.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
    },
  })
  const lend = lender(pool)
  return {
    query: async (text, parameters) => {
      const lent = await lend()
      return lent.giveBack(ask(lent.connection, { text, parameters, waitMs: ANSWER_MS }))
    },
    transaction: async (work, { unhurried = false } = {}) => {
      const { connection, giveBack } = await lend()
      const waitMs = unhurried ? UNBOUNDED_MS : ANSWER_MS
      const sql: Sql = {
        query: (text, parameters) => ask(connection, { text, parameters, waitMs }),
      }
      const committed = async () => {
        await sql.query(unhurried ? `begin; ${NO_BOUNDS}` : 'begin')
        const result = await work(sql)
        const { command } = await connection.query('commit')
        assert(command === 'COMMIT', 'a transaction in which a statement failed is not committed')
        return result
      }
      return giveBack(committed())
    },
    close: () => pool.end(),
  }
}

type Lent = {
  connection: pg.PoolClient
  /** Answers with what the work did. Where it failed the connection is dropped: that rolls back. */
  giveBack: <T>(work: Promise<T>) => Promise<T>
}

/**
 * Lends connections that answer. A line may have gone black while it rested: the first one that is
 * found silent condemns all that were last heard before it, so that nobody waits for each of them.
 */
function lender(pool: pg.Pool): () => Promise<Lent> {
  const heardAt = new WeakMap<pg.PoolClient, number>()
  let silentSince = 0
  // A connection may be lost at any moment: while it is idle, lent out or being given back. Who
  // works on it hears so from the next statement, the pool replaces it, and an event that nobody
  // listens to would end the process. The pool's own listener is off while a connection is lent.
  pool.on('error', () => {})
  pool.on('connect', (connection) => {
    connection.on('error', () => {})
    heardAt.set(connection, performance.now())
  })
  const answers = async (connection: pg.PoolClient): Promise<boolean> => {
    const heard = heardAt.get(connection) ?? 0
    if (heard <= silentSince) return false
    if (performance.now() - heard < RESTED_MS) return true
    const trial: TimedQuery = { text: 'select 1', query_timeout: TRIAL_MS }
    return connection.query(trial).then(
      () => true,
      () => false,
    )
  }
  return async () => {
    let connection = await pool.connect()
    while (!(await answers(connection))) {
      silentSince = Math.max(silentSince, heardAt.get(connection) ?? 0)
      connection.release(true)
      connection = await pool.connect()
    }
    const giveBack = async <T>(work: Promise<T>): Promise<T> => {
      try {
        const result = await work
        heardAt.set(connection, performance.now())
        connection.release()
        return result
      } catch (error) {
        connection.release(true)
        throw error
      }
    }
    return { connection, giveBack }
  }
}

type Asked = { text: string; parameters: readonly unknown[] | undefined; waitMs: number }
/** What pg takes and its types do not name: how long the answer is waited for. */
type TimedQuery = pg.QueryConfig & { query_timeout?: number }

async function ask<Row>(
  connection: pg.PoolClient,
  { text, parameters, waitMs }: Asked,
): Promise<Row[]> {
  const query: TimedQuery = { text, query_timeout: waitMs }
  if (parameters) query.values = [...parameters]
  const answer: pg.QueryResult | pg.QueryResult[] = await connection.query(query)
  return (Array.isArray(answer) ? answer.at(-1)?.rows : answer.rows) ?? []
}

/** Forward only: each file of the schema folder runs once, in the order of its name. */
export async function migrate(db: Postgres, schema: string): Promise<void> {
  await db.query('create table if not exists migration(name text primary key)')
  for (const name of readdirSync(schema).sort()) {
    if (!name.endsWith('.sql')) continue
    const once = async (sql: Sql) => {
      // Of two processes that start at once the second waits here and finds the work done.
      await sql.query('lock table migration in exclusive mode')
      const done = await sql.query('select from migration where name = $1', [name])
      if (done.length > 0) return
      await sql.query(readFileSync(join(schema, name), 'utf8'))
      await sql.query('insert into migration(name) values ($1)', [name])
    }
    // A table of millions of rows takes its time.
    await db.transaction(once, { unhurried: true })
  }
}
