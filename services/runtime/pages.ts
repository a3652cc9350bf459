import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'

/** The policy lets a page talk to its own server alone, and nobody frame it. */
const policy = {
  'content-security-policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  // What is told to one person stays in no cache; files by their hash say otherwise.
  'cache-control': 'no-store',
}

/** For a year: a browser that came by TLS once comes by nothing else. */
const byTlsAlone = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

const built = join(import.meta.dirname, '../../dist/web')

/** Every answer of the app carries the policy of a page that shows what is nobody else's. */
export function guardAnswers(app: Hono, { isSecure }: { isSecure: boolean }): void {
  const headers = Object.entries(isSecure ? Object.assign({}, policy, byTlsAlone) : policy)
  app.use('*', (call, next) => {
    // Set on Node's own answer: on Hono's each of them would make its answer an object of the web.
    const { outgoing } = (call.env ?? {}) as Partial<HttpBindings>
    for (const [header, value] of headers) {
      if (outgoing) outgoing.setHeader(header, value)
      else call.header(header, value)
    }
    return next()
  })
}

/**
 * Serves the built page `name` (dist/web/<name>/index.html and the shared assets) at the root of an
 * app, packed as it was built where the browser takes that.
 */
export function servePage(app: Hono, name: string, root = built): void {
  app.get('/assets/*', serveStatic({ root, precompressed: true, onFound: cacheForEver }))
  app.get('/', serveStatic({ root, precompressed: true, path: `${name}/index.html` }))
}

// Built assets carry their hash in their names.
const cacheForEver = (_path: string, call: { header: (name: string, value: string) => void }) =>
  call.header('cache-control', 'public, max-age=31536000, immutable')
