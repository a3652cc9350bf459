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
  app.use('*', async (call, next) => {
    const own = new URL(call.req.url)
    if (machines.some((path) => own.pathname.startsWith(path))) return next()
    const origin = call.req.header('origin')
    // Behind a proxy that speaks TLS the page is of «https», whatever this server speaks.
    const isOwn = origin === own.origin || outer.has(URL.parse(origin ?? '')?.hostname ?? '')
    const foreign = origin !== undefined && call.req.method !== 'GET' && !isOwn
    if (!names.has(own.hostname) || foreign) return call.text('foreign origin', 403)
    await next()
  })
}
