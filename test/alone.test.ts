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
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { enrolledTill, newKey } from '#shop/enrolment.ts'
import { openIn } from './disk.ts'
import { layDatabases } from './embedded-postgres.ts'
import { freePort } from './free-port.ts'

// Every process started by hand: its output on a full disk, under a umask that closes nothing.

const data = mkdtempSync(join(tmpdir(), 'zpos-unwritable-'))
const credential = join(data, 'credential')
const device = join(data, 'device.json')
before(async () => {
  await layDatabases(data)
  for (const folder of ['register', 'sko']) mkdirSync(join(data, folder))
  writeFileSync(credential, 'secret')
  writeFileSync(device, JSON.stringify(enrolledTill(newKey())))
})
after(() => rmSync(data, { recursive: true, force: true }))

const processes = [
  ['services/register/main.ts', 'register', 'ZPOS_REGISTER_PORT'],
  ['services/sko/main.ts', 'sko', 'ZPOS_SKO_PORT'],
  ['services/operator/main.ts', 'operator', 'ZPOS_OPERATOR_PORT'],
  ['services/office/main.ts', 'office', 'ZPOS_OFFICE_PORT'],
  ['services/acquirer/main.ts', 'acquirer', 'ZPOS_ACQUIRER_HTTP_PORT'],
] as const

for (const [entry, own, named] of processes) {
  test(`${entry} works on while its log takes nothing, and opens nothing to others`, {
    skip: !existsSync('/dev/full'),
  }, async (t) => {
    const port = await freePort()
    const full = openSync('/dev/full', 'w')
    const umask = process.umask(0)
    t.after(() => process.umask(umask))
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', entry)],
      {
        env: {
          ZPOS_REGISTER_PORT: '0',
          ZPOS_ACQUIRER_PORT: '0',
          [named]: String(port),
          ZPOS_DATA: data,
          ZPOS_SKO_DEVICE: device,
          ZPOS_SKO_CREDENTIAL: credential,
        },
        stdio: ['ignore', full, full],
      },
    )
    t.after(() => child.kill('SIGKILL'))
    closeSync(full)
    const gone = once(child, 'exit').then(([code]) => assert.fail(`ended with ${code}`))
    const answers = async () => {
      for (;;) {
        const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null)
        if (answer?.ok) return
        await pause(50)
      }
    }
    await Promise.race([answers(), gone])
    assert.deepEqual(openIn(join(data, own)), [])
    child.kill('SIGTERM')
    assert.equal((await once(child, 'exit'))[0], 0)
    gone.catch(() => {})
  })
}
