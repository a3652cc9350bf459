import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { assert } from '#core/assert.ts'
import { openCabinetServer } from '#services/runtime/cabinet-server.ts'
import { openClock } from '#services/runtime/clock.ts'
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
import { vouch } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import { mailSettings, openPost } from '#services/runtime/mail.ts'
import {
  believingFile,
  OFFICE_KEYS,
  OPERATOR_KEY,
  publicHalfOf,
} from '#services/runtime/operator-keys.ts'
import { secretFile } from '#services/runtime/secret-file.ts'
import { openOperator } from './app.ts'
import { startMailing } from './mailing.ts'
import type { OperatorPorts } from './ports.ts'
import { operatorSeedFile, sowOperator } from './seed.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_OPERATOR_PORT: port(8090),
  ZPOS_REQUESTS_PER_SECOND: requestsPerSecond,
  ZPOS_BEHIND_TLS: behindTls,
  ZPOS_DATA: dataFolder,
  /** Names by which people reach the cabinet through a proxy, parted by commas. */
  ZPOS_PUBLIC_HOSTS: names,
  /** Where people find the cabinet: it is told to whoever asks to be connected. */
  ZPOS_CABINET_URL: z.url().optional(),
  /** A PostgreSQL server; without it an embedded one keeps its files in ZPOS_DATA/operator. */
  DATABASE_URL: z.url().optional(),
  /**
   * File, mode 0600, of the key that acknowledgements are signed with: made at the first start, its
   * public half beside it under the same name and `.pub`. Without it ZPOS_DATA/operator-key.pem.
   */
  ZPOS_OPERATOR_KEY: z.string().min(1).optional(),
  /**
   * Billing as tills reach it, and the file of its public keys, PEM, without it
   * ZPOS_DATA/office-key.pem.pub: a till is told both when it is connected.
   */
  ZPOS_OFFICE_URL: z.url().optional(),
  ZPOS_OFFICE_PUBLIC_KEYS: z.string().min(1).optional(),
  /** JSON file of clients, accounts, registers and devices, see seed.ts. */
  ZPOS_OPERATOR_SEED: z.string().optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
  ...mailSettings,
})

/** What is told of billing; undefined: nothing. */
function officeOf(config: z.output<typeof settings>): OperatorPorts['office'] {
  const { ZPOS_OFFICE_URL: url } = config
  if (url === undefined) return undefined
  const file = config.ZPOS_OFFICE_PUBLIC_KEYS ?? join(config.ZPOS_DATA, OFFICE_KEYS)
  const keys = () => readWhole(file) ?? ''
  // A till that was told of an office without its keys would believe nobody there.
  assert(keys() !== '', 'ZPOS_OFFICE_PUBLIC_KEYS must name a file with the office’s public keys')
  return () => ({ url, keys: keys() })
}

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('operator')
  const { DATABASE_URL: url, ZPOS_OPERATOR_SEED: seed } = config
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const server = await openCabinetServer(config, {
    name: 'operator',
    port: config.ZPOS_OPERATOR_PORT,
    url,
    // Devices and registers are known by signatures, watchers read what is no secret.
    machines: ['/api/devices/', '/api/enrolment', '/api/keys', '/health', '/metrics'],
  })
  const { db, cookies } = server
  const keyFile = config.ZPOS_OPERATOR_KEY ?? join(config.ZPOS_DATA, OPERATOR_KEY)
  const keyring = openKeyring(keyFile, { owner: 'operator', now: clock.now })
  const verify = believingFile(publicHalfOf(keyFile))
  const factorKey = secretFile(join(config.ZPOS_DATA, 'operator-factors'))
  const cabinetUrl = config.ZPOS_CABINET_URL ?? `http://${config.ZPOS_HOST}:${server.port}`
  const { key, publicKeys, changes: keyChanges } = keyring
  const signing = { key, verify, publicKeys, keyChanges, office: officeOf(config) }
  const post = openPost(config)
  const mails = post !== null
  const own = { db, clock, log, cookies, factorKey, cabinetUrl, mails }
  const ports = Object.assign(signing, own)
  const { app, recognise } = await openOperator(ports)
  if (seed) await sowOperator(db, operatorSeedFile.parse(JSON.parse(readFileSync(seed, 'utf8'))))
  // The line of a device whose signatures were found good is no stranger's.
  server.root.use('/api/devices/:device/documents', async (call, next) => {
    await next()
    if (call.res.status === 200) vouch(call, `device ${call.req.param('device')}`)
  })
  server.answer(app, recognise)
  const mailing = post && startMailing({ db, clock, log, post, cabinetUrl })
  log.info('listening', { port: server.port })
  await untilStopped()
  await mailing?.stop()
  post?.close()
  await server.close()
}
