import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import { copyOf } from '#shop/disk.ts'
import { watchDisk } from '#test/disk.ts'
import { goods, openTill } from '#test/till.ts'
import { carryOutCopy, endOf, proveCopy } from '../links/copying.ts'
import { openActs } from '../memory/acts.ts'
import { lossBetween } from '../memory/loss.ts'
import { openRegisterDb, openRegisterStore } from '../memory/store.ts'
import { openBackups } from './backups.ts'

const START = Date.UTC(2026, 10, 23, 9)

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-backups-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A register's memory on a disk, somebody who changes settings, and its copies. */
function aMemory(t: TestContext) {
  const folder = aFolder(t)
  const world = { time: START, isIdle: true, isShiftOpen: false, restarts: 0 }
  const now = () => world.time
  const db = openRegisterDb(join(folder, 'register.sqlite'))
  t.after(() => db.close())
  const store = openRegisterStore(db, now)
  const acts = openActs(db, now)
  const stick = { named: null as { path: string; isApart: boolean } | null }
  const ports = {
    outer: () => stick.named,
    isIdle: () => world.isIdle,
    isShiftOpen: () => world.isShiftOpen,
    restart: () => {
      world.restarts += 1
    },
    now,
    log: silentLog,
  }
  const backups = openBackups(Object.assign({ db, acts }, ports))
  const write = (lines: number) => {
    for (let n = 0; n < lines; n += 1) store.set('clearing', n % 2 ? 'on' : 'off', 'Ольга')
  }
  write(20)
  const make = async () => {
    backups.begin('Ольга')
    await backups.settled()
    return backups.view()
  }
  const acted = () =>
    acts
      .page({}, { before: null, limit: 100 })
      .filter(({ what }) => what.startsWith('backup'))
      .map(({ what, person }) => `${what} ${person}`)
  return { folder, own: join(folder, 'backups'), db, world, stick, backups, write, make, acted }
}

test('a copy is made while the memory goes on, is proved, and is an act', async (t) => {
  const { own, db, backups, write, acted } = aMemory(t)
  assert.equal(backups.begin('Ольга').running, true)
  write(200)
  await backups.settled()
  const { running, copies, faults } = backups.view()
  assert.deepEqual([running, faults], [false, { own: null, outer: null }])
  const [copy] = copies
  assert.ok(copy && copy.bytes > 0)
  const proof = copy.name.replace('.sqlite', '.json')
  assert.deepEqual(readdirSync(own), [proof, copy.name], 'one file, its proof, and no other')
  assert.deepEqual([copy.proof?.fault, copy.proof?.isForeign], [null, false])
  const proved = proveCopy(join(own, copy.name))
  assert.ok(proved.fault === null && proved.end.seq >= 20 && proved.end.seq <= endOf(db).seq)
  const checked = await backups.check(copy)
  assert.ok(checked.kind === 'done' && checked.value.fault === null)
  assert.deepEqual(acted(), ['backup-made Ольга'])
})

test('a copy that was touched is told by what does not hold', async (t) => {
  const { own, make } = aMemory(t)
  const [copy] = (await make()).copies
  const path = join(own, copy?.name ?? '')
  const spoil = (sql: string) => {
    const db = new DatabaseSync(path)
    db.exec(sql)
    db.close()
    const { fault } = proveCopy(path)
    rmSync(path)
    return fault
  }
  assert.equal(spoil(`update journal set at = at + 1 where seq = 7`), 'journal')
  await make()
  assert.equal(spoil(`drop trigger act_stands; update act set person = 'X' where seq = 3`), 'acts')
  await make()
  truncateSync(path, 40_000)
  assert.equal(proveCopy(path).fault, 'damaged')
})

test('wherever a copy is cut short, there is none or a whole one; the next is made', async (t) => {
  const { folder, db } = aMemory(t)
  const source = join(folder, 'register.sqlite')
  let cuts = 0
  for (let at = 1; ; at += 1) {
    const to = join(folder, `to-${at}`)
    mkdirSync(to)
    const path = join(to, 'register-1.sqlite')
    let calls = 0
    await t.test(`cut at ${at}`, async (each) => {
      // From this call on nothing reaches the disk any more.
      watchDisk(each, () => {
        calls += 1
        if (calls >= at) throw new Error('killed')
      })
      await carryOutCopy({ do: 'copy', at: START, source, path }).catch(() => {})
    })
    if (existsSync(path)) assert.equal(proveCopy(path).fault, null, `${at}`)
    const again = await carryOutCopy({ do: 'copy', at: START, source, path })
    assert.equal(again.fault === null && again.end.seq, endOf(db).seq)
    assert.deepEqual(readdirSync(to), ['register-1.json', 'register-1.sqlite'])
    if (calls < at) break
    cuts += 1
  }
  assert.ok(cuts >= 6, `${cuts}`)
})

test('a stick that is not there fails its copy alone; nothing stands in its place', async (t) => {
  const { stick, make, acted } = aMemory(t)
  const path = join(aFolder(t), 'stick')
  stick.named = { path, isApart: false }
  const without = await make()
  assert.deepEqual(without.faults, { own: null, outer: 'missing' })
  assert.equal(existsSync(path), false)
  mkdirSync(path)
  // Once another disk, its mount point is now a folder of the system's.
  stick.named = { path, isApart: true }
  assert.deepEqual((await make()).faults, { own: null, outer: 'missing' })
  assert.deepEqual(readdirSync(path), [])
  stick.named = { path, isApart: false }
  const { faults, copies } = await make()
  assert.deepEqual(faults, { own: null, outer: null })
  assert.deepEqual(copies.map(({ place }) => place).toSorted(), ['outer', 'own'])
  assert.deepEqual(
    acted(),
    ['backup-made', 'backup-failed', 'backup-failed'].map((x) => `${x} Ольга`),
  )
})

