import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { CountName } from '#core/api/stand.ts'
import { type Action, type FiscalAction, fiscalActions } from '#core/api/tsrv.ts'
import { httpSend } from '#services/runtime/send.ts'
import { skoServer } from './sko-line.ts'

const host = '127.0.0.1'
type Far = (incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer) => void

async function opened(server: Server, t: TestContext) {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { host, port: (server.address() as AddressInfo).port }
}

/** The line before a service that writes down what it was told and answers each with its count. */
async function aLine(t: TestContext, far: Far = (_, outgoing) => outgoing.end('{}')) {
  const told: string[] = []
  const service = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => Buffer.alloc(0))
    told.push(body.toString('utf8'))
    far(incoming, outgoing, body)
  })
  const to = await opened(service, t)
  const left: Partial<Record<CountName, number>> = { 'sko.answer-lost': 0, 'sko.request-lost': 0 }
  const spend = (fault: CountName) => {
    const before = left[fault] ?? 0
    left[fault] = Math.max(0, before - 1)
    return before > 0
  }
  const address = await opened(skoServer({ to, spend }), t)
  const send = httpSend(`http://${host}:${address.port}`, { deadlineMs: 5000 })
  t.after(send.close)
  const tell = (action: string, path = '/tsrv') =>
    send({ method: 'POST', path, body: JSON.stringify({ headers: { action } }) })
  return { told, left, address, service, tell }
}

/** However it ended: `once` would take a reset for a failure. */
const closed = (end: ClientRequest) => new Promise((resolve) => end.on('close', resolve))

const camelCase = (action: string) =>
  action.replace(/_[a-z]/g, ([, letter = '']) => letter.toUpperCase())
const fiscal = Object.keys(fiscalActions) as FiscalAction[]
const plain: Action[] = ['outcome', 'abandon', 'get_token_state', 'get_x_report', 'authorize']

