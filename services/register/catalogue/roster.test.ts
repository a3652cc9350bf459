import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { RegisterRight } from '#core/access/rights.ts'
import { registerRights } from '#core/access/rights.ts'
import { usualRoles } from '#core/access/roles.ts'
import type { Answer } from '#core/api/contract.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import { openActs } from '../memory/acts.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openPeople, roleIn } from './people.ts'
import { openRoleBook } from './role-book.ts'
import { openRoster } from './roster.ts'

const olga = { person: 'Ольга' }
const anew = <T extends object>(by: T) => Object.assign({ request: v7() }, by)

async function shop() {
  const db = openRegisterDb(':memory:')
  const world = { time: Date.UTC(2026, 10, 23) }
  const clock = { now: () => world.time, elapsed: () => world.time }
  const people = openPeople(db, clock)
  await people.add('Анна', 'cashier', '1111')
  await people.add('Ольга', 'administrator', '9999')
  const roster = openRoster(db, clock)
  const roles = openRoleBook(db, clock)
  const acts = openActs(db, clock.now)
  const seen = (name: string) => {
    const row = roster.list().find((each) => each.name === name)
    assert.ok(row, name)
    return row
  }
  const petr = async (rights: readonly RegisterRight[], discountPercent = 0) => {
    done(roles.add({ name: 'Старший', rights, discountPercent }, anew(olga)))
    return done(await roster.add({ name: 'Пётр', role: 'Старший', pin: '7392' }, anew(olga)))
  }
  return { db, world, people, roster, roles, acts, seen, petr }
}

type Told<T> = Answer<T, RefusalName>
function done<T>(answer: Told<T>): T {
  if (answer.kind !== 'done') assert.fail(JSON.stringify(answer))
  return answer.value
}

function refusedAs(answer: Told<unknown>, code: RefusalName) {
  assert.ok(answer.kind === 'refused', JSON.stringify(answer))
  assert.equal(answer.code, code)
  return answer.facts
}
function wants(answer: Told<unknown>, right: RegisterRight, holders: readonly string[]): void {
  const facts = refusedAs(answer, 'right.required')
  assert.equal(facts.right, right)
  assert.deepEqual(facts.holders, holders)
}

test('somebody is added once for a request, and signs in', async () => {
  const { roster, people, acts } = await shop()
  const by = anew(olga)
  const form = { name: 'Пётр', role: 'cashier', pin: '7392' }
  done(await roster.add(form, by))
  done(await roster.add(form, by))
  assert.equal(roster.list().filter(({ name }) => name === 'Пётр').length, 1)
  assert.equal((await people.signIn('Пётр', '7392')).kind, 'in')
  const added = acts.page({ what: 'person-added' }, { before: null, limit: 9 })
  assert.deepEqual(
    added.map(({ person, facts }) => [person, facts.subject]),
    [['Ольга', 'Пётр']],
  )
})

test('two people never look alike in the list', async () => {
  const { roster } = await shop()
  for (const name of ['Анна', 'анна', 'Aннa', 'АННА']) {
    const answer = await roster.add({ name, role: 'cashier', pin: '7392' }, anew(olga))
    refusedAs(answer, 'person.exists')
  }
})

test('nobody takes the PIN of another who works here, and guesses at it are counted', async () => {
  const { roster, people, seen, world } = await shop()
  const taken = await roster.add({ name: 'Пётр', role: 'cashier', pin: '1111' }, anew(olga))
  refusedAs(taken, 'pin.taken')
  const own = { name: 'Анна', token: '' }
  for (let i = 0; i < 5; i += 1)
    refusedAs(await roster.changeOwnPin({ ...own, pin: '9999' }), 'pin.taken')
  refusedAs(await roster.changeOwnPin({ ...own, pin: '9999' }), 'pin.locked')
  world.time += 15 * 60_000
  done(roster.disable(seen('Анна'), olga))
  done(await roster.add({ name: 'Пётр', role: 'cashier', pin: '1111' }, anew(olga)))
  assert.equal((await people.signIn('Анна', '1111')).kind, 'wrong')
  const back = await roster.enable({ ...seen('Анна'), pin: '1111' }, olga)
  refusedAs(back, 'pin.taken')
  done(await roster.enable({ ...seen('Анна'), pin: '4815' }, olga))
  assert.equal((await people.signIn('Анна', '4815')).kind, 'in')
})

test('of two who choose the same PIN at once one gets it', async () => {
  const { roster } = await shop()
  const answers = await Promise.all(
    ['Пётр', 'Иван'].map((name) => roster.add({ name, role: 'cashier', pin: '7392' }, anew(olga))),
  )
  assert.deepEqual(answers.map(({ kind }) => kind).toSorted(), ['done', 'refused'])
})

