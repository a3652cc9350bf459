import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStand } from '#stand/stand.ts'
import { layDatabases } from './embedded-postgres.ts'
import { copiedDatabase, type Keeper, keepers, templateOf } from './server-postgres.ts'

// What a stand does at its first start (databases, demo's people and goods, keys, enrolment) takes
// four seconds of a processor. A run of browser tests does it once, and each shop begins as on its
// second morning; stand.test.ts and main.test.ts start one from nothing.

/** Where operator, office and bank of a shop keep what they know. */
export type Stores = 'embedded' | 'server'

/** By which each process of a stand is told of its database. */
const variables = {
  operator: 'DATABASE_URL',
  office: 'ZPOS_OFFICE_DATABASE_URL',
  acquirer: 'ZPOS_ACQUIRER_DATABASE_URL',
} as const satisfies Record<Keeper, string>

const openedOf = { embedded: 'ZPOS_TEST_SHOP', server: 'ZPOS_TEST_SERVED_SHOP' } as const
const ofShop = (keeper: Keeper): string => `shop_${keeper}`

/**
 * Opens a shop and closes it, and one on the run's server where there is one; tests that are
 * started later find them by the environment.
 */
export async function openOnce(): Promise<{ remove: () => void }> {
  const made: string[] = []
  const open = async (stores: Stores) => {
    const data = mkdtempSync(join(tmpdir(), 'zpos-opened-shop-'))
    made.push(data)
    if (stores === 'embedded') await layDatabases(data)
    else await nameDatabases(templateOf, ofShop)
    const stand = await startStand({ data, ports: {} })
    await stand.stop()
    for (const keeper of keepers) delete process.env[variables[keeper]]
    process.env[openedOf[stores]] = data
  }
  await open('embedded')
  if (process.env.ZPOS_TEST_POSTGRES) await open('server')
  return {
    remove: () => made.forEach((data) => void rmSync(data, { recursive: true, force: true })),
  }
}

/** Makes databases like others, and tells the stand that this process starts of them. */
async function nameDatabases(
  like: (keeper: Keeper) => string,
  nameOf?: (keeper: Keeper) => string,
): Promise<void> {
  for (const keeper of keepers) {
    process.env[variables[keeper]] = await copiedDatabase(like(keeper), nameOf?.(keeper))
  }
}

/**
 * Lays a shop's data folder: of one that was open before, where there is one. On the server its
 * stand has to be started by this process; without a server everything is embedded.
 */
export async function layShop(data: string, stores: Stores = 'embedded'): Promise<void> {
  const served = stores === 'server' ? process.env[openedOf.server] : undefined
  if (served) await nameDatabases(ofShop)
  const opened = served ?? process.env[openedOf.embedded]
  // Three thousand files: here a copy by Node’s own cpSync takes a second of a processor.
  if (opened) execFileSync('cp', ['-a', `${opened}/.`, data])
  else await layDatabases(data)
}
