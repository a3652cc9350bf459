import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDisk } from './disk-model.ts'
import { firstDifference, newFolder, readFolder, removeFolder } from './folder.ts'
import { startLife } from './life.ts'
import { whyNoRecorder } from './recorder.ts'
import { readLog } from './recording-log.ts'

const skip = whyNoRecorder() ?? false

/** Lets a program that changes a disk in every way live to its end, or to its n-th sync. */
async function lived(killAt: number) {
  const [root, notes] = [newFolder(), newFolder()]
  const before = readFolder(root)
  const log = join(notes, 'log')
  const program = { entry: 'powercut/many-calls.ts', env: { ZPOS_DATA: root } }
  const started = await startLife(program, { log, root, killAt })
  if (started.is === 'living') await started.life.end()
  const events = readLog(readFileSync(log))
  const disk = openDisk(before, 'posix')
  for (const event of events) disk.apply(event)
  const difference = firstDifference(root, disk.seen())
  for (const folder of [root, notes]) removeFolder(folder)
  return { started, events, difference }
}

test('what is recorded, replayed, is the disk to the byte', { skip }, async () => {
  const { started, events, difference } = await lived(0)
  assert.equal(started.is, 'living')
  assert.equal(difference, null)
  const kinds = new Set(events.map(({ is }) => is))
  for (const is of [
    'write',
    'truncate',
    'sync',
    'make',
    'rename',
    'remove',
    'link',
    'symlink',
    'sync-all',
    'mapped',
  ])
    assert.ok(kinds.has(is as 'sync'), is)
})

test('a process is killed in place of its n-th sync', { skip }, async () => {
  const whole = (await lived(0)).events.filter(({ is }) => is === 'sync').length
  for (const killAt of [1, 2, whole]) {
    const { started, events, difference } = await lived(killAt)
    assert.equal(started.is, 'ended')
    assert.equal(events.filter(({ is }) => is === 'sync').length, killAt - 1)
    assert.equal(difference, null)
  }
})
