import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { httpSend } from './send.ts'

/** What comes of a question to a server that says these bytes, and keeps or ends the line. */
async function answerTo(bytes: string, isKept: boolean) {
  const server = createServer((line) => {
    line.on('error', () => {})
    line.once('data', () => (isKept ? line.write(bytes) : line.end(bytes)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const send = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 500 })
  const got = await send({ method: 'POST', path: '/', body: '{}' })
  send.close()
  server.close()
  return got
}

const ok = 'HTTP/1.1 200 OK\r\n'
const garbage: Record<string, string> = {
  nothing: ' ',
  'another protocol':
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  'half a greeting': 'HTTP/1.1 2',
  'a promise alone': 'HTTP/1.1 100 Continue\r\n\r\n',
  'many promises': 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100),
  'less than it said': `${ok}content-length: 60\r\n\r\n{}`,
  'chunks without an end': `${ok}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`,
  'a chunk that lies': `${ok}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n`,
  'two lengths': `${ok}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
  'headers without an end': `${ok}x: ${'x'.repeat(100_000)}`,
  'more than anybody asks for': `${ok}content-length: 5000000\r\n\r\n${' '.repeat(5_000_000)}`,
}
for (const [name, bytes] of Object.entries(garbage)) {
  test(`an answer of ${name} keeps nobody waiting, and nobody knows what was done`, async () => {
    for (const isKept of [true, false]) {
      const got = await answerTo(bytes, isKept)
      assert.ok('lost' in got, `${isKept ? 'kept' : 'ended'}: ${JSON.stringify(got).slice(0, 100)}`)
    }
  })
}

test('a redirection is an answer that nobody follows', async () => {
  const moved = 'HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'
  const got = await answerTo(moved, false)
  assert.equal('status' in got && got.status, 307)
})
