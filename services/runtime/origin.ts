import type { Hono } from 'hono'

/**
 * Answers only to the names the server is known by, and takes changes only from its own pages: a
 * foreign site cannot reach a local server through a name it rebinds or a form it posts.
 */
export function ownOriginOnly(app: Hono, host: string): void {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', host])
  app.use('*', async (call, next) => {
    const own = new URL(call.req.url)
    const origin = call.req.header('origin')
    const foreign = origin !== undefined && call.req.method !== 'GET' && origin !== own.origin
    if (!names.has(own.hostname) || foreign) return call.text('foreign origin', 403)
    await next()
  })
}
