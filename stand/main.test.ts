import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { client } from '#core/api/client.ts'
import { setupEndpoints } from '#core/api/register-setup.ts'
import { type ProcessView, standApi } from '#core/api/stand.ts'
import { httpSend } from '#services/runtime/send.ts'
import { openIn } from '#test/disk.ts'
import { layDatabases } from '#test/embedded-postgres.ts'
import project from '../package.json' with { type: 'json' }
import { people } from './demo/enrolment.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-main-'))
after(() => rmSync(data, { recursive: true, force: true }))

async function freePorts(names: readonly string[]): Promise<Record<string, string>> {
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => String((server.address() as AddressInfo).port))
  for (const server of servers) server.close()
  return Object.fromEntries(names.map((name, i) => [`ZPOS_${name}_PORT`, ports[i] ?? '']))
}

const NAMES = [
  'REGISTER',
  'SKO',
  'OPERATOR',
  'ACQUIRER',
  'ACQUIRER_HTTP',
  'STAND',
  'PRINTER',
  'READER',
  'OFFICE',
  'MAIL',
]

/** `npm start` with its output on a full disk, under a umask that closes nothing. */
async function aStand() {
  const full = openSync('/dev/full', 'w')
  const ports = await freePorts(NAMES)
  const umask = process.umask(0)
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: { ...process.env, ...ports, ZPOS_DATA: data },
      stdio: ['ignore', full, full],
    },
  )
  process.umask(umask)
  closeSync(full)
  const gone = once(child, 'exit')
  const send = httpSend(`http://127.0.0.1:${ports.ZPOS_STAND_PORT}`, { deadlineMs: 20_000 })
  const api = client(standApi, send)
  const views = async (): Promise<ProcessView[]> => {
    const answer = await api.processes({})
    return answer.kind === 'done' ? answer.value.processes : []
  }
  const until = async (wished: (now: ProcessView[]) => boolean) => {
    for (let now = await views(); !wished(now); now = await views()) {
      if (child.exitCode !== null) assert.fail(`the stand ended with ${child.exitCode}`)
      await pause(50)
    }
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    send.close()
    return child.exitCode
  }
  return { api, until, stop, register: `http://127.0.0.1:${ports.ZPOS_REGISTER_PORT}` }
}

/** The stand has played the person who connects the till: nobody can read here that it is ready. */
async function connected(register: string): Promise<void> {
  const send = httpSend(register, { deadlineMs: 20_000 })
  const till = client(setupEndpoints, send)
  for (;;) {
    const answer = await till.setup({})
    if (answer.kind === 'done' && answer.value.waiting === null) break
    await pause(50)
  }
  send.close()
}

async function sell(register: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const [{ name: user, pin }] = people
  const body = JSON.stringify({ user, pin })
  const signedIn = await fetch(`${register}/api/session`, { method: 'POST', headers, body })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const payments = [{ means: 'cash', sum: 100_000 }]
  for (const wish of [
    { kind: 'shift-opening' },
    { kind: 'sale', lines: [{ goods: 1, quantity: 1000 }], payments },
  ]) {
    const answer = await fetch(`${register}/api/operations`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify({ id: uuid(), ...wish }),
    })
    const operation = (await answer.json()) as { state: string }
    assert.equal(operation.state, 'registered', JSON.stringify(operation))
  }
}

test('the stand outlives a full output and a kill before it is ready, and opens nothing', {
  skip: !existsSync('/dev/full'),
}, async (t) => {
  await layDatabases(data)
  mkdirSync(join(data, 'log'), { mode: 0o755 })
  writeFileSync(join(data, 'log', 'bank.log'), '', { mode: 0o644 })
  const early = await aStand()
  await early.until((now) => now.some(({ pid }) => pid !== null))
  assert.equal(await early.stop(), 0, 'asked to end while it starts, it ends as it was asked')
  const { api, until, stop, register } = await aStand()
  t.after(stop)
  const named = (now: ProcessView[], name: string) => now.find((each) => each.name === name)
  await until((now) => (named(now, 'acquirer')?.pid ?? null) !== null)
  await api.kill({ name: 'acquirer' })
  await until((now) => now.filter(({ healthy }) => healthy).length === now.length - 1)
  await until((now) => named(now, 'acquirer')?.state === 'stopped')
  await api.start({ name: 'acquirer' })
  await until((now) => now.every(({ healthy }) => healthy))
  await connected(register)
  await sell(register)
  assert.equal((await api.backUp({})).kind, 'done')
  assert.deepEqual(openIn(data), [])
  assert.equal(await stop(), 0)
})

test('`npm start` passes signals on: its shell gives way to the program', () => {
  // Without `exec` npm's signal ends the shell alone, and the stand goes on without a parent.
  for (const script of Object.values(project.scripts)) {
    assert.match(script, /^(exec node scripts\/run\.mjs |biome )/)
  }
})
