import assert from 'node:assert/strict'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, type TestContext, test } from 'node:test'
import { sha256 } from '#services/runtime/secret.ts'
import { watchDisk } from '#test/disk.ts'
import { NOW } from '#test/fixtures.ts'
import { openRegisterBackups } from './register-backups.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-backups-'))
after(() => rmSync(root, { recursive: true, force: true }))
let folders = 0

/** A database as the register keeps it, written to all the while. */
function aRegister(t: TestContext) {
  const data = join(root, String(++folders))
  mkdirSync(join(data, 'register'), { recursive: true })
  const path = join(data, 'register', 'register.sqlite')
  const db = new DatabaseSync(path)
  t.after(() => db.isOpen && db.close())
  db.exec('pragma journal_mode = wal; create table receipt(number integer primary key) strict')
  const write = () => db.exec('insert into receipt default values')
  return { data, path, db, write, backups: openRegisterBackups(data, () => NOW) }
}

/** How many receipts the database at a path holds, opened as by a register that starts. */
function counted(path: string): unknown {
  const db = new DatabaseSync(path)
  const [whole] = db.prepare('pragma integrity_check').all()
  assert.deepEqual({ ...whole }, { integrity_check: 'ok' })
  const row = db.prepare('select count(*) as receipts from receipt').get()
  db.close()
  return row?.receipts
}

test('a copy holds what was committed, the log included, and not what is under way', async (t) => {
  const { path, db, write, backups } = aRegister(t)
  write()
  write()
  assert.ok(existsSync(`${path}-wal`))
  db.exec('begin immediate')
  write()
  assert.deepEqual(await backups.take(), { id: '1', at: NOW })
  db.exec('commit')
  assert.deepEqual(await backups.take(), { id: '2', at: NOW })
  assert.deepEqual(backups.list(), [
    { id: '1', at: NOW },
    { id: '2', at: NOW },
  ])
  db.close()
  for (const [id, receipts] of [
    ['1', 2],
    ['2', 3],
    ['1', 2],
  ] as const) {
    backups.putBack({ id, at: NOW })
    assert.equal(counted(path), receipts)
  }
})

test('a register killed with its log full starts from the copy alone', async (t) => {
  const { data, path, write, backups } = aRegister(t)
  write()
  const copy = await backups.take()
  for (let receipt = 0; receipt < 100; receipt++) write()
  // The database is not closed: this is what SIGKILL leaves.
  backups.putBack(copy)
  assert.deepEqual(readdirSync(join(data, 'register')), ['lock', 'register.sqlite'])
  assert.equal(counted(path), 1)
})

test('the newest twenty stay, in order, and a draft cut short is none of them', async (t) => {
  const { data, write, backups } = aRegister(t)
  writeFileSync(join(data, 'stand', 'register-backups', 'draft'), 'half')
  for (let copy = 0; copy < 22; copy++) {
    write()
    await backups.take()
  }
  const ids = Array.from({ length: 20 }, (_, place) => String(place + 3))
  assert.deepEqual(
    openRegisterBackups(data, () => NOW)
      .list()
      .map(({ id }) => id),
    ids,
  )
})

test('a copy put back is the whole old or the whole new at every cut', async (t) => {
  const { data, path, db, write, backups } = aRegister(t)
  write()
  const copy = await backups.take()
  db.exec('pragma wal_checkpoint(truncate)')
  for (let receipt = 0; receipt < 100; receipt++) write()
  // The folder as SIGKILL leaves it: the hundred receipts are in the log alone.
  const dead = join(root, String(++folders))
  mkdirSync(join(dead, 'register'), { recursive: true })
  for (const name of readdirSync(join(data, 'register'))) {
    copyFileSync(join(data, 'register', name), join(dead, 'register', name))
  }
  mkdirSync(join(dead, 'stand'))
  const from = join(data, 'stand', 'register-backups')
  cpSync(from, join(dead, 'stand', 'register-backups'), { recursive: true })
  const cuts = openCuts(join(dead, 'register'))
  const again = openRegisterBackups(dead, () => NOW)
  watchDisk(t, cuts.look)
  again.putBack(copy)
  cuts.look('end', path)
  assert.ok(cuts.left().length > 8, 'too few cuts seen')
  const found = cuts.left().map(({ after, files }) => {
    const folder = join(root, String(++folders))
    mkdirSync(folder)
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    return { after, receipts: counted(join(folder, 'register.sqlite')) }
  })
  const halves = found.filter(({ receipts }) => receipts !== 101 && receipts !== 1)
  assert.deepEqual(halves, [])
  assert.equal(found[0]?.receipts, 101)
  assert.equal(found.at(-1)?.receipts, 1)
})

type Kept = { inode: number; bytes: Buffer }
type Left = { after: string; files: Map<string, Buffer> }

/**
 * What may lie in a folder when its writer is killed, or the power goes, ahead of each call that
 * changes a disk. A kill leaves what is there; after a power cut every name may be the one that
 * was synced or the newest one, and a file that nobody synced has half of its bytes.
 */
function openCuts(folder: string) {
  const left = new Map<string, Left>()
  const synced = new Set<number>()
  const read = () =>
    new Map(
      readdirSync(folder)
        .filter((name) => !name.startsWith('lock') && !name.endsWith('-shm'))
        .map((name): [string, Kept] => {
          const at = join(folder, name)
          return [name, { inode: statSync(at).ino, bytes: readFileSync(at) }]
        }),
    )
  let durable = read()
  for (const { inode } of durable.values()) synced.add(inode)
  const afterPowerCut = ({ inode, bytes }: Kept): Buffer =>
    synced.has(inode) ? bytes : bytes.subarray(0, bytes.length / 2)
  const keep = (after: string, files: Map<string, Buffer>) => {
    const key = [...files].map(([name, bytes]) => `${name}:${sha256(bytes.toString('hex'))}`)
    left.set(key.sort().join(), left.get(key.join()) ?? { after, files })
  }
  return {
    left: () => [...left.values()],
    look: (call: string, path: string): void => {
      const now = read()
      keep(call, new Map([...now].map(([name, { bytes }]) => [name, bytes])))
      // SQLite has synced its own database: of one and the same file only the newest is left.
      for (const [name, { inode }] of durable) {
        const newer = now.get(name)
        if (newer?.inode === inode && !name.endsWith('-wal')) durable.set(name, newer)
      }
      const names = [...new Set([...durable.keys(), ...now.keys()])]
      for (let choice = 0; choice < 2 ** names.length; choice++) {
        const files = names.flatMap((name, bit): [string, Buffer][] => {
          const kept = (choice & (1 << bit) ? now : durable).get(name)
          return kept ? [[name, afterPowerCut(kept)]] : []
        })
        keep(`${call}, power cut`, new Map(files))
      }
      if (call !== 'fsyncSync') return
      if (path === folder) durable = now
      else if (dirname(path) === folder) synced.add(statSync(path).ino)
    },
  }
}
