import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStand } from '#stand/stand.ts'
import { layDatabases } from './embedded-postgres.ts'

// What a stand does at its first start (databases, demo's people and goods, keys, enrolment) takes
// four seconds of a processor. A run of browser tests does it once, and each shop begins as on its
// second morning; stand.test.ts and main.test.ts start one from nothing.

/** Opens a shop and closes it; tests that are started later find it by the environment. */
export async function openOnce(): Promise<{ remove: () => void }> {
  const data = mkdtempSync(join(tmpdir(), 'zpos-opened-shop-'))
  await layDatabases(data)
  const stand = await startStand({ data, ports: {} })
  await stand.stop()
  process.env.ZPOS_TEST_SHOP = data
  return { remove: () => rmSync(data, { recursive: true, force: true }) }
}

/** Lays a shop's data folder: of one that was open before, where there is one. */
export async function layShop(data: string): Promise<void> {
  const opened = process.env.ZPOS_TEST_SHOP
  // Three thousand files: here a copy by Node’s own cpSync takes a second of a processor.
  if (opened) execFileSync('cp', ['-a', `${opened}/.`, data])
  else await layDatabases(data)
}