test('a session ends when its person is disabled, changed or gets another PIN', async () => {
  const { roster, people, seen } = await shop()
  const signIn = async (pin: string) => {
    const entered = await people.signIn('Анна', pin)
    assert.ok(entered.kind === 'in')
    return entered.token
  }
  const first = await signIn('1111')
  done(await roster.change({ ...seen('Анна'), role: 'administrator' }, olga))
  assert.equal(people.bySession(first), null)
  const second = await signIn('1111')
  done(await roster.change({ ...seen('Анна'), pin: '7392' }, olga))
  assert.equal(people.bySession(second), null)
  const third = await signIn('7392')
  done(roster.disable(seen('Анна'), olga))
  assert.equal(people.bySession(third), null)
})

test('whoever changes her own PIN stays signed in where she did it, and nowhere else', async () => {
  const { roster, people } = await shop()
  const here = await people.signIn('Анна', '1111')
  const elsewhere = await people.signIn('Анна', '1111')
  assert.ok(here.kind === 'in' && elsewhere.kind === 'in')
  done(await roster.changeOwnPin({ name: 'Анна', pin: '7392', token: here.token }))
  assert.equal(people.bySession(here.token)?.user, 'Анна')
  assert.equal(people.bySession(elsewhere.token), null)
})

test('two who change the same person do not overwrite each other', async () => {
  const { roster, seen } = await shop()
  const before = seen('Анна')
  done(await roster.change({ ...before, role: 'administrator' }, olga))
  refusedAs(await roster.change({ ...before, role: 'cashier' }, olga), 'person.changed')
  refusedAs(roster.disable(before, olga), 'person.changed')
  // The answer was lost: the same again is no other change.
  done(await roster.change({ ...before, role: 'administrator' }, olga))
  const again = { ...seen('Анна'), pin: '7392' }
  done(await roster.change(again, olga))
  assert.deepEqual(done(await roster.change(again, olga)), seen('Анна'))
})

test('the last who keeps the people can neither be disabled nor lose the right', async () => {
  const { roster, roles, seen } = await shop()
  refusedAs(roster.disable(seen('Ольга'), olga), 'people.last')
  refusedAs(await roster.change({ ...seen('Ольга'), role: 'cashier' }, olga), 'people.last')
  const rights = registerRights.filter((right) => right !== 'people.edit')
  const form = { name: 'administrator', rights, discountPercent: 100, revision: 0 }
  refusedAs(roles.change(form, olga), 'people.last')
  done(await roster.change({ ...seen('Анна'), role: 'administrator' }, olga))
  done(roster.disable(seen('Ольга'), olga))
  refusedAs(roster.disable(seen('Анна'), { person: 'Анна' }), 'people.last')
})

test('nobody gives what she has not: no role, no person, no PIN, no return', async () => {
  const { roster, roles, seen, petr } = await shop()
  await petr(['people.edit', 'sale'])
  const by = { person: 'Пётр' }
  const own = { name: 'Старший', discountPercent: 0, revision: 1 }
  const more = { ...own, rights: ['people.edit', 'sale', 'goods.edit'] as const }
  wants(roles.change(more, by), 'goods.edit', ['Ольга'])
  const role = { name: 'Всё', rights: registerRights, discountPercent: 100 }
  wants(roles.add(role, anew(by)), 'refund', ['Анна', 'Ольга'])
  const second = { name: 'Второй', role: 'administrator', pin: '4815' }
  wants(await roster.add(second, anew(by)), 'refund', ['Анна', 'Ольга'])
  wants(await roster.change({ ...seen('Пётр'), role: 'administrator' }, by), 'refund', [
    'Анна',
    'Ольга',
  ])
  wants(await roster.change({ ...seen('Ольга'), pin: '4815' }, by), 'refund', ['Анна', 'Ольга'])
  wants(roster.disable(seen('Ольга'), by), 'refund', ['Анна', 'Ольга'])
  done(roster.disable(seen('Анна'), olga))
  wants(await roster.enable({ ...seen('Анна'), pin: '4815' }, by), 'refund', ['Ольга'])
})

test('a limit of discounts goes no further than that of whoever sets it', async () => {
  const { roles, petr } = await shop()
  await petr(['people.edit', 'discount'], 10)
  const by = { person: 'Пётр' }
  const form = { name: 'Новая', rights: ['discount'] as const }
  wants(roles.add({ ...form, discountPercent: 11 }, anew(by)), 'discount', ['Анна', 'Ольга'])
  done(roles.add({ ...form, discountPercent: 10 }, anew(by)))
})

test('a right that nobody has can be given again', async () => {
  const { roles } = await shop()
  const without = registerRights.filter((right) => right !== 'backup')
  const form = { name: 'administrator', discountPercent: 100 }
  done(roles.change({ ...form, rights: without, revision: 0 }, olga))
  done(roles.change({ ...form, rights: registerRights, revision: 1 }, olga))
})

