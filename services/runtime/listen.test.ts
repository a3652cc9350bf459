import assert from 'node:assert/strict'
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
  assert.equal(answer.kind, 'unknown', '«come later» is no «no»')
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

test('closing a server ends the connections that are open', async () => {
  const { port } = await aServer()
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const gone = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  await opened.pop()?.close()
  await gone
})
