import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { client } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { SECOND } from '#core/time.ts'
import { verifierOf } from '#services/operator/body.ts'
import { keysOfDevice } from '#services/operator/device-keys.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { httpSend } from '#services/runtime/send.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { grow, makeTills, seedOf } from '../ha/tills.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { type Measured, oneByOne, summary } from './measure.ts'
import { freePort } from './processes.ts'

const TILLS = 20
const BATCH = 100
const EACH = 1000
const DEVICES = 1000
/** Devices of the client whose cabinet is looked at. */
const OWN = 10
const LOOKS = 30
const ACCOUNT = { email: 'own@bench.by', password: 'bench' }

export type OperatorFigures = {
  /** Documents a second: checked signatures alone, rows inserted alone, through the service. */
  verified: number
  inserted: number
  ingested: number
  commit: Measured
  halfLoad: Measured
  at: { documents: number; ingested: number; pages: { name: string; measured: Measured }[] }[]
}

/** The operator on a PostgreSQL of its own, at each of the sizes in turn. */
export async function operatorFigures(sizes: readonly number[]): Promise<OperatorFigures> {
  const made = makeTills(TILLS)
  const server = await startPostgres()
  const db = await openPostgres({ url: server.url })
  const operator = await openOperatorProcess(server.url, made)
  for (const each of made) grow(each, EACH)
  const verified = await signatures(made)
  const inserted = await rows(db, made)
  const commit = await commits(db)
  // The first ones meet code that is not compiled yet, at both ends.
  await ingest(operator.url, { made, upTo: EACH / 4 })
  const ingested = await ingest(operator.url, { made, upTo: EACH / 2 })
  const halfLoad = await paced(operator.url, { made, perSecond: ingested / 2 })
  const at: OperatorFigures['at'] = []
  for (const documents of sizes) {
    await fill(db, documents)
    for (const each of made) grow(each, each.till.acknowledged + EACH / 2)
    const rate = await ingest(operator.url, { made, upTo: made[0]?.till.chain.length ?? 0 })
    at.push({ documents, ingested: rate, pages: await pages(operator.url) })
  }
  await operator.stop()
  await db.close()
  server.stop()
  return { verified, inserted, ingested, commit, halfLoad, at }
}

type Made = ReturnType<typeof makeTills>

