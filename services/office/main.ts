import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { openCabinetServer } from '#services/runtime/cabinet-server.ts'
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
import { readWhole } from '#services/runtime/durable-file.ts'
import { openKeyring } from '#services/runtime/key-changes.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { openLog } from '#services/runtime/log.ts'
import { mailSettings, openPost } from '#services/runtime/mail.ts'
import {
  believingFile,
  OFFICE_KEY,
  OPERATOR_KEYS,
  publicHalfOf,
} from '#services/runtime/operator-keys.ts'
import { openReleaseKey } from '#services/runtime/release-keys.ts'
import { secretFile } from '#services/runtime/secret-file.ts'
import { httpSend } from '#services/runtime/send.ts'
import { openOffice } from './app.ts'
import { provenBank } from './feed.ts'
import { startOfficeMailing } from './mailing.ts'
import type { ReleasePorts } from './ports.ts'
import { officeSeedFile, sowOffice } from './seed.ts'

const BANK_MS = 10_000

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_OFFICE_PORT: port(8091),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_BEHIND_TLS: behindTls,
  ZPOS_DATA: dataFolder,
  /** Names by which people reach the cabinet through a proxy, parted by commas. */
  ZPOS_PUBLIC_HOSTS: names,
  /** Where people find the cabinet: letters lead there. */
  ZPOS_OFFICE_CABINET_URL: z.url().optional(),
  /** A PostgreSQL server; without it an embedded one keeps its files in ZPOS_DATA/office. */
  ZPOS_OFFICE_DATABASE_URL: z.url().optional(),
  /**
   * File, mode 0600, of the key that leases are signed with: made at the first start, its public
   * half beside it under the same name and `.pub`. Without it ZPOS_DATA/office-key.pem.
   */
  ZPOS_OFFICE_KEY: z.string().min(1).optional(),
  /** File of the operator's public keys, by which its acknowledgements are believed. */
  ZPOS_OPERATOR_PUBLIC_KEYS: z.string().min(1).optional(),
  /** Where the bank tells what it booked; without it the office knows of no transactions. */
  ZPOS_ACQUIRER_URL: z.url().optional(),
  /** File, mode 0600, of the secret that the bank's feed is read with. */
  ZPOS_ACQUIRER_FEED_SECRET: z.string().min(1).optional(),
  /** JSON file of tariffs, contracts, equipment and accounts, see seed.ts. */
  ZPOS_OFFICE_SEED: z.string().optional(),
  /** Clients top up their accounts by a press and no bank is asked, as on the stand. */
  ZPOS_OFFICE_DEMO_PAYMENTS: z.enum(['yes', 'no']).default('no'),
  /**
   * File, mode 0600, of the key that snapshot and timestamp of releases are signed with: made at
   * the first start. Without it ZPOS_DATA/office-release-key.pem.
   */
  ZPOS_RELEASE_KEY: z.string().min(1).optional(),
  /** The first root of releases, signed elsewhere; without it nothing is published. */
  ZPOS_RELEASE_ROOT: z.string().min(1).optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
  ...mailSettings,
})

/** The secret may come after the first start: it is read whenever the bank is asked. */
function bankOf({
  ZPOS_ACQUIRER_URL: url,
  ZPOS_ACQUIRER_FEED_SECRET: file,
}: z.output<typeof settings>): Send | undefined {
  if (url === undefined || file === undefined) return undefined
  return provenBank(httpSend(url, { deadlineMs: BANK_MS }), () => (readWhole(file) ?? '').trim())
}

/** Where archives lie, and what the newest of them is signed with. */
function releasesOf({
  ZPOS_DATA: data,
  ZPOS_RELEASE_KEY: file,
  ZPOS_RELEASE_ROOT: root,
}: z.output<typeof settings>): ReleasePorts {
  return {
    folder: join(data, 'office-releases'),
    key: openReleaseKey(file ?? join(data, 'office-release-key.pem')),
    firstRoot: () => (root === undefined ? null : readWhole(root)),
  }
}

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('office')
  const { ZPOS_OFFICE_DATABASE_URL: url, ZPOS_OFFICE_SEED: seed } = config
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const server = await openCabinetServer(config, {
    name: 'office',
    port: config.ZPOS_OFFICE_PORT,
    url,
    // Tills believe signatures, watchers read what is no secret.
    machines: ['/api/lease', '/api/reports', '/api/keys', '/releases/', '/health', '/metrics'],
  })
  const { db, cookies } = server
  const keyFile = config.ZPOS_OFFICE_KEY ?? join(config.ZPOS_DATA, OFFICE_KEY)
  const keyring = openKeyring(keyFile, { owner: 'office', now: clock.now })
  const post = openPost(config)
  const { app, recognise, settle, pull } = await openOffice({
    db,
    clock,
    log,
    key: keyring.key,
    keyChanges: keyring.changes,
    verify: believingFile(publicHalfOf(keyFile)),
    believesOperator: believingFile(
      config.ZPOS_OPERATOR_PUBLIC_KEYS ?? join(config.ZPOS_DATA, OPERATOR_KEYS),
    ),
    cookies,
    factorKey: secretFile(join(config.ZPOS_DATA, 'office-factors')),
    mails: post !== null,
    takesDemoPayments: config.ZPOS_OFFICE_DEMO_PAYMENTS === 'yes',
    bank: bankOf(config),
    releases: releasesOf(config),
  })
  if (seed) await sowOffice(db, officeSeedFile.parse(JSON.parse(readFileSync(seed, 'utf8'))))
  server.answer(app, recognise)
  const cabinetUrl = config.ZPOS_OFFICE_CABINET_URL ?? `http://${config.ZPOS_HOST}:${server.port}`
  const failed = (what: string) => (error: unknown) => log.error(what, { error: String(error) })
  const loops = [
    repeat(settle, failed('settling')),
    ...(pull ? [repeat(pull, failed('feed'))] : []),
    ...(post ? [startOfficeMailing({ db, clock, log, post, cabinetUrl })] : []),
  ]
  log.info('listening', { port: server.port })
  await untilStopped()
  for (const loop of loops) await loop.stop()
  post?.close()
  await server.close()
}
