import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { client, type Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { answersTill } from '#core/billing/lease.ts'
import { believing } from '#services/runtime/operator-keys.ts'
import { httpSend } from '#services/runtime/send.ts'
import { layDatabases } from '#test/embedded-postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-office-'))
const seed = join(folder, 'seed.json')
const UNP = '191000002'
const running = new Set<ChildProcess>()

before(async () => {
  await layDatabases(folder)
  const accounts = [{ email: 'staff@demo.by', password: 'demo', role: 'staff' }]
  const contracts = [{ number: 'N1', unp: UNP, company: 'ООО', concludedAt: 0 }]
  const tariffs = [{ tariff: 'month', name: 'Месяц', price: 100, months: 1 }]
  const equipment = [{ serial: 'ZP1', contract: 'N1' }]
  writeFileSync(seed, JSON.stringify({ tariffs, contracts, equipment, accounts }))
})
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const portIn = (line: unknown): number | undefined =>
  typeof line === 'object' && line !== null && 'port' in line ? Number(line.port) : undefined

/** Keeps the session's cookie, as a browser does. */
function remembering(send: Send): Send {
  let cookie = ''
  return async (request) => {
    const answer = await send(Object.assign({}, request, { headers: { cookie } }))
    const set = 'status' in answer ? answer.headers?.['set-cookie'] : undefined
    if (Array.isArray(set)) cookie = set.map((each) => each.split(';')[0]).join('; ')
    return answer
  }
}

/** Starts the office's process on a free port and waits for its line. */
async function start() {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: { ZPOS_OFFICE_PORT: '0', ZPOS_DATA: folder, ZPOS_OFFICE_SEED: seed },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  running.add(child)
  const gone = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the office ended with ${code}: ${text}`)))
    child.stderr.on('data', (part) => {
      text += part
      const found = text.split('\n').map(parseJson).map(portIn).find(Boolean)
      if (found) resolve(found)
    })
  })
  const wire = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 20_000 })
  const staff = client(officeCabinetApi, remembering(wire))
  const signed = await staff.signIn({ email: 'staff@demo.by', password: 'demo' })
  assert.equal(signed.kind, 'done', JSON.stringify(signed))
  return {
    pid: child.pid,
    staff,
    api: client(officeApi, wire),
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      const [code] = await gone
      running.delete(child)
      wire.close()
      return code
    },
  }
}

const bookedFor = async ({ staff }: Awaited<ReturnType<typeof start>>) => {
  const [contracts, equipment] = [await staff.contracts({}), await staff.equipment({})]
  assert.ok(contracts.kind === 'done' && equipment.kind === 'done')
  const [contract] = contracts.value.contracts
  assert.ok(contract)
  return { contract, subscription: equipment.value.equipment[0]?.subscription ?? null }
}

test('what was paid before a SIGKILL is there after it, once, and the leases rise', async () => {
  const payments = Array.from({ length: 12 }, () => randomUUID())
  let counter = 0
  for (let life = 0; life < 3; life++) {
    const office = await start()
    const { contract } = await bookedFor(office)
    const { account } = contract
    // All of them again, whatever became of each before.
    const paying = payments.map((id) =>
      office.staff.payment({ id, account, sum: 1_000, note: 'x' }),
    )
    const nonce = randomUUID()
    const asked = { serial: 'ZP1', unp: UNP, nonce }
    const lease = await office.api.lease(Object.assign({ version: '1' }, asked))
    assert.ok(lease.kind === 'done')
    assert.ok(lease.value.lease.counter > counter)
    counter = lease.value.lease.counter
    const keys = readFileSync(join(folder, 'office-key.pem.pub'), 'utf8')
    assert.ok(answersTill(lease.value, asked, believing(keys)))
    if (life === 2) await Promise.all(paying)
    else await Promise.race(paying)
    await office.end('SIGKILL')
    await Promise.all(paying)
  }
  const office = await start()
  const { contract } = await bookedFor(office)
  assert.equal(contract.balance, 12_000)
  assert.equal(await office.end('SIGTERM'), 0)
})

test('an order killed in flight is one order and one charge', async () => {
  const first = await start()
  const quote = await first.staff.quote({ serial: 'ZP1', tariff: 'month' })
  assert.ok(quote.kind === 'done')
  const order = { quote: quote.value.id, renews: true }
  const sent = Array.from({ length: 4 }, () => first.staff.order(order))
  await first.end('SIGKILL')
  await Promise.all(sent)
  const second = await start()
  const again = await second.staff.order(order)
  assert.equal(again.kind === 'done' && again.value.state, 'paid')
  const { contract, subscription } = await bookedFor(second)
  assert.deepEqual([contract.balance, subscription?.ended], [11_900, null])
  await second.end('SIGTERM')
})

test('a second process on a live folder ends, and the key is its owner’s alone', async () => {
  const first = await start()
  await assert.rejects(start(), new RegExp(`ended with 2: zPOS: process ${first.pid} `))
  assert.equal(statSync(join(folder, 'office-key.pem')).mode & 0o777, 0o600)
  await first.end('SIGTERM')
})
