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

test('what a foreign page asks for by itself is for nobody, a link is followed', async () => {
  const app = new Hono()
  ownOriginOnly(app, '10.0.0.5')
  app.all('*', (call) => call.text('served'))
  const get = async (site: string, mode: string) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode }
    return (await app.request('http://localhost:8080/api/events', { headers })).status
  }
  assert.equal(await get('same-origin', 'cors'), 200)
  assert.equal(await get('none', 'navigate'), 200)
  assert.equal(await get('cross-site', 'navigate'), 200)
  for (const site of ['cross-site', 'same-site']) {
    for (const mode of ['no-cors', 'cors']) assert.equal(await get(site, mode), 403, site)
  }
})

test('a browser posts JSON, bare bytes or nothing', async () => {
  const app = new Hono()
  ownOriginOnly(app, '10.0.0.5')
  app.all('*', (call) => call.text('served'))
  const post = async (type: string | null, body: string | null = '{}', origin = true) => {
    const headers = new Headers({ 'content-length': String(body?.length ?? 0) })
    if (origin) headers.set('origin', 'http://localhost:8080')
    if (type !== null) headers.set('content-type', type)
    const url = 'http://localhost:8080/api/session'
    return app.request(url, { method: 'POST', headers, body: type === null ? null : body })
  }
  assert.equal((await post('application/json')).status, 200)
  assert.equal((await post('application/json; charset=utf-8')).status, 200)
  assert.equal((await post('application/octet-stream')).status, 200)
  assert.equal((await post(null, null)).status, 200)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const answer = await post(type)
    assert.equal(answer.status, 415, type)
    const { field, fault } = (await answer.json()) as Record<string, unknown>
    assert.deepEqual([field, fault], ['content-type', 'type-not-json'])
    assert.equal((await post(type, '{}', false)).status, 200, 'a program is no browser')
  }
})

test('a browser is no machine, wherever it calls', async () => {
  const ask = aServer({ machines: ['/tsrv'] })
  assert.equal(await ask('http://till.lan:1829/tsrv', 'POST'), 200)
  assert.equal(await ask('http://till.lan:1829/tsrv', 'POST', 'http://till.lan:1829'), 403)
  assert.equal(await ask('http://localhost:1829/tsrv', 'POST', 'http://localhost:8080'), 403)
})

test('machines call by any name', async () => {
  const ask = aServer({ machines: ['/api/devices/'] })
  assert.equal(await ask('http://operator.lan/api/devices/D/documents', 'POST'), 200)
  assert.equal(await ask('http://operator.lan/api/documents'), 403)
})
