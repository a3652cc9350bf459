import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { Hono } from 'hono'
import { type Listening, listen, vouch } from './listen.ts'
import { keepPlaces } from './places.ts'

// C5: whoever holds places and says nothing stops nobody.

const host = '127.0.0.1'
const opened: { close: () => unknown }[] = []
after(() => Promise.all(opened.map(({ close }) => close())))

const most = { strangers: 8, perAddress: 8, known: 8, perName: 4 }

async function aServer(): Promise<Listening> {
  const app = new Hono()
  // Whoever is cut off in the midst of a body.
  app.onError((_, call) => call.body(null, 500))
  app.get('/', (call) => call.text('served'))
  app.post('/sign-in', async (call) => {
    await call.req.text()
    vouch(call, 'till')
    return call.text('known')
  })
  const recognise = ({ headers }: IncomingMessage) => headers.cookie ?? null
  const server = await listen(app, { host, port: 0, rate: null, recognise, places: most })
  opened.push(server)
  return server
}

/** A connection that sends `text` and no more. */
async function holding(port: number, text = ''): Promise<Socket> {
  const socket = connect(port, host)
  socket.on('error', () => {})
  await once(socket, 'connect')
  if (text !== '') socket.write(text)
  return socket
}
const hold = (port: number, count: number, text?: string) =>
  Promise.all(Array.from({ length: count }, () => holding(port, text)))

/** Status and body of a question over a connection of its own, or over the agent's one. */
const ask = (port: number, { agent, cookie }: { agent?: Agent; cookie?: string } = {}) =>
  new Promise<string>((resolve, reject) => {
    const headers = cookie === undefined ? {} : { cookie }
    const options = { host, port, headers, agent: agent ?? false, path: '/' }
    get(options, (response) => {
      let text = String(response.statusCode)
      response.setEncoding('utf8').on('data', (part) => {
        text += ` ${part}`
      })
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })

for (const [what, text] of [
  ['silent', ''],
  ['slow in their headers', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '],
  ['slow in their bodies', 'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\na'],
] as const) {
  test(`newcomers are served while more are ${what} than there are places`, async () => {
    const { port } = await aServer()
    const held = await hold(port, 40, text)
    for (let i = 0; i < 5; i += 1) assert.equal(await ask(port), '200 served')
    for (const socket of held) socket.destroy()
  })
}

test('whoever has shown a credential keeps the connection, whoever comes', async () => {
  const { port } = await aServer()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  opened.push({ close: () => agent.destroy() })
  assert.equal(await ask(port, { agent, cookie: 'anna' }), '200 served')
  const kept = Object.values(agent.freeSockets)[0]?.[0]
  assert.ok(kept)
  const held = await hold(port, 40)
  assert.equal(await ask(port, { agent, cookie: 'anna' }), '200 served')
  assert.equal(Object.values(agent.freeSockets)[0]?.[0], kept, 'the same connection')
  for (const socket of held) socket.destroy()
})

test('a credential in a body counts from its answer on', async () => {
  const { port } = await aServer()
  const till = await holding(port)
  till.write('POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na')
  await once(till, 'data')
  const held = await hold(port, 40)
  assert.equal(await ask(port), '200 served')
  assert.equal(till.closed, false)
  for (const socket of [till, ...held]) socket.destroy()
})

test('one credential takes no more places than its own', async () => {
  const { port } = await aServer()
  const hello = (cookie: string) => `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\n\r\n`
  const olga = await holding(port, hello('olga'))
  await once(olga, 'data')
  const many: Socket[] = []
  for (let i = 0; i < 6; i += 1) {
    const socket = await holding(port, hello('anna'))
    await once(socket, 'data')
    many.push(socket)
  }
  await Promise.all(many.slice(0, 2).map((socket) => socket.closed || once(socket, 'close')))
  assert.equal(olga.closed, false)
  for (const socket of [olga, ...many]) socket.destroy()
})

test('who says nothing at all is hung up on', async (t) => {
  const server = createServer()
  keepPlaces(server, { strangers: 2, perAddress: 2, known: 0, perName: 0 })
  server.listen(0, host)
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  server.on('connection', (socket) => socket.on('error', () => {}).on('data', () => {}))
  const speaking = await holding(port, 'something')
  const [silent] = await hold(port, 1)
  assert.ok(silent)
  // Once it was read, the one that speaks is not the first to go.
  await new Promise((resolve) => setImmediate(resolve))
  const third = await holding(port)
  if (!silent.closed) await once(silent, 'close')
  assert.equal(speaking.closed, false)
  for (const socket of [speaking, third]) socket.destroy()
})
