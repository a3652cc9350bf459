import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import type { ProcessView } from '#core/api/stand.ts'
import { systemClock } from '#services/runtime/clock.ts'
import { outlivePredecessor, recordProcesses } from './predecessor.ts'
import { openProcesses, type ProcessSpec } from './processes.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-processes-'))
after(() => rmSync(data, { recursive: true, force: true }))

/** A spec names its entry from here, wherever the clone and the temporary folder lie. */
const ROOT = join(import.meta.dirname, '..')

const SERVER = `
import { createServer } from 'node:http'
import { untilStopped } from '${join(import.meta.dirname, '../services/runtime/life.ts')}'
const server = createServer((_, answer) => answer.end('{}'))
server.listen(Number(process.env.PORT), '127.0.0.1')
await untilStopped()
server.close()
server.closeAllConnections()
`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Processes of one tiny server, and a wait for the first view that is as wished. */
async function aServer(
  t: TestContext,
  { source = SERVER, rose }: { source?: string; rose?: () => Promise<void> } = {},
) {
  const port = await freePort()
  const entry = join(data, `server-${port}.mjs`)
  writeFileSync(entry, source)
  const spec: ProcessSpec = {
    name: 'sko',
    address: 'http://127.0.0.1:1829',
    own: `http://127.0.0.1:${port}`,
    page: null,
    signIn: [],
    entry: relative(ROOT, entry),
    env: { PORT: String(port) },
  }
  let seen = () => {}
  const lives: string[] = []
  const processes = openProcesses([spec], {
    logs: data,
    clock: systemClock,
    changed: () => seen(),
    rose: rose ?? (async (name) => void lives.push(`${name} rose`)),
    fell: (name) => void lives.push(`${name} fell`),
  })
  t.after(processes.stop)
  const view = (): ProcessView => processes.views()[0] ?? assert.fail('no process')
  const until = (wished: (now: ProcessView) => boolean) =>
    new Promise<ProcessView>((resolve) => {
      seen = () => wished(view()) && resolve(view())
      seen()
    })
  return { processes, view, until, lives }
}

test('a process that dies by itself is started again', async (t) => {
  const { processes, view, until, lives } = await aServer(t)
  await processes.begin()
  const before = view()
  assert.equal(before.state, 'running')
  assert.ok((before.rssMb ?? 1) > 0)
  process.kill(before.pid ?? 0, 'SIGKILL')
  const again = await until((now) => now.restarts === 1 && now.healthy)
  assert.notEqual(again.pid, before.pid)
  assert.deepEqual(lives, ['sko rose', 'sko fell', 'sko rose'])
})

test('a process killed by the button lies until it is started', async (t) => {
  const { processes, until, lives } = await aServer(t)
  await processes.begin()
  const killed = await processes.kill('sko')
  assert.deepEqual(
    { state: killed.state, pid: killed.pid, healthy: killed.healthy },
    { state: 'stopped', pid: null, healthy: false },
  )
  assert.equal((await processes.kill('sko')).state, 'stopped')
  assert.equal(processes.start('sko').state, 'starting')
  assert.equal((await until((now) => now.healthy)).state, 'running')
  assert.deepEqual(lives, ['sko rose', 'sko fell', 'sko rose'])
})

test('whoever waits for a process hears that it answers, or that it was killed', async (t) => {
  const { processes } = await aServer(t)
  await processes.begin()
  await processes.kill('sko')
  processes.start('sko')
  assert.deepEqual(await processes.answering('sko'), processes.views()[0])
  assert.ok(processes.views()[0]?.healthy)
  await processes.kill('sko')
  processes.start('sko')
  const waiting = processes.answering('sko')
  await Promise.all([assert.rejects(waiting, /stopped/), processes.kill('sko')])
})

test('a line that cannot be opened fails the start by its own name', async (t) => {
  const { processes } = await aServer(t, {
    rose: async () => assert.fail('EADDRINUSE 127.0.0.1:1829'),
  })
  await assert.rejects(processes.begin(), /sko: EADDRINUSE 127.0.0.1:1829/)
})

test('a process that never comes up is told with the end of its log', async (t) => {
  const { processes } = await aServer(t, {
    source: 'console.error("нет настройки"); process.exit(2)',
  })
  const [why] = await processes.begin()
  assert.match(why ?? '', /sko: does not start[\s\S]*нет настройки/)
})

test('a process killed by the button before it answers lies, and the start goes on', async (t) => {
  const { processes, until, view } = await aServer(t, { source: 'setInterval(() => {}, 1000)' })
  const begun = processes.begin()
  await until(({ pid }) => pid !== null)
  await processes.kill('sko')
  assert.deepEqual(await begun, [])
  assert.equal(view().state, 'stopped')
})

test('a child ends by itself when its stand is killed', async (t) => {
  const port = await freePort()
  const entry = join(data, `orphan-${port}.mjs`)
  writeFileSync(entry, SERVER)
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { spawn } from 'node:child_process'
       const child = spawn(process.execPath, [${JSON.stringify(entry)}], {
         env: { ...process.env, PORT: '${port}' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
       const up = () => fetch('http://127.0.0.1:${port}').then(
         () => console.log(child.pid), () => setTimeout(up, 50))
       up()
       setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  t.after(() => parent.kill('SIGKILL'))
  const [told] = await once(parent.stdout, 'data')
  const pid = Number(String(told))
  const record = join(data, 'processes.json')
  recordProcesses(record, [pid])
  // As if another stand had written it.
  const text = JSON.parse(readFileSync(record, 'utf8'))
  writeFileSync(record, JSON.stringify({ ...text, stand: { pid: 4_000_000, startedAt: '1' } }))
  parent.kill('SIGKILL')
  await outlivePredecessor(record)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/health`))
})
