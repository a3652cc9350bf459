import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { Hono } from 'hono'
import { client } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { type Listening, listen } from './listen.ts'
import { httpSend } from './send.ts'

const opened: Listening[] = []
after(() => Promise.all(opened.map(({ close }) => close())))

async function aServer(rate?: { burst: number; perSecond: number } | null) {
  let served = 0
  const app = new Hono()
  app.get('/api/devices/:device/head', (call) => {
    served += 1
    return call.json({ acknowledged: 7 })
  })
  const place = { host: '127.0.0.1', port: 0 }
  const server = await listen(app, { ...place, ...(rate !== undefined && { rate }) })
  opened.push(server)
  const url = `http://127.0.0.1:${server.port}/api/devices/D/head`
  return { url, port: server.port, served: () => served }
}

test('an address that asks too often is told when to come back, and nothing is done', async () => {
  // A token an hour: none flows in while the test runs, however slow the machine.
  const { url, port, served } = await aServer({ burst: 3, perSecond: 1 / 3600 })
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1) statuses.push((await fetch(url)).status)
  assert.deepEqual(statuses, [200, 200, 200, 429])
  assert.equal((await fetch(url)).headers.get('retry-after'), '3600')
  assert.equal(served(), 3)

  const send = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 10_000 })
  const answer = await client(operatorApi, send).head({ device: 'D' })
  assert.deepEqual(answer, { kind: 'unsent', why: 'server.busy' }, 'R30: nothing was done')
  send.close()
})

test('the usual rate lets a burst of a page through, and none lets everything', async () => {
  const usual = await aServer()
  const all = await Promise.all(Array.from({ length: 100 }, () => fetch(usual.url)))
  assert.ok(all.every(({ status }) => status === 200))
  const free = await aServer(null)
  for (let i = 0; i < 5; i += 1) {
    const many = await Promise.all(Array.from({ length: 100 }, () => fetch(free.url)))
    assert.ok(many.every(({ status }) => status === 200))
  }
})

test('a flood of strangers takes nothing from the known, from pages and watchers', async () => {
  const app = new Hono()
  app.all('*', (call) => call.text('served'))
  const place = { host: '127.0.0.1', port: 0, rate: { burst: 2, perSecond: 1 / 3600 } }
  const recognise = ({ headers }: IncomingMessage) => headers.cookie ?? null
  const server = await listen(app, { ...place, recognise })
  opened.push(server)
  const ask = async (path: string, cookie?: string) => {
    const headers = cookie === undefined ? {} : { cookie }
    return (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).status
  }
  for (let i = 0; i < 2; i += 1) assert.equal(await ask('/api/users'), 200)
  assert.equal(await ask('/api/users'), 429)
  assert.equal(await ask('/'), 200)
  assert.equal(await ask('/api/users', 'anna'), 200)
  assert.equal(await ask('/api/users', 'anna'), 200)
  assert.equal(await ask('/api/users', 'anna'), 429, 'each has a bucket, and no more')
  assert.equal(await ask('/api/users', 'olga'), 200)
  for (let i = 0; i < 5; i += 1) assert.equal(await ask('/health'), 200)
})

test('a refusal for too many calls is whole, in the language of whoever asks', async () => {
  const { url } = await aServer({ burst: 1, perSecond: 1 / 3600 })
  await fetch(url)
  const answer = await fetch(url, { headers: { 'accept-language': 'en' } })
  const { code, message, next, facts } = await answer.json()
  assert.equal(code, 'server.busy')
  assert.ok(facts.waitMs > 3_500_000 && facts.waitMs <= 3_600_000)
  assert.match(message, /nothing was done/)
  assert.match(next, /3600 s/)
})

test('closing a server ends the connections that are open', async () => {
  const { port } = await aServer()
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const gone = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  await opened.pop()?.close()
  await gone
})