test('the own folder is no second one, whatever name, link or mount leads to it', async (t) => {
  const { folder, own, stick, backups, make } = aMemory(t)
  await make()
  const elsewhere = aFolder(t)
  const inside = join(own, 'deep', 'deeper')
  mkdirSync(inside, { recursive: true })
  const [link, through] = [join(elsewhere, 'link'), join(elsewhere, 'through')]
  symlinkSync(own, link)
  symlinkSync(folder, through)
  const names = [
    folder,
    own,
    `${own}/`,
    `${own}/../backups`,
    inside,
    link,
    join(through, 'backups'),
  ]
  for (const name of names) assert.ok(backups.isOwn(name), name)
  for (const name of [elsewhere, dirname(folder), '/', `${folder}-2`]) {
    assert.equal(backups.isOwn(name), false, name)
  }
  const mounted = join(elsewhere, 'mounted')
  mkdirSync(mounted)
  for (const what of [own, inside]) {
    try {
      execFileSync('mount', ['--bind', what, mounted], { stdio: 'ignore' })
    } catch {
      t.diagnostic('mounts need root')
      break
    }
    const isOwn = backups.isOwn(mounted)
    execFileSync('umount', [mounted])
    assert.ok(isOwn, `${what} by a mount`)
  }
  stick.named = { path: link, isApart: false }
  assert.deepEqual((await make()).faults, { own: null, outer: 'missing' })
})

test('a full stick is told, and keeps no half of a copy', async (t) => {
  const { stick, make } = aMemory(t)
  const path = join(aFolder(t), 'stick')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'stick', path], { stdio: 'ignore' })
  } catch {
    t.skip('needs root')
    return
  }
  try {
    stick.named = { path, isApart: true }
    assert.deepEqual((await make()).faults, { own: null, outer: 'full' })
    assert.deepEqual(readdirSync(path), [])
  } finally {
    execFileSync('umount', [path])
  }
})

test('the day’s copy waits for a quiet moment, but no longer than a day', async (t) => {
  const { world, backups, write } = aMemory(t)
  const count = async () => {
    await backups.step()
    return backups.view().copies.length
  }
  world.time += 19 * HOUR
  assert.equal(await count(), 0)
  world.time += 2 * HOUR
  write(1)
  assert.equal(await count(), 0, 'somebody is at work')
  world.time += 11 * MINUTE
  world.isIdle = false
  assert.equal(await count(), 0, 'something is under way')
  world.isIdle = true
  assert.equal(await count(), 1)
  world.isIdle = false
  world.time += 23 * HOUR
  assert.equal(await count(), 1)
  world.time += 2 * HOUR
  assert.equal(await count(), 2, 'a day is over')
})

test('a clock that was ahead and is put back keeps no day without its copy', async (t) => {
  const { own, world, backups, make } = aMemory(t)
  mkdirSync(own)
  const dated = () =>
    readdirSync(own)
      .filter((name) => name.endsWith('.sqlite'))
      .map((name) => (Number(/\d+/.exec(name)?.[0]) - START) / DAY)
      .toSorted((a, b) => a - b)
  world.time = START + 30 * DAY
  await make()
  world.time = START - DAY
  await backups.step()
  assert.deepEqual(dated(), [-1, 30], 'what was begun ahead is no reason to wait')
  await backups.step()
  assert.deepEqual(dated(), [-1, 30], 'one is enough for a day')
  world.time = START + DAY / 4
  await backups.step()
  assert.deepEqual(dated(), [-1, 0.25, 30])
})

test('copies of two weeks are kept, the last three whatever their age', async (t) => {
  const { own, world, make } = aMemory(t)
  mkdirSync(own)
  const ages = () =>
    readdirSync(own)
      .filter((name) => name.endsWith('.sqlite'))
      .map((name) => Number(/\d+/.exec(name)?.[0]))
  for (let day = 1; day < 18; day += 1) {
    writeFileSync(join(own, `register-${START - day * DAY}.sqlite`), '')
  }
  await make()
  assert.equal(ages().length, 15)
  assert.ok(Math.min(...ages()) >= START - 14 * DAY)
  world.time += 100 * DAY
  await make()
  assert.equal(ages().length, 3)
})

test('what a return would lose is counted, and another memory’s copy is none', async () => {
  const till = await openTill()
  await till.begin('shift-opening')
  const early = copyOf(till.disk)
  const { lastAt: none, since, ...nothing } = lossBetween(till.disk, early) ?? assert.fail()
  assert.deepEqual([none, since], [null, endOf(till.disk).at])
  assert.deepEqual([...new Set(Object.values(nothing))], [0])
  await till.begin('sale', goods(100))
  await till.begin('deposit', { sum: 700 })
  const loss = lossBetween(till.disk, early) ?? assert.fail()
  assert.deepEqual([loss.operations, loss.receipts, loss.documents, loss.goods], [2, 1, 2, 0])
  assert.ok(loss.lastAt)
  // Seen from the older one the newer has what it lacks, and loses it nothing.
  const back = lossBetween(early, till.disk) ?? assert.fail()
  assert.deepEqual([back.operations, back.beyond, back.lastAt], [0, 2, null])
  const other = await openTill()
  await other.begin('shift-opening')
  assert.equal(lossBetween(till.disk, other.disk), null)
})
