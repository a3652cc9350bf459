import { join } from 'node:path'
import { Hono } from 'hono'
import type { Rate } from '#core/rate.ts'
import { ownFolder } from './data-folder.ts'
import { makeFolder } from './durable-file.ts'
import { listen, type Recognise } from './listen.ts'
import { ownOriginOnly } from './origin.ts'
import { guardAnswers } from './pages.ts'
import { openPostgres } from './postgres.ts'
import { secretFile } from './secret-file.ts'

/** Settings that a service with a cabinet for people has, by the names of its environment. */
export type CabinetSettings = {
  ZPOS_HOST: string
  ZPOS_DATA: string
  ZPOS_REQUESTS_PER_SECOND: Rate | null
  ZPOS_BEHIND_TLS: boolean
  ZPOS_PUBLIC_HOSTS: string[]
}

type Own = {
  /** Its folder in the data folder, and what its other files begin with. */
  name: string
  port: number
  /** A PostgreSQL server; undefined: the embedded one, in the own folder. */
  url: string | undefined
  /** Paths that programs call by any name of this host. */
  machines: string[]
}

/**
 * A service with a cabinet, on PostgreSQL: takes its folder, listens, and only then opens the
 * store; who asks before `answer` waits.
 */
export async function openCabinetServer(settings: CabinetSettings, own: Own) {
  const { ZPOS_HOST: host, ZPOS_DATA: data, ZPOS_BEHIND_TLS: isSecure } = settings
  const { name, port, url, machines } = own
  const folder = join(data, name)
  if (!url) {
    makeFolder(data)
    // Beside the folder: that is the database's own, made whole by itself.
    ownFolder(folder, `${folder}.lock`)
  }
  const opened = Promise.withResolvers<Hono>()
  const door: { recognise?: Recognise } = {}
  const server = await listen(opened.promise, {
    host,
    port,
    rate: settings.ZPOS_REQUESTS_PER_SECOND,
    recognise: (incoming) => door.recognise?.(incoming) ?? null,
  })
  const db = await openPostgres(url ? { url } : { folder })
  const root = new Hono()
  guardAnswers(root, { isSecure })
  ownOriginOnly(root, host, { publicHosts: settings.ZPOS_PUBLIC_HOSTS, machines })
  return {
    db,
    port: server.port,
    cookies: { key: secretFile(join(data, `${name}-browsers`)), isSecure },
    /** What stands before the app may be added to it. */
    root,
    answer: (app: Hono, recognise: Recognise): void => {
      door.recognise = recognise
      root.route('/', app)
      opened.resolve(root)
    },
    close: async (): Promise<void> => {
      await server.close()
      await db.close()
    },
  }
}
