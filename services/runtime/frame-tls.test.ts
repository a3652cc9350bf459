import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { frameSend } from './frame-client.ts'
import { type Bounds, listenFrames } from './frames.ts'
import { silentLog } from './log.ts'

const pem = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../../test/golden/tls/${name}.pem`), 'utf8')
const name = 'bank.example'
const host = '127.0.0.1'

// No busy machine reaches these.
const LONG_MS = 60_000
const bounds: Bounds = {
  longest: 64,
  idleMs: LONG_MS,
  partialMs: LONG_MS,
  firstMs: LONG_MS,
  connections: 16,
  strangers: { perAddress: 4, all: 4 },
  perSecond: 1000,
  waiting: 4,
}

async function aBank(t: TestContext, change: Partial<Bounds> = {}) {
  const server = await listenFrames(
    async (frame) => ({ bytes: Uint8Array.from(frame), afterMs: 0, from: 'known' }),
    {
      host,
      port: 0,
      bounds: { ...bounds, ...change },
      log: silentLog,
      tls: { cert: pem('bank'), key: pem('bank-key') },
    },
  )
  t.after(server.close)
  return server
}

const asked = (port: number, tls?: { ca: string; name: string }, deadlineMs = LONG_MS) =>
  frameSend({ host, port, deadlineMs, longest: 64, tls })(Buffer.from('question'), () => true)

/** A wire that keeps all that passes over it, both ways. */
async function aWire(t: TestContext, port: number) {
  const passed: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('data', (part) => {
        passed.push(part)
        to.write(part)
      })
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { port: (server.address() as AddressInfo).port, passed }
}

test('by TLS a frame is asked and answered, and nobody on the wire reads it (R32)', async (t) => {
  const wire = await aWire(t, (await aBank(t)).port)
  const got = await asked(wire.port, { ca: pem('authority'), name })
  assert.ok('frame' in got && Buffer.from(got.frame).equals(Buffer.from('question')))
  assert.ok(wire.passed.length > 2)
  assert.ok(!Buffer.concat(wire.passed).includes('question'))
})

test('a bank of another authority or another name was sent nothing', async (t) => {
  const wire = await aWire(t, (await aBank(t)).port)
  const other = await asked(wire.port, { ca: pem('other-authority'), name })
  const elsewhere = await asked(wire.port, { ca: pem('authority'), name: 'other.example' })
  assert.ok('unsent' in other && 'unsent' in elsewhere, JSON.stringify([other, elsewhere]))
})

test('who speaks in the clear to a bank of TLS is not answered, nor kept', async (t) => {
  const bank = await aBank(t, { firstMs: 300 })
  const got = await asked(bank.port)
  assert.ok('lost' in got, JSON.stringify(got))
  const silent = connect(bank.port, host)
  silent.on('error', () => {})
  await new Promise((resolve) => silent.resume().on('close', resolve))
  const served = await asked(bank.port, { ca: pem('authority'), name })
  assert.ok('frame' in served)
})

test('silent lines before a bank of TLS give way to a terminal', async (t) => {
  const bank = await aBank(t)
  const silent = Array.from({ length: 12 }, () => connect(bank.port, host))
  for (const socket of silent) socket.on('error', () => {})
  const gone = silent.slice(0, 8)
  await Promise.all(gone.map((each) => new Promise((end) => each.resume().on('close', end))))
  const got = await asked(bank.port, { ca: pem('authority'), name })
  assert.ok('frame' in got)
  for (const socket of silent) socket.destroy()
})
