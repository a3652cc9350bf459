import { Hono } from 'hono'
import { acquirerApi, acquirerRoutes } from '#core/api/acquirer.ts'
import { done, type Handlers, type Invalid, type Refused } from '#core/api/contract.ts'
import { actionText } from '#core/iso8583/action-codes.ts'
import { financialKinds, REVERSAL_TITLE } from '#core/iso8583/fields.ts'
import { type Clock, chance } from '#services/runtime/clock.ts'
import { type FrameStatistics, listenFrames } from '#services/runtime/frames.ts'
import type { Listening } from '#services/runtime/listen.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/postgres.ts'
import { sameSecret } from '#services/runtime/secret.ts'
import { type Door, serve, serveAside } from '#services/runtime/serve.ts'
import { bounds, type Counts, hostOver } from './host.ts'
import * as store from './store.ts'

export type Ports = {
  db: Postgres
  clock: Clock
  log: Log
  /** Key of the cards' hashes, and the token that the feed is read with. */
  secrets: { cardKey: string; token: string }
}

/** The bank's host over its ports; the schema is brought up to date first. */
export async function openAcquirer(ports: Ports) {
  await store.prepare(ports.db)
  const { db, clock, log, secrets } = ports
  const counts: Counts = new Map()
  let lines: FrameStatistics | undefined
  const app = new Hono()
  const door = bearerDoor(secrets.token)
  serveAside(app, {
    routes: acquirerRoutes,
    handlers: {
      'GET /health': (call) => call.json({ ok: true, process: 'acquirer' }),
      'GET /metrics': (call) => call.text(metrics(counts, lines)),
    },
    door,
  })
  app.route('/', serve(acquirerApi, handlers(db), { door, log }))
  const answer = hostOver({ db, clock, log, chance, cardKey: secrets.cardKey }, counts)
  return {
    app,
    answer,
    /** Opens the terminals' port. */
    listen: async (at: { host: string; port: number }): Promise<Listening> => {
      const server = await listenFrames(answer, { ...at, bounds, log })
      lines = server.statistics
      return server
    },
  }
}

const closed: Refused<'session.required'> = {
  kind: 'refused',
  code: 'session.required',
  message: 'Нужен токен доступа к банку',
  next: 'Возьмите его из файла acquirer/keys/token',
}

/** Whoever can read the host's own token file may read and order all that there is. */
const bearerDoor = (token: string): Door<null, null> => ({
  open: () => null,
  signedIn: async (call) => {
    const given = /^Bearer (.+)$/.exec(call.req.header('authorization') ?? '')?.[1]
    return given !== undefined && sameSecret(given, token) ? null : closed
  },
  may: () => false,
  forbid: () => closed,
})

function handlers(db: Postgres): Handlers<typeof acquirerApi, null> {
  return {
    transactions: async ({ before, limit, ...filter }) => {
      const place = before === undefined ? undefined : readPlace(before)
      if (place === null) return badPlace
      const rows = await store.feed(db, { filter: { ...filter, before: place }, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return done({
        transactions: page.map(({ position: _, ...row }) => ({
          ...row,
          title: row.reversal ? REVERSAL_TITLE : financialKinds[row.kind].title,
          description: actionText(row.code),
        })),
        next: rows.length > limit && last ? writePlace(last) : null,
      })
    },
    days: async (asked) => done({ days: await store.daysOf(db, asked) }),
    decline: async ({ code }) => {
      await store.order(db, code)
      return done({})
    },
    ordered: async () => done({ code: await store.ordered(db) }),
  }
}

const writePlace = ({ at, terminal, position }: store.Place): string =>
  `${at}.${position}.${terminal}`

function readPlace(text: string): store.Place | null {
  const found = /^(\d{1,15})\.(\d{1,9})\.(.{1,8})$/.exec(text)
  if (!found) return null
  return { at: Number(found[1]), position: Number(found[2]), terminal: found[3] ?? '' }
}

const badPlace: Invalid = { kind: 'invalid', field: 'before', message: 'нужна метка страницы' }

function metrics(counts: Counts, lines: FrameStatistics | undefined): string {
  return [
    ...[...counts].map(([labels, count]) => `zpos_acquirer_answers_total{${labels}} ${count}`),
    `zpos_acquirer_lines ${lines?.open ?? 0}`,
    `zpos_acquirer_frames_total ${lines?.frames ?? 0}`,
    ...[...(lines?.closed ?? [])].map(
      ([why, count]) => `zpos_acquirer_lines_closed_total{why="${why}"} ${count}`,
    ),
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n')
}
