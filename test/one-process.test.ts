import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { takeLock } from '#services/runtime/data-folder.ts'
import { enrolledTill, newKey } from '#shop/enrolment.ts'

// R31, over every process that has a store.

const data = mkdtempSync(join(tmpdir(), 'zpos-one-'))
const credential = join(data, 'credential')
const device = join(data, 'device.json')
const processes = [
  ['services/register/main.ts', 'register', 'register/lock'],
  ['services/sko/main.ts', 'sko', 'sko/lock'],
  ['services/operator/main.ts', 'operator', 'operator.lock'],
  ['services/office/main.ts', 'office', 'office.lock'],
  ['services/acquirer/main.ts', 'acquirer', 'acquirer/lock'],
  ['stand/main.ts', 'stand', 'stand/lock'],
] as const

before(() => {
  for (const [, folder] of processes) mkdirSync(join(data, folder), { recursive: true })
  writeFileSync(credential, 'secret')
  writeFileSync(device, JSON.stringify(enrolledTill(newKey())))
})
after(() => rmSync(data, { recursive: true, force: true }))

const HTTP_PORTS = ['REGISTER', 'SKO', 'OPERATOR', 'OFFICE', 'ACQUIRER_HTTP', 'STAND']
const PORTS = [...HTTP_PORTS, 'ACQUIRER', 'PRINTER', 'READER', 'SCALE']

/** Runs a process whose every port is `port` until it ends by itself. */
async function run(entry: string, port = 0): Promise<{ code: unknown; said: string }> {
  const ports = PORTS.map((name) => [`ZPOS_${name}_PORT`, String(port)])
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', entry)],
    {
      env: {
        ...Object.fromEntries(ports),
        ZPOS_DATA: data,
        ZPOS_SKO_DEVICE: device,
        ZPOS_SKO_CREDENTIAL: credential,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (part) => {
    said += part
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

const storesIn = (folder: string): string[] =>
  existsSync(join(data, folder))
    ? readdirSync(join(data, folder)).filter((name) => !name.startsWith('lock'))
    : []

for (const [entry, folder, lock] of processes) {
  test(`${entry} does not start on a folder that somebody has`, async (t) => {
    const held = takeLock(join(data, lock))
    assert.ok(held.kind === 'ours')
    t.after(held.release)
    const { code, said } = await run(entry)
    assert.equal(code, 2)
    assert.match(said, new RegExp(`process ${process.pid} .* at work on .*${folder} `))
    assert.deepEqual(storesIn(folder), [])
  })

  test(`${entry} does not touch its store while its port is another's`, async (t) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { code, said } = await run(entry, (server.address() as AddressInfo).port)
    assert.equal(code, 1)
    assert.match(said, /EADDRINUSE/)
    assert.deepEqual(storesIn(folder), [])
  })
}
