import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { MachinePlace } from '#core/api/register-equipment.ts'
import type { MachineFault } from '#core/register/machine.ts'
import { openMachineLine } from './machine-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-machine-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** What becomes of a line on which nothing is said. */
const becomes = (place: MachinePlace, deadlineMs = 60_000): Promise<MachineFault> =>
  new Promise((resolve) => {
    const close = openMachineLine(place, AbortSignal.timeout(deadlineMs), {
      opened: () => {},
      heard: () => assert.fail('nobody speaks'),
      broken: (fault) => void close().then(() => resolve(fault)),
    })
  })

const at = (path: string): MachinePlace => ({ kind: 'device', path })

test('a plain file, a folder and a link are no device, and are not written to', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, 'as it was')
  const link = join(folder, 'link')
  symlinkSync('/dev/null', link)
  assert.equal(await becomes(at(file)), 'not-a-device')
  assert.equal(await becomes(at(link)), 'not-a-device')
  assert.equal(await becomes(at(folder)), 'not-a-device')
  assert.equal(await becomes(at(join(folder, 'none'))), 'no-device')
})

test('a device that says nothing has not answered', async () => {
  assert.equal(await becomes(at('/dev/null'), 50), 'no-answer')
})

test('a character device is written to and read from', async () => {
  // A terminal of its own: what the till writes comes out of it, and the other way round.
  const other = spawn('script', ['-qec', 'stty raw -echo; tty; exec sleep 60', '/dev/null'])
  after(() => other.kill())
  let out = ''
  const told = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const [, found] = pattern.exec(out) ?? []
      if (found !== undefined) return found
      out += String((await once(other.stdout, 'data'))[0])
    }
  }
  const path = await told(/(\/dev\/pts\/\d+)\s/)
  const heard = new Promise<string>((resolve, reject) => {
    const close = openMachineLine(at(path), AbortSignal.timeout(60_000), {
      opened: (write) => write(Buffer.from('<asked>')),
      heard: (part) => void close().then(() => resolve(String(part))),
      broken: reject,
    })
  })
  await told(/<(asked)>/)
  other.stdin.write('answer')
  assert.equal(await heard, 'answer')
})
