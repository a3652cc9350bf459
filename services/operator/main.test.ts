import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { client } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { operatorApi } from '#core/api/operator.ts'
import { httpSend } from '#services/runtime/send.ts'
import { layDatabases } from '#test/embedded-postgres.ts'
import { aChain, aKey, anIssuer } from '#test/fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-operator-'))
const seed = join(folder, 'seed.json')
const issuer = anIssuer()
const key = aKey()
const device = issuer.device
const chain = aChain(key, { count: 60 })
const running = new Set<ChildProcess>()

before(async () => {
  await layDatabases(folder)
  const { unp, company, place, address, registerNumber } = issuer
  writeFileSync(
    seed,
    JSON.stringify({
      clients: [{ unp, company }],
      accounts: [{ email: 'client@demo.by', password: 'demo', unp }],
      registers: [{ registerNumber, unp, place, address }],
      devices: [{ serial: device, registerNumber, publicKey: key.publicKeyPem }],
    }),
  )
})
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the operator's process on a free port and waits for its line. */
async function start() {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: {
        ZPOS_OPERATOR_PORT: '0',
        ZPOS_DATA: folder,
        ZPOS_OPERATOR_SEED: seed,
        ZPOS_PUBLIC_HOSTS: 'cabinet.example, operator.example',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  running.add(child)
  const gone = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the operator ended with ${code}: ${text}`)))
    child.stderr.on('data', (part) => {
      text += part
      const found = text.split('\n').map(parseJson).map(portIn).find(Boolean)
      if (found) resolve(found)
    })
  })
  const send = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 20_000 })
  return {
    pid: child.pid,
    port,
    api: client(operatorApi, send),
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      const [code] = await gone
      running.delete(child)
      send.close()
      return code
    },
  }
}

const portIn = (line: unknown): number | undefined =>
  typeof line === 'object' && line !== null && 'port' in line ? Number(line.port) : undefined

test('everything acknowledged before a SIGKILL is there after a start', async () => {
  let acknowledged = 0
  for (let life = 0; life < 3; life++) {
    const operator = await start()
    const head = await operator.api.head({ device })
    assert.ok(head.kind === 'done' && head.value.acknowledged >= acknowledged)
    let sent = head.value.acknowledged
    for (let batch = 0; batch < 5; batch++, sent += 3) {
      const documents = chain.slice(sent, sent + 3)
      const answer = await operator.api.submit({ device, documents })
      assert.ok(answer.kind === 'done')
      acknowledged = answer.value.acknowledged
    }
    // One more batch is under way when the process dies: its fate is open, the rest is not.
    const open = operator.api.submit({ device, documents: chain.slice(sent, sent + 3) })
    await operator.end('SIGKILL')
    const last = await open
    if (last.kind === 'done') acknowledged = last.value.acknowledged
  }
  const operator = await start()
  const again = await operator.api.submit({ device, documents: chain.slice(0, acknowledged) })
  assert.ok(again.kind === 'done' && again.value.acknowledged >= acknowledged)
  await operator.end('SIGTERM')
})

test('a second process on a live folder harms nothing, whatever becomes of the first', async () => {
  const first = await start()
  const documents = chain.slice(0, 3)
  const stored = await first.api.submit({ device, documents })
  assert.ok(stored.kind === 'done')
  await assert.rejects(start(), new RegExp(`ended with 2: zPOS: process ${first.pid} `))
  await first.end('SIGKILL')
  const second = await start()
  const head = await second.api.head({ device })
  assert.equal(head.kind === 'done' && head.value.acknowledged, stored.value.acknowledged)
  const { statement, key: by } = (head.kind === 'done' && head.value.proof) || {}
  assert.deepEqual(
    [statement?.hash, by],
    [stored.value.proof?.statement.hash, stored.value.proof?.key],
    'signed with the same key after a start',
  )
  await second.end('SIGTERM')
})

test('the cabinet is for its own pages, devices are heard by any name', async () => {
  const operator = await start()
  const ask = (path: string, headers: Record<string, string>, body: object) =>
    new Promise<number | undefined>((resolve, reject) => {
      const to = { host: '127.0.0.1', port: operator.port, path, method: 'POST' }
      const json = { 'content-type': 'application/json' }
      request({ ...to, headers: { ...json, ...headers } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end(JSON.stringify(body))
    })
  const account = { email: 'client@demo.by', password: 'demo' }
  const signIn = (headers: Record<string, string>) => ask('/api/session', headers, account)
  const own = `127.0.0.1:${operator.port}`
  assert.equal(await signIn({ host: own, origin: `http://${own}` }), 200)
  assert.equal(await signIn({ host: own, origin: 'https://evil.example' }), 403)
  assert.equal(await signIn({ host: 'rebound.example' }), 403)
  const behindProxy = { host: 'operator.example', origin: 'https://operator.example' }
  assert.equal(await signIn(behindProxy), 200)
  const documents = { documents: chain.slice(0, 1) }
  const submit = `/api/devices/${device}/documents`
  assert.equal(await ask(submit, { host: 'operator.lan:8090' }, documents), 200)
  await operator.end('SIGTERM')
})

test('the signing key is its owner’s alone, and its public half lies beside it', async () => {
  const operator = await start()
  await operator.end('SIGTERM')
  const path = join(folder, 'operator-key.pem')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const own = createPublicKey(createPrivateKey(readFileSync(path, 'utf8')))
  const pem = own.export({ type: 'spki', format: 'pem' }).toString()
  assert.equal(readFileSync(`${path}.pub`, 'utf8'), pem)
})

test('SIGTERM ends the process in good order', async () => {
  const operator = await start()
  const health = await fetch(`http://127.0.0.1:${operator.port}/health`)
  assert.equal(((await health.json()) as { ok: boolean }).ok, true)
  assert.equal(await operator.end('SIGTERM'), 0)
})
