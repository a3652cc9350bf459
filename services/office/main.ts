import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { openClock, repeat } from '#services/runtime/clock.ts'
import {
  behindTls,
  clockOffsetFile,
  dataFolder,
  host,
  names,
  port,
  readConfig,
  requestsPerSecond,
} from '#services/runtime/config.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen, type Recognise } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import {
  believingFile,
  OFFICE_KEY,
  openOperatorKey,
  publicHalfOf,
} from '#services/runtime/operator-keys.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { guardAnswers } from '#services/runtime/pages.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { secretFile } from '#services/runtime/secret-file.ts'
import { openOffice } from './app.ts'
import { officeSeedFile, sowOffice } from './seed.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_OFFICE_PORT: port(8091),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_BEHIND_TLS: behindTls,
  ZPOS_DATA: dataFolder,
  /** Names by which people reach the cabinet through a proxy, parted by commas. */
  ZPOS_PUBLIC_HOSTS: names,
  /** A PostgreSQL server; without it an embedded one keeps its files in ZPOS_DATA/office. */
  ZPOS_OFFICE_DATABASE_URL: z.url().optional(),
  /**
   * File, mode 0600, of the key that leases are signed with: made at the first start, its public
   * half beside it under the same name and `.pub`. Without it ZPOS_DATA/office-key.pem.
   */
  ZPOS_OFFICE_KEY: z.string().min(1).optional(),
  /** JSON file of tariffs, contracts, equipment and accounts, see seed.ts. */
  ZPOS_OFFICE_SEED: z.string().optional(),
  /** Clients top up their accounts by a press and no bank is asked, as on the stand. */
  ZPOS_OFFICE_DEMO_PAYMENTS: z.enum(['yes', 'no']).default('no'),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
})

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('office')
  const { ZPOS_OFFICE_DATABASE_URL: url, ZPOS_OFFICE_SEED: seed } = config
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const folder = join(config.ZPOS_DATA, 'office')
  if (!url) {
    makeFolder(config.ZPOS_DATA)
    // Beside the folder: that is the database's own, made whole by itself.
    ownFolder(folder, `${folder}.lock`)
  }
  const opened = Promise.withResolvers<Hono>()
  const door: { recognise?: Recognise } = {}
  const server = await listen(opened.promise, {
    host: config.ZPOS_HOST,
    port: config.ZPOS_OFFICE_PORT,
    rate: config.ZPOS_REQUESTS_PER_SECOND,
    recognise: (incoming) => door.recognise?.(incoming) ?? null,
  })
  const db = await openPostgres(url ? { url } : { folder })
  const keyFile = config.ZPOS_OFFICE_KEY ?? join(config.ZPOS_DATA, OFFICE_KEY)
  const { app, recognise, settle } = await openOffice({
    db,
    clock,
    log,
    key: openOperatorKey(keyFile),
    verify: believingFile(publicHalfOf(keyFile)),
    cookies: {
      key: secretFile(join(config.ZPOS_DATA, 'office-browsers')),
      isSecure: config.ZPOS_BEHIND_TLS,
    },
    takesDemoPayments: config.ZPOS_OFFICE_DEMO_PAYMENTS === 'yes',
  })
  door.recognise = recognise
  if (seed) await sowOffice(db, officeSeedFile.parse(JSON.parse(readFileSync(seed, 'utf8'))))
  const root = new Hono()
  guardAnswers(root, { isSecure: config.ZPOS_BEHIND_TLS })
  const publicHosts = config.ZPOS_PUBLIC_HOSTS
  // Tills believe signatures, watchers read what is no secret.
  const machines = ['/api/lease', '/health', '/metrics']
  ownOriginOnly(root, config.ZPOS_HOST, { publicHosts, machines })
  root.route('/', app)
  opened.resolve(root)
  const settling = repeat(settle, (error) => log.error('settling', { error: String(error) }))
  log.info('listening', { port: server.port })
  await untilStopped()
  await settling.stop()
  await server.close()
  await db.close()
}
