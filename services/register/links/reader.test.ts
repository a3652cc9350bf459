import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { operationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { openReader } from './reader.ts'

const operation = operationId('01890a5d-ac96-774b-bcce-b302099a8057')
const bounds = (deadlineMs: number) => ({ deadlineMs, signal: new AbortController().signal })

/** A reader on a real port that does what it is told with each line. */
async function aReader(t: TestContext, serve: (terminal: Socket) => void) {
  const server = createServer((terminal) => {
    terminal.on('error', () => {})
    serve(terminal)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  assert.ok(operation)
  const request = { operation, sum: kopecks(198), currency: 'BYN' } as const
  const { port } = server.address() as AddressInfo
  const reader = openReader({ host: '127.0.0.1', port })
  return (deadlineMs: number) => reader(request, bounds(deadlineMs))
}

test('a tap that never comes is late, and the request is taken back', async (t) => {
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  const read = await aReader(t, (terminal) => {
    terminal.resume()
    terminal.once('close', leave)
  })
  assert.deepEqual(await read(50), { kind: 'late' })
  // However late the reader hears that it was called: it hears that nobody waits any more.
  await left
})

test('a reader that hangs up or speaks nonsense is no reader', async (t) => {
  const deaf = await aReader(t, (terminal) => terminal.destroy())
  assert.deepEqual(await deaf(5000), { kind: 'no-reader' })
  const mad = await aReader(t, (terminal) => terminal.end('{}\n'))
  assert.deepEqual(await mad(5000), { kind: 'no-reader' })
})
