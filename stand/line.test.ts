import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { type Address, answering, forwarding, type Line, openLine } from './line.ts'

const host = '127.0.0.1'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A far end that answers each connection with what it was sent, once that has ended. */
async function anEcho(t: TestContext): Promise<{ address: Address; server: Server }> {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(`heard ${await text(socket).catch(() => '')}`)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => server.close())
  return { address: { host, port: (server.address() as AddressInfo).port }, server }
}

async function aLine(t: TestContext, makeServer: () => Server) {
  const address = { host, port: await freePort() }
  const line: Line = openLine(address, makeServer)
  t.after(() => line.be('cut'))
  return { line, address }
}

/** Connected, or how it failed. */
async function dial(address: Address): Promise<Socket> {
  const socket = connect({ ...address, allowHalfOpen: true })
  await once(socket, 'connect')
  return socket
}

async function said(address: Address, what: string): Promise<string> {
  const socket = await dial(address)
  socket.end(what)
  return text(socket)
}

const refused = { code: 'ECONNREFUSED' }

test('a line passes both ways, and is opened and cut as often as wished', async (t) => {
  const { address: to } = await anEcho(t)
  const { line, address } = await aLine(t, () => forwarding(to))
  await assert.rejects(dial(address), refused)
  for (const what of ['first', 'second', 'x'.repeat(300_000)]) {
    await line.be('open')
    await line.be('open')
    assert.equal(await said(address, what), `heard ${what}`)
    line.be('cut')
    await assert.rejects(dial(address), refused, 'refused at once, without waiting for the cut')
  }
})

test('a cut takes the living connections with it, at both ends', async (t) => {
  const { address: to, server } = await anEcho(t)
  const { line, address } = await aLine(t, () => forwarding(to))
  await line.be('open')
  const far = once(server, 'connection')
  const near = await dial(address)
  near.write('half a ')
  const [farEnd] = (await far) as [Socket]
  // `once` would take a reset for a failure; here it is as good an end as any.
  const ends = [near, farEnd].map(
    (socket) => new Promise((resolve) => socket.on('error', () => {}).on('close', resolve)),
  )
  line.be('cut')
  await Promise.all(ends)
  assert.ok(near.destroyed && farEnd.destroyed)
})

test('whom nobody answers at the other end is hung up on', async (t) => {
  const { line, address } = await aLine(t, () => forwarding({ host, port: 1 }))
  await line.be('open')
  const socket = await dial(address)
  assert.equal(await text(socket).catch(() => ''), '')
})

test('a line cut while it opens does not stay open', async (t) => {
  const { line, address } = await aLine(t, answering)
  const opening = line.be('open')
  line.be('cut')
  await opening
  await assert.rejects(dial(address), refused)
  await line.be('open')
  assert.equal(await said(address, ''), '')
})

test('a line whose address is taken says so, and opens when it is free', async (t) => {
  const { address, server } = await anEcho(t)
  const line = openLine(address, answering)
  t.after(() => line.be('cut'))
  await assert.rejects(line.be('open'), { code: 'EADDRINUSE' })
  await new Promise((resolve) => server.close(resolve))
  await line.be('open')
  assert.equal(await said(address, 'who is there?'), '')
})
