import type { Context as Call, Hono } from 'hono'
import { invalid } from '#core/api/contract.ts'
import { onWire, spoken } from './serve.ts'

type Known = {
  /** Names of the outer world, as a proxy in front of the server is called there. */
  publicHosts?: readonly string[]
  /** Beginnings of paths for machines, which call by any name and are no pages. */
  machines?: readonly string[]
}

/**
 * Answers only to the names the server is known by, and browsers only to its own pages: a foreign
 * site cannot reach a local server through a name it rebinds, a form it posts or a stream it opens.
 * Machines are whoever sends nothing that only browsers do.
 */
export function ownOriginOnly(
  app: Hono,
  host: string,
  { publicHosts = [], machines = [] }: Known = {},
): void {
  const outer = new Set(publicHosts)
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', host, ...outer])
  // Behind a proxy that speaks TLS the page is of «https», whatever this server speaks.
  const isOwn = (origin: string, url: string): boolean =>
    origin === new URL(url).origin || outer.has(URL.parse(origin)?.hostname ?? '')
  const isForeign = ({ req }: Call): boolean => {
    const origin = req.header('origin')
    if (origin !== undefined && req.method !== 'GET') return !isOwn(origin, req.url)
    // A link may lead here; what a foreign page asks for by itself is for nobody.
    const isLink = req.header('sec-fetch-mode') === 'navigate' && req.method === 'GET'
    return !isLink && ['cross-site', 'same-site'].includes(req.header('sec-fetch-site') ?? '')
  }
  app.use('*', async (call, next) => {
    const { path, url } = call.req
    const isMachine = !isBrowser(call) && machines.some((start) => path.startsWith(start))
    if (!isMachine && (!names.has(hostOf(url)) || isForeign(call))) {
      return call.text('foreign origin', 403)
    }
    // Any page may post a form to anybody, and a form is never JSON, nor bare bytes.
    if (isBrowser(call) && hasBody(call) && !isNoForm(call)) {
      return call.json(onWire(notJson, spoken(call)), 415)
    }
    await next()
  })
}

const isBrowser = ({ req }: Call): boolean =>
  req.header('origin') !== undefined || req.header('sec-fetch-site') !== undefined

const hasBody = ({ req }: Call): boolean =>
  (req.header('content-length') ?? '0') !== '0' || req.header('transfer-encoding') !== undefined

const isNoForm = ({ req }: Call): boolean =>
  /^application\/(json|octet-stream)\s*(;|$)/i.test(req.header('content-type') ?? '')

const notJson = invalid('content-type', 'type-not-json')

const PLAIN_HOST = /^http:\/\/([a-z0-9.-]+)(?::\d+)?\//

/** Most addresses need not be taken apart to know their host. */
const hostOf = (url: string): string => PLAIN_HOST.exec(url)?.[1] ?? new URL(url).hostname
