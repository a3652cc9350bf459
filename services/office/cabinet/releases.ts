import type { ReadableStream } from 'node:stream/web'
import type { Context as Call } from 'hono'
import { done, type Handlers, type Invalid, invalid, refused } from '#core/api/contract.ts'
import type { versionsApi } from '#core/api/office-releases.ts'
import type { Day } from '#core/billing/calendar.ts'
import { isSameVersion } from '#core/billing/state.ts'
import { DAY, minskDay } from '#core/time.ts'
import { MOST_ARCHIVE, releasesIn, requiredOn } from '#core/updating/release.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { answerRefused } from '#services/runtime/serve.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { UPLOAD_WAIT_MS } from '#services/runtime/upload.ts'
import type { OfficePorts } from '../ports.ts'
import type { Repository } from '../releases.ts'
import { noteAct } from '../store/acts.ts'
import { requiredVersions, requireVersion } from '../store/releases.ts'
import type { OfficeVisitor } from './door.ts'

/** People who hold keys have to come together for it. */
const ROOT_NEAR_MS = 90 * DAY
const TARGETS_NEAR_MS = 30 * DAY

type Expiring = { version: number; expires: string }

/** Versions that are published, and the lowest that tills may work with. */
export function versionsHandlers(
  { db, clock }: OfficePorts,
  repository: Repository | null,
): Handlers<typeof versionsApi, OfficeVisitor> {
  const required = async (sql: Sql) => {
    const all = await requiredVersions(sql)
    const today = minskDay(clock.now())
    const ahead = all
      .flatMap(({ version, from }) => (from !== null && from > today ? [{ version, from }] : []))
      .sort((a, b) => (a.from < b.from ? -1 : 1))
    return done({ version: requiredOn(all, today), ahead })
  }
  return {
    requiredVersion: () => required(db),
    requireVersion: async ({ version, from }, visitor) => {
      const by = actorOf(visitor, clock.now())
      const { email, now } = by
      const fault = await requirementFault(repository, { version, from, now })
      if (fault) return fault
      return db.transaction(async (sql) => {
        await requireVersion(sql, { version, from, email, now })
        await noteAct(sql, by, { what: 'version.require', target: version, reason: from })
        return required(sql)
      })
    },
    releases: async () => {
      const none = { root: null, targets: null, isNamed: false, releases: [] }
      if (!repository) return done(none)
      const { root, targets, isNamed, at } = await repository.standing()
      const until = (file: Expiring | null, nearMs: number) => {
        if (!file) return null
        const end = Date.parse(file.expires)
        return { version: file.version, until: end, isNear: end - clock.now() < nearMs }
      }
      const releases = (targets ? releasesIn(targets) : []).map((release) => {
        const { version, platform, length, sha256, notes } = release
        return { version, platform, length, sha256, notes, at: at.get(sha256)?.at ?? 0 }
      })
      return done({
        root: until(root, ROOT_NEAR_MS),
        targets: until(targets, TARGETS_NEAR_MS),
        isNamed,
        releases,
      })
    },
    publish: async ({ metadata }, visitor) => {
      const fault = repository ? await repository.publish(metadata) : 'release-unsigned'
      if (fault) return invalid('metadata', fault)
      const by = actorOf(visitor, clock.now())
      await noteAct(db, by, { what: 'release.publish', target: null })
      return done({})
    },
  }
}

type Requirement = { version: string | null; from: Day | null; now: number }

/** Why a version cannot be required: tills could not fetch it, or its day has passed. */
async function requirementFault(
  repository: Repository | null,
  { version, from, now }: Requirement,
): Promise<Invalid | null> {
  // What was required is taken back at once.
  if (version === null) return from === null ? null : invalid('from', 'malformed')
  if (from !== null && from < minskDay(now)) return invalid('from', 'day-past')
  const { targets = null } = (await repository?.standing()) ?? {}
  const isPublished =
    targets !== null && releasesIn(targets).some((each) => isSameVersion(each.version, version))
  if (!isPublished) return invalid('version', 'version-unpublished')
  return Date.parse(targets.expires) <= now ? invalid('version', 'version-stale') : null
}

/** What tills fetch, and the archives that staff bring. */
export function releaseFiles(repository: Repository | null) {
  return {
    'GET /releases/metadata/:name': async (call: Call): Promise<Response> => {
      const text = await repository?.metadata(call.req.param('name') ?? '')
      return text ? call.body(text, 200, { 'content-type': 'application/json' }) : call.notFound()
    },
    'GET /releases/archives/:name': async (call: Call): Promise<Response> => {
      const [, digits = '0'] = /^bytes=(\d{1,12})-$/.exec(call.req.header('range') ?? '') ?? []
      const from = Number(digits)
      const found = await repository?.archive(call.req.param('name') ?? '', from)
      if (!found) return call.notFound()
      const { body, length } = found
      if (!body) return call.body(null, 416, { 'content-range': `bytes */${length}` })
      const headers = {
        'content-type': 'application/octet-stream',
        'content-length': String(length - from),
        'content-range': `bytes ${from}-${length - 1}/${length}`,
      }
      return new Response(body, { status: from > 0 ? 206 : 200, headers })
    },
    'POST /api/archives': async (call: Call): Promise<Response> => {
      const { body } = call.req.raw
      if (!body || !repository) return answerRefused(call, invalid('body', 'missing'))
      const stored = await repository.store(body as ReadableStream<Uint8Array>)
      switch (stored.is) {
        case 'stored':
          return call.json({ sha256: stored.sha256, length: stored.length })
        case 'too-big':
          return answerRefused(call, invalid('body', 'body-too-big', { limit: MOST_ARCHIVE }))
        case 'busy':
          return answerRefused(call, refused('server.busy', { waitMs: UPLOAD_WAIT_MS }))
        case 'no-room':
          return answerRefused(call, refused('release.no-room'))
        case 'cut':
          return answerRefused(call, invalid('body', 'malformed'))
        default:
          return stored satisfies never
      }
    },
  }
}
