import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aChain, aClock, aKey, anIssuer } from '#test/fixtures.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { silentLog } from './log.ts'
import { migrate, openPostgres } from './postgres.ts'
import type { Postgres } from './sql.ts'

// A connection to the server that is lost at any moment, by each way in which connections end.

const server = process.env.ZPOS_TEST_POSTGRES
const WAYS = ['reset', 'end'] as const
type Way = (typeof WAYS)[number]

/** A database of its own on the server, and a line to it that can be cut. */
async function aLine(t: TestContext, url: string) {
  const { hostname, port } = new URL(url)
  const lines = new Set<() => void>()
  const nears = new Set<Socket>()
  let passed = 0
  let cut: { at: number; way: Way } | null = null
  const blackened = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname)
    nears.add(near.on('close', () => nears.delete(near)))
    const end = () => {
      lines.delete(end)
      if (cut?.way === 'end') near.end()
      else near.resetAndDestroy()
      far.destroy()
    }
    lines.add(end)
    const pass = (to: Socket) => (part: Buffer) => {
      passed += 1
      if (blackened.has(near)) return
      if (passed === cut?.at) end()
      else to.write(part)
    }
    near.on('data', pass(far)).on('close', () => far.destroy())
    far.on('data', pass(near)).on('close', () => near.destroy())
    for (const socket of [near, far]) socket.on('error', () => {})
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  t.after(() => proxy.close())
  const through = new URL(url)
  through.port = String((proxy.address() as AddressInfo).port)
  return {
    open: async (): Promise<Postgres> => {
      const db = await openPostgres({ url: String(through) })
      t.after(db.close)
      return db
    },
    /** Cuts at the nth part that passes from now on, in either direction; true once it was cut. */
    cutAt: (nth: number, way: Way) => {
      passed = 0
      cut = { at: nth, way }
      return () => passed >= nth
    },
    /** Of what is connected now nothing passes any more, and nobody is told. */
    blacken: () => {
      for (const near of nears) blackened.add(near)
      return nears.size
    },
    cutAll: (way: Way) => {
      cut = { at: 0, way }
      for (const end of lines) end()
    },
  }
}

test('a server that is away is an error for who asks, and for nobody else', async (t) => {
  const away = await openPostgres({ url: 'postgres://postgres@127.0.0.1:1/postgres' })
  t.after(away.close)
  await assert.rejects(away.query('select 1'), /ECONNREFUSED/)
  await assert.rejects(
    away.transaction(async () => 'done'),
    /ECONNREFUSED/,
  )
})

let direct: Postgres

if (server) suite(server)
else test('a PostgreSQL server whose line is cut', { skip: 'ZPOS_TEST_POSTGRES не задан' })

const signing = { key: operatorKey, verify: believesOperator }

function suite(server: string): void {
  const name = `zpos_${randomUUID().replaceAll('-', '')}`
  const url = String(Object.assign(new URL(server), { pathname: name }))
  before(async () => {
    const whole = await openPostgres({ url: server })
    await whole.query(`create database ${name}`)
    await whole.close()
    direct = await openPostgres({ url })
  })
  after(async () => {
    await direct.close()
    const whole = await openPostgres({ url: server })
    await whole.query(`drop database ${name} with (force)`)
    await whole.close()
  })

  silences(url)
  for (const way of WAYS) {
    test(`a document whose transaction is cut anywhere (${way}) is «unknown»`, async (t) => {
      const line = await aLine(t, url)
      const db = await line.open()
      const { app } = await openOperator({ db, clock: aClock(), log: silentLog, ...signing })
      const { submit, chain } = await aDevice(direct, app)
      let lost = 0
      for (let nth = 1; ; nth++) {
        const wasCut = line.cutAt(nth, way)
        const answer = await submit(chain.slice(nth - 1, nth))
        const text = await answer.text()
        if (!wasCut()) break
        lost += 1
        assert.deepEqual([answer.status, text], [500, ''], `cut at ${nth}`)
        const again = await submit(chain.slice(nth - 1, nth))
        assert.equal(await acknowledgedIn(again), nth, `after a cut at ${nth}`)
      }
      assert.ok(lost > 8, `only ${lost} cuts`)
    })

    test(`migrations cut anywhere (${way}) are done once at the next start`, async (t) => {
      const line = await aLine(t, url)
      const folder = mkdtempSync(join(tmpdir(), 'zpos-schema-'))
      t.after(() => rmSync(folder, { recursive: true }))
      const tables = ['a', 'b'].map((each) => `${each}_${way}`)
      for (const table of tables) {
        writeFileSync(join(folder, `${table}.sql`), `create table ${table}(number integer);`)
      }
      for (let nth = 1; ; nth++) {
        const db = await line.open()
        const wasCut = line.cutAt(nth, way)
        const done = await migrate(db, folder).then(
          () => true,
          () => false,
        )
        if (!wasCut()) break
        assert.equal(done, false, `cut at ${nth}`)
        assert.ok(nth < 500)
      }
      for (const table of tables) assert.deepEqual(await direct.query(`table ${table}`), [])
    })

    test(`the pool recovers from a cut (${way}) of all its connections at rest`, async (t) => {
      const line = await aLine(t, url)
      const db = await line.open()
      const asked = () => Promise.allSettled([1, 2, 3, 4].map(() => db.query('select 1 as one')))
      await asked()
      line.cutAll(way)
      // A connection that nobody has heard the end of yet may be lent once more, and only once.
      await asked()
      const answers = await asked()
      assert.ok(answers.every(({ status }) => status === 'fulfilled'))
    })
  }

  test('a transaction at rest whose connection the server ends is not committed', async (t) => {
    const line = await aLine(t, url)
    const db = await line.open()
    await direct.query('create table resting(number integer)')
    const work = db.transaction(async (sql) => {
      await sql.query('insert into resting values (1)')
      const [row] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid')
      await direct.query('select pg_terminate_backend($1, 5000)', [row?.pid])
      await db.query('select 1')
      return 'done'
    })
    await assert.rejects(work)
    assert.deepEqual(await db.query('table resting'), [])
  })

  test('a statement that failed unheard keeps its transaction from being committed', async () => {
    const work = direct.transaction(async (sql) => {
      await sql.query('select 1/0').catch(() => {})
      return 'done'
    })
    await assert.rejects(work, /not committed/)
  })
}

