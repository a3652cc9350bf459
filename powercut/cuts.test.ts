import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDice } from '#sim/dice.ts'
import { disksOf } from './cuts.ts'
import type { Event } from './disk-model.ts'
import type { Recorded } from './recording.ts'

const FILE = 2
const WRITES = 400
const DISKS = 40

/** A file that grows by a page at a time, each second one synced: every cut leaves another disk. */
function recorded(): Recorded {
  const written = (page: number): Event[] => [
    { is: 'write', inode: FILE, at: page * 4096, bytes: Buffer.alloc(4096, page + 1) },
    ...(page % 2 === 1 ? [{ is: 'sync', inode: FILE } as const] : []),
  ]
  const events = Array.from({ length: WRITES }, (_, page) => written(page)).flat()
  const before = [
    { path: '', inode: 1, bytes: null },
    { path: 'file', inode: FILE, bytes: new Uint8Array() },
  ]
  return { before, events, known: [], past: 0 }
}

test('few disks of many that differ are cut all over a recording, in both orders', () => {
  const recording = recorded()
  const disks = [...disksOf(recording, { disks: DISKS, dice: openDice(1) })]
  assert.equal(disks.length, DISKS)
  for (const order of ['posix', 'ext4']) {
    const cuts = disks.filter((disk) => disk.order === order).map(({ at }) => at)
    assert.ok(cuts.length >= DISKS / 4, `${order}: ${cuts.length} disks`)
    const { length } = recording.events
    assert.ok(Math.min(...cuts) < length / 3, `${order}: none before ${Math.min(...cuts)}`)
    assert.ok(Math.max(...cuts) > (length * 2) / 3, `${order}: none after ${Math.max(...cuts)}`)
  }
})

test('where few disks differ others are drawn for those that are as one before', () => {
  const recording = recorded()
  const events = recording.events.slice(0, 5)
  const disks = [...disksOf({ ...recording, events }, { disks: DISKS, dice: openDice(1) })]
  assert.ok(disks.length > 5, `${disks.length} disks`)
  const seen = disks.map(({ found }) => Buffer.from(found.get('file')?.bytes ?? []).toString('hex'))
  assert.equal(new Set(seen).size, seen.length)
})
