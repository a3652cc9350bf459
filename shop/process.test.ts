import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { afterKill, copyOf, diskOf } from './disk.ts'
import { freshRegisterDb } from './fresh.ts'
import { DiskFull, harmless, Killed, type Life, openProcess } from './process.ts'

const insert = `insert into person(name, role, pin) values (?, 'cashier', '')`
const names = (db: Sqlite) => db.prepare('select name from person').all().flatMap(Object.values)

/** A process that can write a person's name, in a transaction. */
const aWriter = (hazards = {}) =>
  openProcess<string, Sqlite, { write: (name: string) => void; life: Life }>(
    'writer',
    { ...harmless, ...hazards },
    {
      disk: freshRegisterDb(),
      rollBack: afterKill,
      start: (life, disk) => {
        const db = diskOf(disk, life)
        return { life, write: (name) => tx(db, () => void db.prepare(insert).run(name)) }
      },
    },
  )

test('what was committed outlives a kill, what was not never was', async () => {
  let deadly = ''
  const writer = aWriter({ kills: (_: string, where: string) => where === deadly })
  await writer.start()
  writer.app?.write('Анна')
  for (const [where, left] of [
    ['before commit', ['Анна']],
    ['after commit', ['Анна', 'Ольга']],
  ] as const) {
    deadly = where
    assert.throws(() => writer.app?.write('Ольга'), Killed)
    assert.deepEqual([writer.app, writer.life.alive], [null, false], 'nobody listens any more')
    assert.deepEqual(names(writer.disk), left)
    deadly = ''
    await writer.start()
  }
})

test('one life never does anything after it, another takes its place', async () => {
  const writer = aWriter()
  await writer.start()
  const first = writer.app
  await writer.start()
  assert.throws(() => first?.write('Анна'), Killed)
  assert.throws(() => first?.life.boundary('anywhere'), Killed)
  writer.app?.write('Ольга')
  assert.deepEqual(names(writer.disk), ['Ольга'])
})

test('a full disk fails the commit, and the process lives on', async () => {
  let full = true
  const writer = aWriter({ full: () => full })
  await writer.start()
  assert.throws(() => writer.app?.write('Анна'), DiskFull)
  full = false
  writer.app?.write('Ольга')
  assert.deepEqual(names(writer.disk), ['Ольга'])
})

test('a process killed at its start is dead; one that fails at it says why', async () => {
  const start = (befalls: (life: Life) => void) =>
    openProcess('any', { ...harmless, kills: () => true }, { disk: null, start: befalls })
  const killed = start((life) => life.boundary('at the start'))
  await killed.start()
  assert.deepEqual([killed.app, killed.life.alive], [null, false])
  const wrong = start(() => {
    throw new Error('no such table')
  })
  await assert.rejects(wrong.start(), /no such table/)
  assert.ok(!wrong.life.alive)
})

test('a copy of a database holds what is committed, and stays as it was', async () => {
  const writer = aWriter()
  await writer.start()
  writer.app?.write('Анна')
  const copy = copyOf(writer.disk)
  writer.app?.write('Ольга')
  assert.deepEqual(names(copy), ['Анна'])
  writer.kill()
  writer.disk = copy
  await writer.start()
  writer.app?.write('Борис')
  assert.deepEqual(names(writer.disk), ['Анна', 'Борис'])
})