test('roles are changed by whoever saw them as they are, and are never mixed up', async () => {
  const { roles, people } = await shop()
  const cashier = { name: 'cashier', rights: ['sale'] as const, discountPercent: 0, revision: 0 }
  done(roles.change(cashier, olga))
  assert.deepEqual(roles.list()[0]?.rights, ['sale'])
  refusedAs(roles.change({ ...cashier, ...usualRoles.cashier }, olga), 'role.changed')
  done(roles.change(cashier, olga))
  for (const name of ['Кассир', 'administrator', 'Адміністратар']) {
    const answer = roles.add({ name, rights: [], discountPercent: 0 }, anew(olga))
    refusedAs(answer, 'role.exists')
  }
  const entered = await people.signIn('Анна', '1111')
  assert.ok(entered.kind === 'in')
  assert.deepEqual(entered.person.rights, ['sale'])
})

test('who is called otherwise signs in so, and what she did stays as it was', async () => {
  const { roster, people, acts, seen } = await shop()
  acts.record({ person: 'Анна', what: 'signed-in', facts: {} })
  const entered = await people.signIn('Анна', '1111')
  assert.ok(entered.kind === 'in')
  const { revision, role } = seen('Анна')
  const change = { name: 'Анна', newName: 'Анна-Мария', revision, role }
  refusedAs(await roster.change({ ...change, newName: 'ольга ' }, olga), 'person.exists')
  assert.equal(done(await roster.change(change, olga)).name, 'Анна-Мария')
  assert.equal(done(await roster.change(change, olga)).name, 'Анна-Мария', 'once, asked again')
  assert.equal(people.bySession(entered.token), null, 'her session has ended')
  assert.equal((await people.signIn('Анна-Мария', '1111')).kind, 'in')
  assert.equal((await people.signIn('Анна', '1111')).kind, 'wrong')
  const [line] = acts.page({ what: 'person-changed' }, { before: null, limit: 5 })
  assert.deepEqual(line?.facts.changes, [{ field: 'name', from: 'Анна', to: 'Анна-Мария' }])
  assert.equal(acts.page({ person: 'Анна' }, { before: null, limit: 5 }).length, 1)
})

test('a role that nobody has is removed, once; the usual ones stay', async () => {
  const { roles, roster, petr, seen, acts } = await shop()
  await petr(['sale'])
  const role = () => roles.list().find((each) => each.name === 'Старший')
  const revision = role()?.revision ?? -1
  refusedAs(roles.remove({ name: 'Старший', revision }, olga), 'role.in-use')
  done(await roster.change({ ...seen('Пётр'), role: 'cashier' }, olga))
  refusedAs(roles.remove({ name: 'Старший', revision: revision + 1 }, olga), 'role.changed')
  refusedAs(roles.remove({ name: 'cashier', revision: 0 }, olga), 'role.usual')
  const byAnna = roles.remove({ name: 'Старший', revision }, { person: 'Анна' })
  wants(byAnna, 'people.edit', ['Ольга'])
  for (let i = 0; i < 2; i += 1) done(roles.remove({ name: 'Старший', revision }, olga))
  assert.equal(role(), undefined)
  assert.equal(acts.page({ what: 'role-removed' }, { before: null, limit: 5 }).length, 1)
})

test('what somebody did stays under her name when she is disabled', async () => {
  const { roster, acts, seen, people } = await shop()
  acts.record({ person: 'Анна', what: 'signed-in', facts: {} })
  done(roster.disable(seen('Анна'), olga))
  assert.deepEqual(acts.people(), ['Анна', 'Ольга'])
  assert.deepEqual(
    people.list().map(({ name }) => name),
    ['Ольга'],
  )
  assert.ok(people.isKnown('Анна'), 'the seed adds nobody twice')
})

test('no PIN stands in the journal, and nothing of it can be changed', async () => {
  const { roster, db, seen } = await shop()
  done(await roster.add({ name: 'Пётр', role: 'cashier', pin: '7392' }, anew(olga)))
  done(await roster.change({ ...seen('Пётр'), pin: '4815' }, olga))
  const written = JSON.stringify(db.prepare('select * from act').all())
  assert.doesNotMatch(written, /7392|4815|argon2/)
  assert.throws(() => db.exec(`update act set person = 'Анна'`), /never changed/)
  assert.throws(() => db.exec('delete from act'), /never removed/)
})

test('R26: a role that could do all gets the right that an update brings, no other does', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'zpos-roles-')), 'register.sqlite')
  const before = openRegisterDb(path)
  const former = registerRights.filter((right) => right !== 'support')
  const fewer = former.filter((right) => right !== 'price.free')
  const put = before.prepare('insert into role(name, rights, discount_percent) values (?, ?, 100)')
  for (const [name, rights] of Object.entries({ administrator: former, Старший: fewer })) {
    put.run(name, JSON.stringify(rights))
  }
  before.exec("delete from migration where name = '0029-whole-roles.sql'")
  before.close()
  const after = openRegisterDb(path)
  assert.deepEqual(roleIn(after, 'administrator')?.rights, registerRights)
  assert.deepEqual(roleIn(after, 'Старший')?.rights, fewer)
})
