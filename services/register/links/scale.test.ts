import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import type { Weighed } from '#core/api/register-equipment.ts'
import { openVirtualScale } from '#stand/scale.ts'
import { openScale } from './scale.ts'

// No busy machine reaches it.
const LONG_MS = 60_000

/** What is weighed on a scale that serves its lines so. */
async function onScale(
  serve: (socket: Socket) => void,
  work: (weigh: (deadlineMs?: number) => Promise<Weighed>) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const place = { kind: 'network', host: '127.0.0.1', port } as const
  await work((deadlineMs = LONG_MS) => openScale({ deadlineMs })(place))
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}

test('the stand’s scale tells what lies on it at that moment, or why it cannot', () => {
  const scale = openVirtualScale(() => {})
  return onScale(scale.serve, async (weigh) => {
    assert.deepEqual(await weigh(), { heard: 'empty', grams: null })
    scale.lay({ grams: 540, state: 'stable' })
    assert.deepEqual(await weigh(), { heard: 'stable', grams: 540 })
    scale.lay({ grams: 1005, state: 'stable' })
    assert.deepEqual(await weigh(), { heard: 'stable', grams: 1005 })
    for (const state of ['unstable', 'overload', 'underload'] as const) {
      scale.lay({ grams: 540, state })
      assert.deepEqual(await weigh(), { heard: state, grams: null })
    }
  })
})

test('what a scale still says of older goods is not the weight of these', () =>
  onScale(
    (socket) => {
      socket.write('S S 9.999 kg\r\n')
      socket.on('data', (part) => {
        if (String(part).includes('I4')) socket.write('S S 8.888 kg\r\nI4 A "1"\r\n')
        if (String(part).startsWith('S\r')) socket.write('S S 0.3')
        if (String(part).startsWith('S\r')) setImmediate(() => socket.write('10 kg\r\n'))
      })
    },
    async (weigh) => assert.deepEqual(await weigh(), { heard: 'stable', grams: 310 }),
  ))

test('a scale that finds no rest is unstable, a silent one gives no answer', async () => {
  await onScale(
    (socket) => socket.on('data', () => socket.write('I4 A "1"\r\n')),
    async (weigh) => assert.deepEqual(await weigh(1000), { heard: 'unstable', grams: null }),
  )
  await onScale(
    () => {},
    async (weigh) => assert.deepEqual(await weigh(100), { heard: 'no-answer', grams: null }),
  )
})

test('what is no scale is told as such', async () => {
  await onScale(
    (socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request'.repeat(100))),
    async (weigh) => assert.deepEqual(await weigh(), { heard: 'garbled', grams: null }),
  )
  await onScale(
    (socket) => socket.end(),
    async (weigh) => assert.deepEqual(await weigh(), { heard: 'closed', grams: null }),
  )
})
