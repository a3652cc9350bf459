import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { frameSend } from './frame-client.ts'
import { framed } from './frames.ts'

const frame = (what: string) => framed(Buffer.from(what))
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

// No busy machine reaches it.
const LONG_MS = 60_000

async function asking(answer: (socket: Socket) => void, deadlineMs = LONG_MS) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = frameSend({ host: '127.0.0.1', port, deadlineMs, longest: 64 })
  const outcome = await ask(Buffer.from('question'), (heard) => text(heard) === 'answer')
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  return { outcome, port }
}

test('the answer is heard past answers to other questions, in whatever pieces', async () => {
  const { outcome } = await asking((socket) => {
    const all = Buffer.concat([frame('late'), frame('answer'), frame('more')])
    socket.write(all.subarray(0, 9))
    setImmediate(() => socket.write(all.subarray(9)))
  })
  assert.equal('frame' in outcome && text(outcome.frame), 'answer')
})

test('frames of no length are read over, unless there is no end of them (C15)', async () => {
  const empty = Buffer.alloc(2)
  const { outcome } = await asking((socket) => {
    socket.write(Buffer.concat([empty, empty, frame('answer')]))
  })
  assert.equal('frame' in outcome && text(outcome.frame), 'answer')
  const babbling = await asking((socket) => socket.write(Buffer.alloc(10_000)))
  assert.deepEqual(babbling.outcome, { lost: 'empty frames' })
})

test('a port where nobody listens was sent nothing', async () => {
  const { port } = await asking((socket) => socket.end())
  const ask = frameSend({ host: '127.0.0.1', port, deadlineMs: LONG_MS, longest: 64 })
  assert.ok('unsent' in (await ask(Buffer.from('question'), () => true)))
})

/** What silence comes to; a busy machine is given longer to get a line at all. */
async function silence() {
  for (let deadlineMs = 50; ; deadlineMs *= 4) {
    const { outcome } = await asking(() => {}, deadlineMs)
    if (!('unsent' in outcome) || deadlineMs > LONG_MS) return outcome
  }
}

test('once there was a line, silence, a cut and a bad frame leave the fate open', async () => {
  assert.deepEqual(await silence(), { lost: 'deadline' })
  assert.deepEqual((await asking((socket) => socket.end())).outcome, { lost: 'line cut' })
  const long = await asking((socket) => socket.write(Buffer.from([0, 65])))
  assert.deepEqual(long.outcome, { lost: 'frame length' })
  const half = await asking((socket) => socket.end(frame('answer').subarray(0, 5)))
  assert.deepEqual(half.outcome, { lost: 'line cut' })
})
