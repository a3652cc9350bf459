import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openDice } from '#sim/dice.ts'
import { type Event, type Found, namings, type Order, openDisk, ways } from './disk-model.ts'

const ROOT = 1
const FOLDER = 2
const before = [
  { path: '', inode: ROOT, bytes: null },
  { path: 'folder', inode: FOLDER, bytes: null },
]
const names = ['a', 'b', 'c'] as const
const orders: Order[] = ['posix', 'ext4']

/** A deed on a file by its name; which inode that is depends on what went before. */
const deed = fc.record({
  does: fc.constantFrom(
    'write',
    'truncate',
    'make',
    'remove',
    'sync',
    'shift',
    'rename',
    'folders',
  ),
  name: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
  at: fc.nat(9000),
  length: fc.integer({ min: 1, max: 9000 }),
})
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

/** The events of deeds: what cannot be done, for want of the file, is left out. */
function eventsOf(deeds: readonly Deed[]): Event[] {
  const there = new Map<string, number>()
  let inodes = 10
  let filling = 0
  return deeds.flatMap((deed): Event[] => {
    const { name } = deed
    if (deed.does === 'folders') return [{ is: 'sync', inode: name === 'a' ? ROOT : FOLDER }]
    const inode = there.get(name)
    if (deed.does === 'make') {
      if (inode !== undefined) return []
      // Inodes are used again.
      inodes = 10 + ((inodes + 1) % 4)
      while ([...there.values()].includes(inodes)) inodes = 10 + ((inodes + 1) % 4)
      there.set(name, inodes)
      return [{ is: 'make', folder: ROOT, name, inode: inodes, isFolder: false }]
    }
    if (inode === undefined) return []
    switch (deed.does) {
      case 'write': {
        filling = (filling % 255) + 1
        return [
          { is: 'write', inode, at: deed.at, bytes: new Uint8Array(deed.length).fill(filling) },
        ]
      }
      case 'truncate':
        return [{ is: 'truncate', inode, length: deed.at }]
      case 'sync':
        return [{ is: 'sync', inode }]
      case 'remove':
        there.delete(name)
        return [{ is: 'remove', folder: ROOT, name }]
      case 'shift':
        there.delete(name)
        return [{ is: 'rename', from: ROOT, name, to: FOLDER, newName: name }]
      default:
        if (deed.to === name) return []
        there.delete(name)
        there.set(deed.to, inode)
        return [{ is: 'rename', from: ROOT, name, to: ROOT, newName: deed.to }]
    }
  })
}

const cuts = fc.record({
  bytes: fc.constantFrom(...ways),
  names: fc.constantFrom(...namings),
  seed: fc.nat(),
})
const histories = fc.array(deed, { maxLength: 40 }).map(eventsOf)

function replayed(events: readonly Event[], order: Order) {
  const disk = openDisk(before, order)
  for (const event of events) disk.apply(event)
  return disk
}

const plain = (found: ReadonlyMap<string, Found>) =>
  new Map(
    [...found].map(([path, { bytes }]) => [path, bytes && Buffer.from(bytes).toString('hex')]),
  )

test('with every byte and every name a cut leaves what the process sees', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...orders), (events, order) => {
      const disk = replayed(events, order)
      const all = disk.cut({ bytes: 'all', names: 'all' }, () => 0)
      assert.deepEqual(plain(all), plain(disk.seen()))
    }),
  )
})

test('once everything is synced no cut changes anything', () => {
  fc.assert(
    fc.property(histories, cuts, fc.constantFrom(...orders), (events, cut, order) => {
      const disk = replayed(events, order)
      const files = new Set(events.flatMap((event) => (event.is === 'make' ? [event.inode] : [])))
      for (const inode of [...files, ROOT, FOLDER]) disk.apply({ is: 'sync', inode })
      assert.deepEqual(plain(disk.cut(cut, openDice(cut.seed).number)), plain(disk.seen()))
      const other = replayed(events, order)
      other.apply({ is: 'sync-all' })
      assert.deepEqual(plain(other.cut(cut, openDice(cut.seed).number)), plain(other.seen()))
    }),
  )
})

