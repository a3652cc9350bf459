import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { harmless, openProcess, outside } from './process.ts'
import { exchangeOver, openWire, overFrames, overHttp } from './wire.ts'

const request = (body: string) => ({ method: 'POST', path: '/', body })

/** A wire to somebody who answers what he was told, and keeps it. */
function aWire() {
  const heard: string[] = []
  const wire = openWire({
    isCommand: ({ body = '' }) => body.startsWith('do'),
    deliver: async ({ body = '' }) => {
      heard.push(body)
      return { status: 200, body }
    },
  })
  const say = (body: string, life = outside) => wire.send(life)(request(body))
  return { heard, say, wire }
}

test('a wire loses as many commands and answers as it is told, and no question', async () => {
  const { heard, say, wire } = aWire()
  Object.assign(wire.faults, { requestsLost: 1, answersLost: 1 })
  assert.deepEqual(await say('ask'), { status: 200, body: 'ask' })
  assert.deepEqual(await say('do 1'), { lost: 'cut' })
  assert.deepEqual(await say('do 2'), { lost: 'cut' })
  assert.deepEqual(await say('do 3'), { status: 200, body: 'do 3' })
  assert.deepEqual(heard, ['ask', 'do 2', 'do 3'])
})

test('only a refused connection proves that nothing was sent', async () => {
  const { heard, say, wire } = aWire()
  wire.faults.cut = 'refused'
  assert.ok('unsent' in (await say('ask')))
  wire.faults.cut = 'silent'
  assert.ok('lost' in (await say('ask')))
  assert.ok(!wire.isWhole())
  assert.deepEqual(heard, [])
})

test('who dies at sending has sent nothing', async () => {
  const { heard, say } = aWire()
  const life = { ...outside }
  const answer = say('do 1', life)
  life.alive = false
  await answer
  assert.deepEqual(heard, [])
})

test('a dead process refuses the connection, one that dies at work breaks it', async () => {
  const app = new Hono()
  app.post('/', async (call) => {
    if ((await call.req.text()) === 'die') far.kill()
    return call.text('answered')
  })
  const far = openProcess('far', harmless, { disk: null, start: () => ({ app }) })
  const { send } = openWire({ isCommand: () => false, deliver: overHttp(far) })
  const say = (body: string) => send(outside)(request(body))
  assert.ok('unsent' in (await say('ask')))
  await far.start()
  const got = await say('ask')
  assert.ok('status' in got)
  assert.deepEqual([got.status, got.body], [200, 'answered'])
  assert.ok('lost' in (await say('die')))
  assert.ok('unsent' in (await say('ask')))
})

test('frames go over a wire byte by byte; a closed connection is no answer', async () => {
  const answer = (frame: Uint8Array) => (frame[0] === 0 ? null : frame.toReversed())
  const bank = openProcess('bank', harmless, { disk: null, start: () => ({ answer }) })
  await bank.start()
  const wire = openWire({ isCommand: () => true, deliver: overFrames(bank) })
  const exchange = exchangeOver(wire, outside)
  const heard = await exchange(Uint8Array.of(1, 2, 255), () => true)
  assert.deepEqual('frame' in heard && [...heard.frame], [255, 2, 1])
  assert.ok('lost' in (await exchange(Uint8Array.of(1), () => false)), 'an answer to another')
  assert.ok('lost' in (await exchange(Uint8Array.of(0), () => true)))
  wire.faults.requestsLost = 1
  assert.ok('lost' in (await exchange(Uint8Array.of(1), () => true)))
})
