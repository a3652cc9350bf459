import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * Serves the built page `name` (dist/web/<name>/index.html and the shared assets) at the root of an
 * app. The policy lets a page talk to its own server alone.
 */
export function servePage(app: Hono, name: string): void {
  const root = join(import.meta.dirname, '../../dist/web')
  app.use(
    '*',
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  )
  app.get('/assets/*', serveStatic({ root, onFound: cacheForEver }))
  app.get('/', serveStatic({ root, path: `${name}/index.html` }))
}

// Built assets carry their hash in their names.
const cacheForEver = (_path: string, call: { header: (name: string, value: string) => void }) =>
  call.header('cache-control', 'public, max-age=31536000, immutable')
