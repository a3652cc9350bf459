import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { silentLog } from '#services/runtime/log.ts'
import { watchDisk } from '#test/disk.ts'
import { proveCopy } from '../links/copying.ts'
import { carryOutReturn, returnFiles } from '../links/returning.ts'
import { openActs } from '../memory/acts.ts'
import { openRegisterDb, openRegisterStore } from '../memory/store.ts'
import { openBackups } from './backups.ts'

const START = Date.UTC(2026, 10, 23, 9)

/** A register's memory on a disk, and its lives over it. */
function aTill(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-return-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const memory = join(folder, 'register.sqlite')
  const world = { time: START, isIdle: true, isShiftOpen: false, restarts: 0 }
  const now = () => {
    world.time += 1
    return world.time
  }
  const live = () => {
    carryOutReturn(memory, silentLog)
    const db = openRegisterDb(memory)
    t.after(() => db.isOpen && db.close())
    const store = openRegisterStore(db, now)
    const acts = openActs(db, now)
    const backups = openBackups({
      db,
      acts,
      outer: () => ({ path: join(folder, 'stick'), isApart: false }),
      isIdle: () => world.isIdle,
      isShiftOpen: () => world.isShiftOpen,
      restart: () => {
        world.restarts += 1
      },
      now,
      log: silentLog,
    })
    const write = (lines: number) => {
      for (let n = 0; n < lines; n += 1) store.set('clearing', n % 2 ? 'on' : 'off', 'Ольга')
    }
    const lines = () => Number(db.prepare('select count(*) n from journal').get()?.n)
    const copy = async () => {
      backups.begin('Ольга')
      await backups.settled()
      const [made] = backups.view().copies.filter(({ place }) => place === 'own')
      return made ?? assert.fail()
    }
    const returned = () => acts.page({ what: 'backup-returned' }, { before: null, limit: 9 })
    return { db, store, backups, write, lines, copy, returned }
  }
  return { folder, memory, world, live }
}

const nothing = { operations: 0, goods: 0 }

/** A till with an older copy, that has written on, and where somebody has said «return». */
async function wished(t: TestContext) {
  const till = aTill(t)
  const life = till.live()
  life.write(20)
  const copy = await life.copy()
  life.write(30)
  assert.equal((await life.backups.returnTo(copy, nothing, 'Ольга')).kind, 'done')
  assert.equal(till.world.restarts, 1)
  return Object.assign(till, { life, copy })
}

test('a copy takes the memory’s place; what was there is a copy to return to', async (t) => {
  const { memory, live, life, copy } = await wished(t)
  life.db.close()
  const next = live()
  assert.equal(next.lines(), 20)
  const { returned, copies } = next.backups.view()
  const { kept, loss, by, name } = returned ?? assert.fail()
  assert.deepEqual([by, name, loss?.beyond], ['Ольга', copy.name, 0])
  assert.ok(loss && loss.acts >= 30 && loss.since < START + 100)
  const [told] = next.returned()
  assert.equal(told?.person, 'Ольга')
  assert.equal(next.backups.read().returned, null)
  assert.deepEqual(
    Object.values(returnFiles(memory)).filter((path) => existsSync(path)),
    [],
  )
  // And back: nothing of what was lost is lost for good.
  const former = copies.find((each) => each.name === kept) ?? assert.fail()
  assert.equal(former.proof, null)
  await next.backups.step()
  await next.backups.step()
  const proved = next.backups.view().copies.find((each) => each.name === kept)
  assert.deepEqual([proved?.proof?.fault, proved?.proof?.isForeign], [null, false])
  next.write(1)
  const check = await next.backups.check(former)
  assert.ok(check.kind === 'done' && check.value.loss?.lastAt)
  assert.equal((await next.backups.returnTo(former, nothing, 'Анна')).kind, 'done')
  next.db.close()
  const last = live()
  assert.equal(last.lines(), 50)
  assert.deepEqual(
    last.returned().map(({ person }) => person),
    ['Анна'],
  )
})

test('wherever a return is cut, the old or the new is left, whole; it is told once', async (t) => {
  const { folder, memory, life } = await wished(t)
  // As SIGKILL leaves it: the last lines are in the log alone.
  const dead = mkdtempSync(join(tmpdir(), 'zpos-return-'))
  t.after(() => rmSync(dead, { recursive: true, force: true }))
  const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile())
  const lay = (to: string) => {
    mkdirSync(to)
    for (const { name } of files) copyFileSync(join(folder, name), join(to, name))
    return join(to, 'register.sqlite')
  }
  const template = join(dead, 'template')
  lay(template)
  life.db.close()
  const seen = new Set<number>()
  let cuts = 0
  for (let at = 1; ; at += 1) {
    const to = join(dead, String(at))
    mkdirSync(to)
    for (const { name } of files) copyFileSync(join(template, name), join(to, name))
    const path = join(to, 'register.sqlite')
    let calls = 0
    await t.test(`cut at ${at}`, (each) => {
      watchDisk(each, () => {
        calls += 1
        if (calls >= at) throw new Error('killed')
      })
      try {
        start(path)
      } catch {}
    })
    if (calls < at) break
    cuts += 1
    // Whoever looks in between finds one of the two, and the next start one end.
    const between = proveCopy(path)
    assert.equal(between.fault, null, `cut at ${at}`)
    seen.add(between.fault === null ? between.end.seq : 0)
    const { lines, acts, told } = start(path)
    const isDone = lines === 20
    assert.ok(isDone || lines === 50, `cut at ${at}: ${lines}`)
    assert.equal(acts, isDone ? 1 : 0, `cut at ${at}`)
    assert.equal(told?.kept !== null, isDone, `cut at ${at}`)
    assert.equal(existsSync(returnFiles(path).wish), false)
    assert.equal(existsSync(returnFiles(path).arrived), false)
    if (isDone) assert.equal(countIn(join(to, 'backups', told?.kept ?? '')), 50)
  }
  assert.ok(cuts >= 10, `${cuts}`)
  assert.deepEqual([...seen].toSorted(), [20, 50])
  assert.ok(existsSync(memory))
})

