import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { packPages } from '../../scripts/build-pages.ts'
import { listen } from './listen.ts'
import { guardAnswers, servePage } from './pages.ts'

const html = `<!doctype html>${'<p>till</p>'.repeat(200)}`

async function aServer(t: TestContext): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'zpos-pages-'))
  for (const folder of ['cashier', 'assets']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'cashier/index.html'), html)
  writeFileSync(join(root, 'assets/small.js'), 'small')
  packPages(root)
  const app = new Hono()
  guardAnswers(app, { isSecure: true })
  servePage(app, 'cashier', root)
  app.get('/api', (call) => call.json({}))
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await server.close()
    rmSync(root, { recursive: true })
  })
  return server.port
}

/** As a browser that unpacks nothing by itself. */
const ask = (port: number, path: string, accepted: string) =>
  new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const headers = { 'accept-encoding': accepted }
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => resolve({ headers: incoming.headers, body: Buffer.concat(parts) }))
    }).on('error', reject)
  })

test('a page goes packed as the browser takes it', async (t) => {
  const port = await aServer(t)
  const brotli = await ask(port, '/', 'gzip, deflate, br, zstd')
  assert.equal(brotli.headers['content-encoding'], 'br')
  assert.equal(brotli.headers.vary?.toString().toLowerCase(), 'accept-encoding')
  assert.match(String(brotli.headers['content-type']), /^text\/html/)
  assert.equal(brotliDecompressSync(brotli.body).toString(), html)
  const gzip = await ask(port, '/', 'gzip')
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(gzip.body).toString(), html)
  const plain = await ask(port, '/', 'identity')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(plain.body.toString(), html)
  const small = await ask(port, '/assets/small.js', 'br')
  assert.deepEqual([small.headers['content-encoding'], small.body.toString()], [undefined, 'small'])
})

test('every answer carries the policy of the pages', async (t) => {
  const port = await aServer(t)
  for (const path of ['/', '/assets/small.js', '/api', '/nothing']) {
    const { headers } = await ask(port, path, 'br')
    assert.match(String(headers['content-security-policy']), /default-src 'self'; .*'none'$/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    for (const wanted of ["base-uri 'none'", "form-action 'self'", "object-src 'none'"]) {
      assert.ok(String(headers['content-security-policy']).includes(wanted), wanted)
    }
    assert.equal(headers['x-frame-options'], 'DENY', path)
    assert.equal(headers['referrer-policy'], 'no-referrer', path)
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
    assert.match(String(headers['strict-transport-security']), /^max-age=\d{8}/, path)
    const isAsset = path.startsWith('/assets/')
    assert.equal(headers['cache-control'] === 'no-store', !isAsset, path)
  }
})
