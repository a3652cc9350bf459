import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, type TestContext, test } from 'node:test'
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
  assert.deepEqual(readdirSync(join(data, 'register')), ['register.sqlite'])
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
