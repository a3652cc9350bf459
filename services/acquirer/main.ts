import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { assert } from '#core/assert.ts'
import { openClock } from '#services/runtime/clock.ts'
import { clockOffsetFile, dataFolder, host, port, readConfig } from '#services/runtime/config.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { type Certified, listenFrames } from '#services/runtime/frames.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import { ownOriginOnly } from '#services/runtime/origin.ts'
import { guardAnswers } from '#services/runtime/pages.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { secretFile } from '#services/runtime/secret-file.ts'
import { type Acquirer, bears, openAcquirer } from './app.ts'
import { bounds } from './host.ts'
import { acquirerSeedFile, sowAcquirer } from './seed.ts'

const settings = z.object({
  ZPOS_HOST: host,
  /** ISO 8583 over TCP. */
  ZPOS_ACQUIRER_PORT: port(8583),
  ZPOS_ACQUIRER_HTTP_PORT: port(8584),
  ZPOS_DATA: dataFolder,
  /** A PostgreSQL server; without it an embedded one keeps its files in ZPOS_DATA/acquirer/db. */
  ZPOS_ACQUIRER_DATABASE_URL: z.url().optional(),
  /** JSON file of terminals and virtual cards, see seed.ts. */
  ZPOS_ACQUIRER_SEED: z.string().optional(),
  /** File, mode 0600, of what the feed is read with; made at the first start. */
  ZPOS_ACQUIRER_FEED_SECRET: z.string().min(1).optional(),
  /** Certificate chain and private key, files of PEM: terminals speak by TLS (R32). */
  ZPOS_ACQUIRER_TLS_CERT: z.string().min(1).optional(),
  ZPOS_ACQUIRER_TLS_KEY: z.string().min(1).optional(),
  ZPOS_CLOCK_OFFSET_FILE: clockOffsetFile,
})

/** Programs call by any name, and show the token; browsers have nothing to ask here. */
function guarded(app: Hono, host: string): Hono {
  const root = new Hono()
  guardAnswers(root, { isSecure: false })
  ownOriginOnly(root, host, { machines: ['/'] })
  return root.route('/', app)
}

/** One of the two alone is a mistake, and no reason to speak in the clear. */
function certified(cert: string | undefined, key: string | undefined): Certified | undefined {
  if (cert === undefined && key === undefined) return undefined
  assert(cert && key, 'ZPOS_ACQUIRER_TLS_CERT and ZPOS_ACQUIRER_TLS_KEY go together')
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('acquirer')
  const { ZPOS_ACQUIRER_DATABASE_URL: url, ZPOS_ACQUIRER_SEED: seed, ZPOS_HOST } = config
  const folder = join(config.ZPOS_DATA, 'acquirer')
  makeFolder(folder)
  ownFolder(folder)
  const opened = Promise.withResolvers<Acquirer>()
  const answer = async (frame: Uint8Array) => (await opened.promise).answer(frame)
  const server = await listenFrames(answer, {
    host: ZPOS_HOST,
    port: config.ZPOS_ACQUIRER_PORT,
    bounds,
    log,
    tls: certified(config.ZPOS_ACQUIRER_TLS_CERT, config.ZPOS_ACQUIRER_TLS_KEY),
  })
  const door: { recognise?: (authorization: string | undefined) => string | null } = {}
  const http = await listen(
    opened.promise.then(({ app }) => guarded(app, ZPOS_HOST)),
    {
      host: ZPOS_HOST,
      port: config.ZPOS_ACQUIRER_HTTP_PORT,
      recognise: ({ headers }) => door.recognise?.(headers.authorization) ?? null,
    },
  )
  const secrets = {
    cardKey: secretFile(join(folder, 'keys', 'cards')),
    token: secretFile(join(folder, 'keys', 'token')),
    terminalKeys: secretFile(join(folder, 'keys', 'terminals')),
    feed: secretFile(config.ZPOS_ACQUIRER_FEED_SECRET ?? join(folder, 'keys', 'feed')),
  }
  door.recognise = (authorization) =>
    [secrets.token, secrets.feed].some((each) => bears(each, authorization)) ? 'bearer' : null
  const db = await openPostgres(url ? { url } : { folder: join(folder, 'db') })
  const clock = openClock(config.ZPOS_CLOCK_OFFSET_FILE)
  const acquirer = await openAcquirer({ db, clock, log, secrets, lines: server.statistics })
  if (seed)
    await sowAcquirer(db, acquirerSeedFile.parse(JSON.parse(readFileSync(seed, 'utf8'))), secrets)
  opened.resolve(acquirer)
  log.info('listening', { port: server.port, httpPort: http.port })
  await untilStopped()
  await server.close()
  await http.close()
  await db.close()
}