async function openOperatorProcess(url: string, made: Made) {
  const data = mkdtempSync(join(tmpdir(), 'zpos-bench-operator-'))
  const seed = join(data, 'seed.json')
  const clients = [{ unp: '100000001', company: 'Bench' }]
  const accounts = [Object.assign({ role: 'client', unp: '100000001' }, ACCOUNT)]
  const known = seedOf(made.map(({ till }) => till))
  const all = { clients: [...known.clients, ...clients], accounts }
  writeFileSync(seed, JSON.stringify(Object.assign({}, known, all)), { mode: 0o600 })
  const port = await freePort()
  const root = join(import.meta.dirname, '..')
  const child = spawn(process.execPath, [join(root, 'services/operator/main.ts')], {
    env: Object.assign({}, process.env, {
      ZPOS_DATA: data,
      ZPOS_OPERATOR_PORT: String(port),
      ZPOS_OPERATOR_SEED: seed,
      ZPOS_REQUESTS_PER_SECOND: '0',
      DATABASE_URL: url,
    }),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const own = `http://127.0.0.1:${port}`
  const isUp = () =>
    fetch(`${own}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isUp())) await rest(50)
  return {
    url: own,
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const rate = (count: number, ms: number): number => (count / ms) * SECOND

/** Checked on the threads that the service checks them on. */
async function signatures(made: Made): Promise<number> {
  const from = performance.now()
  for (const { till } of made) {
    const first = { publicKey: till.publicKey, keyChanges: '[]' }
    const { keys } = keysOfDevice(till.serial, first)
    for (let place = 0; place < EACH / 2; place += BATCH) {
      await verifierOf(keys, till.chain.slice(place, place + BATCH))
    }
  }
  return rate((made.length * EACH) / 2, performance.now() - from)
}

/** The same bytes under the same keys and indexes, by rows of a batch, with nothing looked at. */
async function rows(db: Postgres, made: Made): Promise<number> {
  await db.query('create table floor(like document including all)')
  const from = performance.now()
  const insert = async ({ till }: Made[number]) => {
    for (let place = 0; place < EACH / 2; place += BATCH) {
      const batch = till.chain.slice(place, place + BATCH)
      await db.query(
        `insert into floor(device, number, at, kind, sum, shift, cashier, operation, uid, hash,
                           signature, body, stored_at)
         select $1, number, 1, 'deposit', 0, 1, 'Ivanova', gen_random_uuid()::text, uid, hash,
                signature, body, 1
         from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[])
           as given(number, uid, hash, signature, body)`,
        [
          till.serial,
          batch.map(({ number }) => number),
          batch.map(({ uid }) => uid),
          batch.map(({ hash }) => hash),
          batch.map(({ signature }) => signature),
          batch.map(({ body }) => body),
        ],
      )
    }
  }
  await Promise.all(made.map(insert))
  const took = performance.now() - from
  await db.query('drop table floor')
  return rate((made.length * EACH) / 2, took)
}

async function commits(db: Postgres): Promise<Measured> {
  await db.query('create table single(id integer generated always as identity, body text)')
  const body = 'x'.repeat(1200)
  return oneByOne(500, () => db.query('insert into single(body) values ($1)', [body]))
}

/** All tills at once, each batch when the one before is acknowledged; documents a second. */
async function ingest(url: string, { made, upTo }: { made: Made; upTo: number }): Promise<number> {
  const from = performance.now()
  let count = 0
  const courier = async ({ till }: Made[number]) => {
    const send = httpSend(url, { deadlineMs: 30 * SECOND })
    const operator = client(operatorApi, send)
    while (till.acknowledged < upTo) {
      const documents = till.chain.slice(till.acknowledged, till.acknowledged + BATCH)
      const answer = await operator.submit({ device: till.serial, documents })
      if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
      till.acknowledged += documents.length
      count += documents.length
    }
    send.close()
  }
  await Promise.all(made.map(courier))
  return rate(count, performance.now() - from)
}

type Paced = { made: Made; perSecond: number }

/** Latencies of acknowledgements while tills send one document each, so many a second in all. */
async function paced(url: string, { made, perSecond }: Paced): Promise<Measured> {
  const latencies: number[] = []
  const everyMs = (made.length * SECOND) / perSecond
  const courier = async ({ till }: Made[number]) => {
    const send = httpSend(url, { deadlineMs: 30 * SECOND })
    const operator = client(operatorApi, send)
    for (let left = 100; left > 0; left -= 1) {
      const from = performance.now()
      const documents = till.chain.slice(till.acknowledged, till.acknowledged + 1)
      const answer = await operator.submit({ device: till.serial, documents })
      if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
      till.acknowledged += 1
      latencies.push(performance.now() - from)
      await rest(Math.max(0, from + everyMs - performance.now()))
    }
    send.close()
  }
  await Promise.all(made.map(courier))
  return summary(latencies)
}

/** Brings the documents that are stored to a count, past the service: rows of many devices. */
async function fill(db: Postgres, documents: number): Promise<void> {
  const each = Math.round(documents / DEVICES)
  await db.transaction(
    async (sql) => {
      await sql.query('set local synchronous_commit = off')
      await sql.query(
        `insert into register(number, unp, place, address)
         select 200000000 + d, case when d <= ${OWN} then '100000001' else (
           select unp from client where unp <> '100000001' limit 1) end, 'Bench', 'Bench'
         from generate_series(1, ${DEVICES}) d on conflict do nothing`,
      )
      await sql.query(
        `insert into device(device, register, public_key)
         select 'BULK' || d, 200000000 + d, '' from generate_series(1, ${DEVICES}) d
         on conflict do nothing`,
      )
      await sql.query(
        `insert into document(device, number, at, kind, sum, shift, cashier, operation, uid, hash,
                              signature, body, stored_at)
         select 'BULK' || d, n, 1700000000000 + n::bigint * 600000 + d, 'sale',
                (n * 37 + d) % 100000, n / 100 + 1, 'Ivanova', gen_random_uuid()::text,
                upper(substr(md5(d || '-' || n), 1, 24)), md5(n || '-' || d) || md5(d || '+' || n),
                repeat('s', 120), repeat('b', 1100), 1700000000000
         from generate_series(1, ${DEVICES}) d,
              generate_series((select count(*)::integer + 1 from document where device = 'BULK1'),
                              ${each}) n`,
      )
      await sql.query(`update device set number = ${each} where device like 'BULK%'`)
    },
    { unhurried: true },
  )
  await db.transaction((sql) => sql.query('analyze document'), { unhurried: true })
}

/** What a client's cabinet asks when its documents are looked through. */
async function pages(url: string): Promise<{ name: string; measured: Measured }[]> {
  const plain = httpSend(url, { deadlineMs: 30 * SECOND })
  const signed = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ACCOUNT),
  })
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const send: typeof plain = Object.assign(
    (request: Parameters<typeof plain>[0]) =>
      plain(Object.assign({}, request, { headers: { cookie } })),
    { close: plain.close },
  )
  const cabinet = client(operatorCabinetApi, send)
  const questions = {
    'all, the newest': {},
    'one device': { device: 'BULK3' },
    'a day': { day: '2023-11-20' },
    'a sum': { sum: 4242 },
    'a sum of a device': { device: 'BULK3', sum: 4242 },
    'a number': { number: 77 },
    'the beginning of a UID': { uid: 'ABC12' },
    'a kind that there is none of': { kind: 'refund' },
  } as const
  const found: { name: string; measured: Measured }[] = []
  for (const [name, question] of Object.entries(questions)) {
    const look = async () => {
      const answer = await cabinet.documents(question)
      if (answer.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(answer)}`)
    }
    await look()
    found.push({ name, measured: await oneByOne(LOOKS, look) })
  }
  send.close()
  return found
}