test('what has no fault on it passes as it came, both ways', async (t) => {
  const sent = gzipSync('x'.repeat(100_000))
  const seen: IncomingMessage[] = []
  const { address } = await aLine(t, (incoming, outgoing, body) => {
    seen.push(incoming)
    const headers = ['X-Own', 'Да'.length.toString(), 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']
    outgoing.writeHead(418, 'Teapot', headers).end(body)
  })
  const outgoing = request({
    ...address,
    method: 'POST',
    path: '/tsrv?a=%2F',
    headers: { 'X-Case': 'Kept', 'content-length': sent.length },
  })
  const answered = once(outgoing, 'response')
  outgoing.end(sent)
  const [answer] = (await answered) as [IncomingMessage]
  assert.deepEqual(await buffer(answer), sent)
  assert.deepEqual([answer.statusCode, answer.statusMessage], [418, 'Teapot'])
  assert.deepEqual(answer.rawHeaders.slice(0, 6), ['X-Own', '2', ...COOKIES])
  assert.equal(answer.rawHeaders.filter((name) => name === 'Date').length, 1)
  const [incoming] = seen
  assert.deepEqual([incoming?.method, incoming?.url], ['POST', '/tsrv?a=%2F'])
  assert.deepEqual(incoming?.rawHeaders.slice(0, 2), ['X-Case', 'Kept'])
  assert.equal(incoming?.headers.host, `${address.host}:${address.port}`)
})
const COOKIES = ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']

test('a connection serves many calls', async (t) => {
  const { address } = await aLine(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  const sockets = new Set<unknown>()
  for (let call = 0; call < 3; call++) {
    const outgoing = request({ ...address, agent, path: '/health' }).end()
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    sockets.add(outgoing.socket)
    assert.equal(await text(answer), '{}')
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal(sockets.size, 1)
})

test('an answer is lost to commands of every kind, carried out all the same', async (t) => {
  const { told, left, tell } = await aLine(t)
  for (const action of fiscal.flatMap((name) => [name, camelCase(name)])) {
    left['sko.answer-lost'] = 1
    const count = told.length
    for (const other of plain) assert.ok('status' in (await tell(other)), other)
    assert.ok('lost' in (await tell(action)), action)
    assert.equal(told.length, count + plain.length + 1, action)
    assert.ok('status' in (await tell(action)), `${action} after the fault was spent`)
  }
})

test('a lost command never reaches the service, and its repeat is lost as well', async (t) => {
  const { told, left, tell } = await aLine(t)
  left['sko.request-lost'] = 2
  left['sko.answer-lost'] = 1
  for (const command of ['first', 'repeat']) {
    assert.ok('lost' in (await tell('create_sale')), command)
    assert.ok('status' in (await tell('outcome')))
  }
  assert.deepEqual(
    told.map((body) => JSON.parse(body).headers.action),
    ['outcome', 'outcome'],
  )
  // Only now does the other fault have its turn.
  assert.ok('lost' in (await tell('create_sale')))
  assert.equal(told.length, 3)
  assert.deepEqual(left, { 'sko.request-lost': 0, 'sko.answer-lost': 0 })
})

test('no fault is spent on what is no command', async (t) => {
  const { left, tell, address } = await aLine(t)
  left['sko.request-lost'] = 1
  assert.ok('status' in (await tell('create_sale', '/health')))
  for (const action of ['toString', 'constructor', '']) assert.ok('status' in (await tell(action)))
  const send = httpSend(`http://${host}:${address.port}`, { deadlineMs: 5000 })
  t.after(send.close)
  for (const body of ['', '{', '[]', '{"headers":{"action":5}}']) {
    assert.ok('status' in (await send({ method: 'POST', path: '/tsrv', body })), body)
  }
  const long = JSON.stringify({ headers: { action: 'create_sale' }, data: 'x'.repeat(1_000_000) })
  assert.ok('status' in (await send({ method: 'POST', path: '/tsrv', body: long })))
  assert.equal(left['sko.request-lost'], 1)
})

test('a body without a length is taken up to the longest message and no further', async (t) => {
  const { address, told } = await aLine(t)
  const outgoing = request({ ...address, method: 'POST', path: '/tsrv' })
  outgoing.on('error', () => {})
  for (let part = 0; part < 20; part++) outgoing.write('x'.repeat(100_000))
  await closed(outgoing)
  assert.deepEqual(told, [])
})

test('half a command is not passed on', async (t) => {
  const { address, told, tell } = await aLine(t)
  const socket = connect(address)
  await once(socket, 'connect')
  socket.end('POST /tsrv HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"headers":')
  await once(socket.resume(), 'close')
  await tell('outcome')
  assert.equal(told.length, 1)
})

test('a client that leaves before its answer takes nothing down', async (t) => {
  let answer = () => {}
  const { address, service, tell } = await aLine(t, (incoming, outgoing) => {
    if (incoming.url === '/slow') answer = () => void outgoing.end('late')
    else outgoing.end('{}')
  })
  const arrived = once(service, 'request')
  const outgoing = request({ ...address, method: 'POST', path: '/slow' })
  outgoing.on('error', () => {})
  outgoing.end('{}')
  await arrived
  await new Promise((resolve) => setImmediate(resolve))
  outgoing.destroy()
  await closed(outgoing)
  for (let turn = 0; turn < 3; turn++) assert.ok('status' in (await tell('outcome')))
  answer()
  for (let turn = 0; turn < 3; turn++) assert.ok('status' in (await tell('outcome')))
})

test('a service that dies half-way leaves the client without an answer', async (t) => {
  const { service, tell } = await aLine(t, (incoming, outgoing) => {
    if (incoming.url === '/half') outgoing.writeHead(200, { 'content-length': 100 }).write('half')
    setImmediate(() => incoming.socket.destroy())
  })
  assert.ok('lost' in (await tell('create_sale')))
  assert.ok('lost' in (await tell('create_sale', '/half')))
  await new Promise((resolve) => service.close(resolve))
  assert.ok('lost' in (await tell('create_sale')))
})
