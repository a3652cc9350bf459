import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { v7 as uuid } from 'uuid'
import { rest } from '#services/runtime/clock.ts'
import { type Stand, startStand } from '#stand/stand.ts'

// V4 against real processes: what is done at their doors stops nobody who is known.

const data = mkdtempSync(join(tmpdir(), 'zpos-flood-'))
let stand: Stand
// A tenth of what is usual: a busy machine floods no faster than it computes.
process.env.ZPOS_REQUESTS_PER_SECOND = '20'
before(async () => {
  stand = await startStand({ data, ports: {} })
})
after(async () => {
  await stand.stop()
  rmSync(data, { recursive: true, force: true })
})

type Asked = { status: number; body: string; cookie: string }

/** Asks as a browser or a program does: a connection is kept and used again. */
function asking(base: string) {
  const agent = new Agent({ keepAlive: true })
  const ask = (method: string, path: string, { cookie = '', body }: Asking = {}) =>
    new Promise<Asked>((resolve, reject) => {
      const headers = {
        cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const outgoing = request(`${base}${path}`, { method, agent, headers }, (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (part) => {
          text += part
        })
        const set = (incoming.headers['set-cookie'] ?? []).map((each) => each.split(';')[0])
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: text, cookie: set.join('; ') }),
        )
      })
      outgoing.on('error', reject)
      outgoing.end(body === undefined ? undefined : JSON.stringify(body))
    })
  return Object.assign(ask, { close: () => agent.destroy() })
}
type Asking = { cookie?: string; body?: object }

/** A cashier at the till: signs in, opens the shift if it is closed. */
async function aCashier() {
  const ask = asking(stand.addresses.register)
  const session = { user: 'Анна', pin: '1111' }
  let { status, cookie } = await ask('POST', '/api/session', { body: session })
  // A stranger still; as the page does.
  while (status === 429) {
    await rest(200)
    ;({ status, cookie } = await ask('POST', '/api/session', { body: session }))
  }
  assert.equal(status, 200)
  const begin = (operation: object) =>
    ask('POST', '/api/operations', { cookie, body: { id: uuid(), ...operation } })
  const opened = await begin({ kind: 'shift-opening' })
  assert.ok([200, 409].includes(opened.status), opened.body)
  const lines = [{ goods: 1, quantity: 1000 }]
  const payments = [{ means: 'cash', sum: 10_000 }]
  return {
    ask: (method: string, path: string) => ask(method, path, { cookie }),
    sell: async () => {
      const { status, body } = await begin({ kind: 'sale', lines, payments })
      assert.equal(status, 200, body)
      assert.match(body, /"state":"registered"/, body)
    },
    signInAgain: async () => {
      const again = await ask('POST', '/api/session', { cookie, body: session })
      cookie = again.cookie
      return again
    },
    close: ask.close,
  }
}

const timers = new Set<NodeJS.Timeout>()
after(() => {
  for (const timer of timers) clearInterval(timer)
})

/** So many calls a second, until it is stopped; tells how each was answered. */
function flood(perSecond: number, call: (n: number) => Promise<{ status: number }>) {
  const answers = new Map<number, number>()
  const calls = new Set<Promise<unknown>>()
  let n = 0
  const timer = setInterval(() => {
    for (let i = 0; i < perSecond / 50 && calls.size < 64; i += 1) {
      n += 1
      const answered = call(n).then(
        ({ status }) => answers.set(status, (answers.get(status) ?? 0) + 1),
        () => answers.set(0, (answers.get(0) ?? 0) + 1),
      )
      calls.add(answered)
      answered.finally(() => calls.delete(answered))
    }
  }, 20)
  timers.add(timer)
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(calls)
  }
  return { answers, stop }
}

test('many more calls by nobody than are borne make no receipt red and stop nobody', async (t) => {
  const cashier = await aCashier()
  t.after(cashier.close)
  const { register, sko, operator } = stand.addresses
  for (const [base, path] of [
    [register, '/api/users'],
    [sko, '/tsrv'],
    [operator, '/api/devices/AVQ11099999999/head'],
  ] as const) {
    const stranger = asking(base)
    const { answers, stop } = flood(100, () => stranger(path === '/tsrv' ? 'POST' : 'GET', path))
    // Until their bucket is empty.
    while ((answers.get(429) ?? 0) === 0) await rest(20)
    for (let i = 0; i < 3; i += 1) {
      await cashier.sell()
      assert.equal((await cashier.ask('GET', '/api/status')).status, 200)
    }
    await stop()
    stranger.close()
  }
})

test('a flood of wrong passwords leaves sign-ins and the till as quick as they are', async (t) => {
  const cashier = await aCashier()
  t.after(cashier.close)
  for (const [base, path, body] of [
    [stand.addresses.operator, '/api/session', { email: 'client@demo.by', password: 'guess' }],
    [stand.addresses.register, '/api/session', { user: 'Ольга', pin: '0000' }],
    [stand.addresses.register, '/api/session', { user: 'Никто', pin: '0000' }],
  ] as const) {
    const stranger = asking(base)
    const { answers, stop } = flood(100, (n) =>
      stranger('POST', path, {
        body: 'email' in body ? { ...body, email: `${n}@demo.by` } : { ...body, user: `Н${n}` },
      }),
    )
    // Until more guesses were answered than are checked at once.
    while ([...answers.values()].reduce((all, each) => all + each, 0) < 20) await rest(20)
    const from = performance.now()
    await cashier.sell()
    assert.equal((await cashier.signInAgain()).status, 200)
    const tookMs = performance.now() - from
    await stop()
    stranger.close()
    assert.ok(tookMs < 15_000, `${tookMs} ms`)
  }
})

test('more silent connections than there are places keep nobody out', async (t) => {
  const cashier = await aCashier()
  t.after(cashier.close)
  const sockets: Socket[] = []
  const came: Promise<unknown>[] = []
  t.after(() => {
    for (const socket of sockets) socket.destroy()
  })
  const { register, sko, acquirer } = stand.addresses
  for (const address of [register, sko, acquirer]) {
    const { hostname, port } = new URL(address.startsWith('http') ? address : `tcp://${address}`)
    for (let i = 0; i < 700; i += 1) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => {})
      came.push(once(socket, 'connect').catch(() => {}))
      if (i % 2 === 1) socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')
      sockets.push(socket)
    }
  }
  await Promise.all(came)
  for (let i = 0; i < 3; i += 1) await cashier.sell()
  assert.equal((await cashier.signInAgain()).status, 200)
  for (const base of [register, sko]) {
    const newcomer = asking(base)
    assert.equal((await newcomer('GET', '/health')).status, 200, base)
    newcomer.close()
  }
})
