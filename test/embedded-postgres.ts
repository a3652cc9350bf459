import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { openPostgres } from '#services/runtime/postgres.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import project from '../package.json' with { type: 'json' }

// initdb takes four seconds of a processor; what it makes is always the same. It is made once for
// each release of PGlite and kept among what is built. stand.test.ts makes one as a shop does.

const version = project.dependencies['@electric-sql/pglite']
const dump = join(import.meta.dirname, '..', 'dist', 'test', `postgres-${version}.tar`)

async function madeDump(): Promise<string> {
  if (existsSync(dump)) return dump
  const lite = await PGlite.create()
  const bytes = await (await lite.dumpDataDir('none')).bytes()
  await lite.close()
  mkdirSync(dirname(dump), { recursive: true })
  // Of several that make it at once the last one wins, and nobody sees half of it.
  const draft = `${dump}.${process.pid}`
  writeFileSync(draft, bytes)
  renameSync(draft, dump)
  return dump
}

/** A new embedded PostgreSQL in memory. */
export const memoryPostgres = async (): Promise<Postgres> =>
  openPostgres({ memory: new Blob([readFileSync(await madeDump())]) })

/** Lays new databases where operator, office and bank keep theirs in a data folder. */
export async function layDatabases(data: string): Promise<void> {
  for (const folder of [
    join(data, 'operator'),
    join(data, 'office'),
    join(data, 'acquirer', 'db'),
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    execFileSync('tar', ['-xf', await madeDump(), '-C', folder], { stdio: 'ignore' })
  }
}