test('what cannot be put in place is given up, and told: all is as it was', async (t) => {
  const { memory, life, live } = await wished(t)
  life.db.close()
  await t.test('the disk fails once', (each) => {
    watchDisk(each, (call) => {
      if (call === 'linkSync') throw new Error('EIO')
    })
    carryOutReturn(memory, silentLog)
  })
  const next = live()
  assert.equal(next.lines(), 50)
  assert.equal(next.returned().length, 0)
  const { returned } = next.backups.view()
  assert.deepEqual([returned?.by, returned?.kept, returned?.loss], ['Ольга', null, null])
  assert.equal(existsSync(returnFiles(memory).arrived), false)
})

function start(path: string) {
  carryOutReturn(path, silentLog)
  const db = openRegisterDb(path)
  try {
    const now = () => START + 10_000
    const acts = openActs(db, now)
    const idle = { outer: () => null, isIdle: () => true, isShiftOpen: () => false }
    const ports = { db, acts, restart: () => {}, now, log: silentLog }
    const { returned } = openBackups(Object.assign(ports, idle)).view()
    const lines = Number(db.prepare('select count(*) n from journal').get()?.n)
    const told = acts.page({ what: 'backup-returned' }, { before: null, limit: 9 })
    return { lines, acts: told.length, told: returned }
  } finally {
    db.close()
  }
}

function countIn(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true })
  const lines = Number(db.prepare('select count(*) n from journal').get()?.n)
  db.close()
  return lines
}

test('no return in the midst of work, nor to another till’s copy, or a broken one', async (t) => {
  const { folder, world, live } = aTill(t)
  const { backups, write, copy, db } = live()
  write(5)
  const good = await copy()
  const tried = async (named: { place: 'own' | 'outer'; name: string }) => {
    const answer = await backups.returnTo(named, nothing, 'Ольга')
    return answer.kind === 'refused' ? [answer.code, answer.facts.fault ?? ''] : answer.kind
  }
  world.isIdle = false
  assert.deepEqual(await tried(good), ['backup.busy', ''])
  world.isIdle = true
  world.isShiftOpen = true
  assert.deepEqual(await tried(good), ['backup.shift-open', ''])
  world.isShiftOpen = false
  const stick = join(folder, 'stick')
  mkdirSync(stick)
  const other = aTill(t)
  other.world.time += 5
  const theirs = other.live()
  theirs.write(9)
  const foreign = await theirs.copy()
  copyFileSync(join(other.folder, 'backups', foreign.name), join(stick, 'register-7.sqlite'))
  assert.deepEqual(await tried({ place: 'outer', name: 'register-7.sqlite' }), [
    'backup.foreign',
    '',
  ])
  const spoil = (sql: string, name: string) => {
    copyFileSync(join(folder, 'backups', good.name), join(stick, name))
    const spoiled = new DatabaseSync(join(stick, name))
    spoiled.exec(sql)
    spoiled.close()
  }
  spoil('update journal set at = at + 1 where seq = 2', 'register-8.sqlite')
  assert.deepEqual(await tried({ place: 'outer', name: 'register-8.sqlite' }), [
    'backup.broken',
    'journal',
  ])
  spoil(`insert into migration(name) values ('9999-later.sql')`, 'register-9.sqlite')
  assert.deepEqual(await tried({ place: 'outer', name: 'register-9.sqlite' }), [
    'backup.broken',
    'newer',
  ])
  assert.deepEqual(await tried({ place: 'own', name: '../register.sqlite' }), [
    'backup.unknown',
    '',
  ])
  assert.equal(world.restarts, 0)
  assert.equal(existsSync(returnFiles(join(folder, 'register.sqlite')).arrived), false)
  // The list tells it by itself, each by its name.
  for (let n = 0; n < 4; n += 1) await backups.step()
  const told = backups
    .view()
    .copies.filter(({ place }) => place === 'outer')
    .map(({ proof }) => (proof?.isForeign ? 'foreign' : proof?.fault))
  assert.deepEqual(told, ['newer', 'journal', 'foreign'])
  db.close()
})

test('what came while she read refuses the return: she has not been told of it', async (t) => {
  const { live } = aTill(t)
  const { backups, write, copy, db } = live()
  write(3)
  const made = await copy()
  const operation = `insert into journal(seq, at, operation, type, body, hash)
    values (4, 1, 'x', 'begun', '', 'h')`
  db.exec(operation)
  const answer = await backups.returnTo(made, nothing, 'Ольга')
  assert.equal(answer.kind === 'refused' && answer.code, 'backup.outdated')
  assert.equal((await backups.returnTo(made, { operations: 1, goods: 0 }, 'Ольга')).kind, 'done')
})
