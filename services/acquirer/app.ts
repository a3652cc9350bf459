import { type Context as Call, Hono } from 'hono'
import { acquirerApi, acquirerRoutes } from '#core/api/acquirer.ts'
import { acquirerFeedApi, FEED_READER } from '#core/api/acquirer-feed.ts'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import { answerOfBank, bankWords } from '#core/words/bank.ts'
import type { Language } from '#core/words/language.ts'
import { type Clock, chance } from '#services/runtime/clock.ts'
import type { FrameStatistics } from '#services/runtime/frames.ts'
import { vouch } from '#services/runtime/listen.ts'
import type { Log } from '#services/runtime/log.ts'
import { openProofs, PROOF, proofKeys } from '#services/runtime/proof.ts'
import { sameSecret, sha256 } from '#services/runtime/secret.ts'
import { type Door, serve, serveAside, spoken } from '#services/runtime/serve.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { feedAfter } from './feed.ts'
import { type Counts, hostOver } from './host.ts'
import * as store from './store.ts'
import { giveKey, takeKey } from './terminal-keys.ts'

export type AcquirerPorts = {
  db: Postgres
  clock: Clock
  log: Log
  /**
   * Keys of the cards' hashes and of the terminals' keys; what the host's own people show, and what
   * whoever reads the feed shows.
   */
  secrets: { cardKey: string; terminalKeys: string; token: string; feed: string }
  /** What the terminals' port counts, where there is one. */
  lines?: FrameStatistics
}

/** The bank's host over its ports; the schema is brought up to date first. */
export async function openAcquirer(ports: AcquirerPorts) {
  await store.prepareAcquirerDb(ports.db)
  const { db, clock, log, secrets, lines } = ports
  const counts: Counts = new Map()
  const app = new Hono()
  const door = bearerDoor([secrets.token])
  serveAside(app, {
    routes: acquirerRoutes,
    handlers: {
      'GET /health': (call) => call.json({ ok: true, process: 'acquirer' }),
      'GET /metrics': (call) => call.text(metrics(counts, lines)),
    },
    door,
  })
  app.route('/', serve(acquirerApi, handlers(db, secrets.terminalKeys), { door, log }))
  const feedDoor = bearerDoor([secrets.token, secrets.feed], proveFeed(app, secrets.feed))
  app.route('/', serve(acquirerFeedApi, feedHandlers(db, clock), { door: feedDoor, log }))
  const { cardKey, terminalKeys } = secrets
  const answer = hostOver({ db, clock, log, chance, cardKey, terminalKeys }, counts)
  return { app, answer }
}

export type Acquirer = Awaited<ReturnType<typeof openAcquirer>>

const closed = refused('session.required', { reason: 'bank' })

/** Whether a header of authorisation shows the token. */
export function bears(token: string, authorization: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  return given !== undefined && sameSecret(given, token)
}

/** Whoever can read the host's own token file may read and order all that there is. */
const bearerDoor = (
  tokens: readonly string[],
  isProven: (call: Call) => boolean = () => false,
): Door<Language, Language> => ({
  open: spoken,
  signedIn: async (call) => {
    const shown = call.req.header('authorization')
    const isKnown = isProven(call) || tokens.some((token) => bears(token, shown))
    return isKnown ? spoken(call) : closed
  },
  may: () => false,
  forbid: () => closed,
})

/** Proves what whoever proves to read the feed is answered; tells of a call whether it is such. */
function proveFeed(app: Hono, secret: string): (call: Call) => boolean {
  const keys = proofKeys(sha256(secret), FEED_READER)
  const askedBy = openProofs((name) => (name === FEED_READER ? keys : null))
  const proven = new WeakSet<Request>()
  app.use(FEED_PATH, async (call, next) => {
    const { pathname, search } = new URL(call.req.url)
    const request = { method: call.req.method, path: pathname + search }
    const asker = askedBy(request, call.req.header(PROOF))
    if (asker) {
      proven.add(call.req.raw)
      vouch(call, FEED_READER)
    }
    await next()
    if (!asker) return
    const { status } = call.res
    const body = await call.res.clone().text()
    call.res.headers.set(PROOF, asker.prove({ status, body }))
  })
  return (call) => proven.has(call.req.raw)
}

const FEED_PATH = '/api/feed'

const feedHandlers = (db: Postgres, clock: Clock): Handlers<typeof acquirerFeedApi, Language> => ({
  feed: async ({ after, limit }) => {
    const page = await feedAfter(db, { after: after ?? null, limit })
    return done(Object.assign({ at: clock.now() }, page))
  },
})

function handlers(db: Postgres, under: string): Handlers<typeof acquirerApi, Language> {
  return {
    transactions: async ({ before, limit, ...filter }, language) => {
      const place = before === undefined ? undefined : readPlace(before)
      if (place === null) return badPlace
      const rows = await store.feed(db, { filter: { ...filter, before: place }, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const words = bankWords[language]
      const last = page.at(-1)
      return done({
        transactions: page.map(({ position: _, ...row }) => ({
          ...row,
          title: row.reversal ? words.reversal : words.kinds[row.kind],
          description: answerOfBank(language, row.code),
        })),
        next: rows.length > limit && last ? writePlace(last) : null,
      })
    },
    days: async (asked) => done({ days: await store.daysOf(db, asked) }),
    decline: async ({ code }) => {
      await store.order(db, code)
      return done({})
    },
    giveKey: async ({ terminal, id, secret }) => {
      const isGiven = await giveKey(db, { terminal, key: { id, secret } }, under)
      return isGiven ? done({}) : invalid('terminal', 'terminal-unknown')
    },
    takeKey: async (which) => {
      await takeKey(db, which)
      return done({})
    },
    ordered: async () => done({ code: await store.ordered(db) }),
  }
}

const writePlace = ({ at, terminal, position }: store.FeedPlace): string =>
  `${at}.${position}.${terminal}`

function readPlace(text: string): store.FeedPlace | null {
  const found = /^(\d{1,15})\.(\d{1,9})\.(.{1,8})$/.exec(text)
  if (!found) return null
  return { at: Number(found[1]), position: Number(found[2]), terminal: found[3] ?? '' }
}

const badPlace = invalid('before', 'place-unknown')

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
