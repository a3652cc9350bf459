import type { Hono } from 'hono'

type Known = {
  /** Names of the outer world, as a proxy in front of the server is called there. */
  publicHosts?: readonly string[]
  /** Beginnings of paths for machines, which call by any name and are no pages. */
  machines?: readonly string[]
}

/**
 * Answers only to the names the server is known by, and takes changes only from its own pages: a
 * foreign site cannot reach a local server through a name it rebinds or a form it posts.
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
  app.use('*', async (call, next) => {
    const { path, url, method } = call.req
    if (machines.some((start) => path.startsWith(start))) return next()
    const origin = call.req.header('origin')
    const isForeign = origin !== undefined && method !== 'GET' && !isOwn(origin, url)
    if (!names.has(hostOf(url)) || isForeign) return call.text('foreign origin', 403)
    await next()
  })
}

const PLAIN_HOST = /^http:\/\/([a-z0-9.-]+)(?::\d+)?\//

/** Most addresses need not be taken apart to know their host. */
const hostOf = (url: string): string => PLAIN_HOST.exec(url)?.[1] ?? new URL(url).hostname