/** A device of the operator's, its documents, and a call that sends some of them. */
async function aDevice(db: Postgres, app: { request: AppRequest }) {
  const key = aKey()
  const registerNumber = 200_000_000 + Math.floor(Math.random() * 100_000_000)
  const device = `D${registerNumber}`
  const issuer = anIssuer({ device, registerNumber })
  const { unp, company, place, address } = issuer
  await sowOperator(db, {
    clients: [{ unp, company }],
    accounts: [],
    registers: [{ registerNumber, unp, place, address }],
    devices: [{ serial: device, registerNumber, publicKey: key.publicKeyPem }],
  })
  const chain = aChain(key, { count: 100, change: () => ({ issuer }) })
  const headers = { 'content-type': 'application/json' }
  const submit = async (documents: object[]) =>
    app.request(`/api/devices/${device}/documents`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ documents }),
    })
  return { device, submit, chain }
}

const acknowledgedIn = async (answer: Response): Promise<unknown> =>
  (await answer.json()).acknowledged

type AppRequest = (path: string, init: RequestInit) => Response | Promise<Response>

/** Nothing is cut, and nobody answers. */
function silences(url: string): void {
  test('a line gone black fails who is on it, and the next ones are served', async (t) => {
    const line = await aLine(t, url)
    const db = await line.open()
    const { app } = await openOperator({ db, clock: aClock(), log: silentLog, ...signing })
    const { submit, chain } = await aDevice(direct, app)
    const work = db.transaction(async (sql) => {
      await Promise.all([1, 2, 3, 4].map(() => db.query('select 1')))
      assert.ok(line.blacken() > 3)
      await sql.query('select 1')
    })
    // Whoever is given a line that is black hears so before its own patience ends.
    const [, ...answers] = await Promise.all([
      assert.rejects(work, /timeout/),
      ...[1, 2, 3, 4].map(() => db.query('select 1').catch(() => [])),
    ])
    assert.equal(answers.length, 4)
    const from = performance.now()
    const answer = await submit(chain.slice(0, 1))
    assert.equal(await acknowledgedIn(answer), 1)
    assert.ok(performance.now() - from < 5000)
  })

  test('a device whose row is locked keeps nobody waiting, however often it asks', async () => {
    const { app } = await openOperator({ db: direct, clock: aClock(), log: silentLog, ...signing })
    const stuck = await aDevice(direct, app)
    const other = await aDevice(direct, app)
    const locking = await openPostgres({ url })
    const locked = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const lock = locking.transaction(async (sql) => {
      await sql.query('set local idle_in_transaction_session_timeout = 0')
      await sql.query('select from device where device = $1 for update', [stuck.device])
      locked.resolve()
      await released.promise
    })
    await locked.promise
    const from = performance.now()
    const asked = Array.from({ length: 30 }, () => stuck.submit(stuck.chain.slice(0, 1)))
    const served = await other.submit(other.chain.slice(0, 3))
    assert.equal(await acknowledgedIn(served), 3)
    const answers = await Promise.all(asked)
    // A courier waits 10 s for its answer.
    assert.ok(performance.now() - from < 10_000)
    const statuses = answers.map(({ status }) => status)
    assert.deepEqual([...new Set(statuses)].sort(), [500, 503])
    const away = answers.find(({ status }) => status === 503)
    assert.equal(away?.headers.get('retry-after'), '1')
    released.resolve()
    await lock
    await locking.close()
    const again = await stuck.submit(stuck.chain.slice(0, 1))
    assert.equal(await acknowledgedIn(again), 1)
  })

  test('a server started anew under load is found again, and nothing is lost', async (t) => {
    const own = await startPostgres()
    t.after(own.stop)
    const db = await openPostgres({ url: own.url })
    t.after(db.close)
    const { app } = await openOperator({ db, clock: aClock(), log: silentLog, ...signing })
    const devices = [await aDevice(db, app), await aDevice(db, app), await aDevice(db, app)]
    let restarted = false
    const busy = Promise.all(
      devices.map(async ({ submit, chain }) => {
        let sent = 0
        while (!restarted || sent < 50) {
          const answer = await submit(chain.slice(sent, sent + 1))
          if (answer.status === 200) sent = Math.min(sent + 1, chain.length - 1)
          else assert.equal(answer.status, 500)
        }
        return sent
      }),
    )
    await own.restart()
    restarted = true
    await busy
    for (const { device } of devices) {
      const [row] = await db.query<{ number: number; documents: number }>(
        `select number, (select count(*) from document where device = $1) as documents
         from device where device = $1`,
        [device],
      )
      assert.ok((row?.number ?? 0) >= 50)
      assert.equal(row?.documents, row?.number)
    }
  })
}
