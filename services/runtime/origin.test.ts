import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { ownOriginOnly } from './origin.ts'

/** Statuses of a server that serves everything to whom it knows. */
function aServer(known?: Parameters<typeof ownOriginOnly>[2]) {
  const app = new Hono()
  ownOriginOnly(app, '10.0.0.5', known)
  app.all('*', (call) => call.text('served'))
  return async (url: string, method = 'GET', origin?: string) => {
    const headers = origin === undefined ? {} : { origin }
    return (await app.request(url, { method, headers })).status
  }
}

test('only the names it is known by are answered to', async () => {
  const ask = aServer()
  for (const name of ['127.0.0.1:8090', 'localhost', '[::1]:8090', '10.0.0.5:8090']) {
    assert.equal(await ask(`http://${name}/api/session`), 200, name)
  }
  assert.equal(await ask('http://rebound.example:8090/api/session'), 403)
})

test('changes are taken from its own pages and from callers that are no page', async () => {
  const ask = aServer()
  const url = 'http://localhost:8090/api/session'
  assert.equal(await ask(url, 'POST'), 200)
  assert.equal(await ask(url, 'POST', 'http://localhost:8090'), 200)
  for (const origin of ['http://localhost:1', 'https://evil.example', 'null', '']) {
    assert.equal(await ask(url, 'POST', origin), 403, origin)
  }
})

test('behind a proxy it is known by its public name, whatever host the proxy tells', async () => {
  const ask = aServer({ publicHosts: ['operator.example'] })
  for (const host of ['operator.example', '127.0.0.1:8090']) {
    const url = `http://${host}/api/session`
    assert.equal(await ask(url, 'POST', 'https://operator.example'), 200, host)
    assert.equal(await ask(url, 'POST', 'https://evil.example'), 403, host)
  }
  assert.equal(await ask('http://rebound.example/'), 403)
})

test('machines call by any name', async () => {
  const ask = aServer({ machines: ['/api/devices/'] })
  assert.equal(await ask('http://operator.lan/api/devices/D/documents', 'POST'), 200)
  assert.equal(await ask('http://operator.lan/api/documents'), 403)
})