test('until its folder is synced, a symbolic link that was replaced leads to either', () => {
  const link = (name: string, inode: number, target: string): Event[] => [
    { is: 'symlink', folder: ROOT, name: 'new', inode, target },
    { is: 'rename', from: ROOT, name: 'new', to: ROOT, newName: name },
  ]
  for (const order of orders) {
    const disk = replayed([...link('current', 10, 'old'), { is: 'sync', inode: ROOT }], order)
    for (const event of link('current', 11, 'young')) disk.apply(event)
    const leads = (names: (typeof namings)[number]) =>
      disk.cut({ bytes: 'none', names }, () => 0).get('current')?.target
    assert.equal(leads('none'), 'old')
    assert.equal(leads('all'), 'young')
    disk.apply({ is: 'sync', inode: ROOT })
    assert.equal(leads('none'), 'young')
  }
})

test('a sector holds what was there at some time, or nothing', () => {
  fc.assert(
    fc.property(histories, cuts, fc.constantFrom(...orders), (events, cut, order) => {
      const written = new Set([0])
      for (const event of events) if (event.is === 'write') written.add(event.bytes[0] ?? 0)
      const found = replayed(events, order).cut(cut, openDice(cut.seed).number)
      for (const { bytes } of found.values()) {
        for (const byte of bytes ?? []) assert.ok(written.has(byte))
      }
    }),
  )
})

test('names in one folder are those of some moment after its last sync', () => {
  fc.assert(
    fc.property(histories, cuts, fc.constantFrom(...orders), (events, cut, order) => {
      const synced = events.findLastIndex((event) => event.is === 'sync' && event.inode === ROOT)
      const moments = new Set<string>()
      const disk = openDisk(before, order)
      const namesIn = (found: ReadonlyMap<string, Found>) =>
        [...found.keys()]
          .filter((path) => !path.includes('/'))
          .sort()
          .join()
      for (const [index, event] of events.entries()) {
        if (index > synced) moments.add(namesIn(disk.seen()))
        disk.apply(event)
      }
      moments.add(namesIn(disk.seen()))
      assert.ok(moments.has(namesIn(disk.cut(cut, openDice(cut.seed).number))))
    }),
  )
})

test('ext4 takes along with a sync every name before it, posix none', () => {
  const events: Event[] = [
    { is: 'make', folder: ROOT, name: 'first', inode: 10, isFolder: false },
    { is: 'make', folder: ROOT, name: 'second', inode: 11, isFolder: false },
    { is: 'make', folder: ROOT, name: 'third', inode: 12, isFolder: false },
    { is: 'sync', inode: 11 },
  ]
  const left = (order: Order) => {
    const found = replayed(events, order).cut({ bytes: 'none', names: 'none' }, () => 0)
    return [...found.keys()].sort()
  }
  assert.deepEqual(left('ext4'), ['', 'first', 'folder', 'second'])
  assert.deepEqual(left('posix'), ['', 'folder'])
})

test('a file on its way to another folder may be in both, or in neither', () => {
  const events: Event[] = [
    { is: 'make', folder: ROOT, name: 'a', inode: 10, isFolder: false },
    { is: 'sync', inode: ROOT },
    { is: 'rename', from: ROOT, name: 'a', to: FOLDER, newName: 'a' },
  ]
  const left = (synced: number) => {
    const disk = replayed([...events, { is: 'sync', inode: synced }], 'posix')
    const found = disk.cut({ bytes: 'none', names: 'none' }, () => 0)
    return [...found.keys()].filter((path) => path.endsWith('a')).sort()
  }
  assert.deepEqual(left(FOLDER), ['a', 'folder/a'])
  assert.deepEqual(left(ROOT), [])
})
