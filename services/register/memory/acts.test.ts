import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ShopAct } from '#core/register/act.ts'
import { wordsIn } from '#core/register/act.ts'
import { DAY, HOUR } from '#core/time.ts'
import { tx } from '#services/runtime/sqlite.ts'
import { openActs, type ShopActFilter } from './acts.ts'
import { openRegisterDb } from './store.ts'

function journal() {
  const db = openRegisterDb(':memory:')
  const world = { time: Date.UTC(2026, 10, 23) }
  const acts = openActs(db, () => world.time)
  const found = (filter: ShopActFilter, limit = 50) =>
    acts.page(filter, { before: null, limit }).map(({ seq }) => seq)
  return { db, world, acts, found }
}

const change = (person: string, subject: string, [from, to]: [number, number]): ShopAct => ({
  person,
  what: 'goods-changed',
  facts: { subject, changes: [{ field: 'price', from, to }] },
})

test('an act stands or falls with what it is of', () => {
  const { db, acts, found } = journal()
  acts.record({ person: 'Анна', what: 'signed-in', facts: {} })
  const fails = () =>
    tx(db, () => {
      acts.record({ person: 'Анна', what: 'signed-out', facts: {} })
      throw new Error('no room')
    })
  assert.throws(fails, /no room/)
  acts.record({ person: 'Ольга', what: 'signed-in', facts: {} })
  assert.deepEqual(found({}), [2, 1])
  assert.deepEqual(found({ search: 'анна' }), [1])
})

test('words are found by their beginnings, in any order, case and spelling of \u0451', () => {
  const { acts, found } = journal()
  acts.record(change('Ольга', 'Мёд липовый 0,5 л', [1250, 1300]))
  acts.record(change('Анна', 'Молоко «Ферма» 3.2%', [250, 260]))
  acts.record({ person: null, what: 'sign-in-failed', facts: { subject: 'Анна' } })
  assert.deepEqual(found({ search: 'лип МЕД' }), [1])
  assert.deepEqual(found({ search: 'ферм' }), [2])
  assert.deepEqual(found({ search: 'анна' }), [3, 2])
  assert.deepEqual(found({ search: 'анна', person: 'Анна' }), [2])
  assert.deepEqual(found({ search: 'анна', what: 'sign-in-failed' }), [3])
  assert.deepEqual(found({ search: 'ерма' }), [])
  assert.deepEqual(found({ search: '«»' }), [], 'what has no word is not everything')
  for (const search of ['"', '*', 'a" OR "b', 'NEAR(', "'; drop table act; --", '0what']) {
    assert.deepEqual(found({ search }), [], search)
  }
})

test('a day is a day of Minsk', () => {
  const { acts, found, world } = journal()
  world.time = Date.UTC(2026, 10, 22, 21) - 1
  acts.record({ person: 'Анна', what: 'signed-out', facts: {} })
  world.time += 1
  acts.record({ person: 'Анна', what: 'signed-in', facts: {} })
  const day = Date.UTC(2026, 10, 23) - 3 * HOUR
  assert.deepEqual(found({ from: day, until: day + DAY }), [2])
  assert.deepEqual(found({ until: day }), [1])
  assert.deepEqual(found({ from: day + DAY }), [])
})

test('a clock that is put back does not part a day in two', () => {
  const { acts, world } = journal()
  acts.record({ person: 'Анна', what: 'signed-in', facts: {} })
  world.time -= 2 * DAY
  acts.record({ person: 'Анна', what: 'signed-out', facts: {} })
  const [second, first] = acts.page({}, { before: null, limit: 9 })
  assert.equal(second?.at, first?.at)
})

test('a line that was changed past the register is told, and so is one that was taken out', () => {
  const { db, acts } = journal()
  for (let i = 0; i < 6; i += 1) acts.record(change('Ольга', `Товар ${i}`, [i, i + 1]))
  const broken = () =>
    acts
      .page({}, { before: null, limit: 9 })
      .filter(({ isWhole }) => !isWhole)
      .map(({ seq }) => seq)
  assert.deepEqual(broken(), [])
  db.exec('drop trigger act_stands; drop trigger act_stays')
  db.exec(`update act set person = 'Анна' where seq = 2`)
  assert.deepEqual(broken(), [2])
  db.exec('delete from act where seq = 4')
  assert.deepEqual(broken(), [5, 2])
})

test('pages meet, whatever is asked for', () => {
  const people = ['Анна', 'Ольга']
  const what = ['signed-in', 'goods-changed'] as const
  const names = ['Мёд', 'Хлеб чёрный', 'Хлеб белый']
  const anAct = fc.record({
    person: fc.constantFrom(...people),
    what: fc.constantFrom(...what),
    name: fc.constantFrom(...names),
  })
  const aFilter = fc.record({
    person: fc.constantFrom(undefined, ...people),
    what: fc.constantFrom(undefined, ...what),
    search: fc.constantFrom(undefined, 'хлеб', 'х', 'черн хлеб', 'анна'),
  })
  fc.assert(
    fc.property(
      fc.array(anAct, { maxLength: 40 }),
      aFilter,
      fc.integer({ min: 1, max: 7 }),
      (rows, filter, limit) => {
        const { acts, db } = journal()
        tx(db, () => {
          for (const row of rows) {
            acts.record({ person: row.person, what: row.what, facts: { subject: row.name } })
          }
        })
        const isFound = (row: (typeof rows)[number]) => {
          const own = wordsIn(`${row.person} ${row.name}`)
          const asked = wordsIn(filter.search ?? '')
          const begins = (word: string) =>
            own.some((each) => (word.length > 1 ? each.startsWith(word) : each === word))
          const isOf = filter.person === undefined || filter.person === row.person
          return (
            isOf && (filter.what === undefined || filter.what === row.what) && asked.every(begins)
          )
        }
        const expected = rows
          .flatMap((row, place) => (isFound(row) ? [place + 1] : []))
          .toReversed()
        const got: number[] = []
        for (let before: number | null = null; ; ) {
          const page: { seq: number }[] = acts.page(filter, { before, limit })
          got.push(...page.map(({ seq }) => seq))
          before = page.at(-1)?.seq ?? null
          if (page.length < limit) break
        }
        assert.deepEqual(got, expected)
      },
    ),
    { numRuns: 60 },
  )
})

test('everybody who ever did anything is told, nobody twice', () => {
  const { acts } = journal()
  assert.deepEqual(acts.people(), [])
  for (const person of ['Ольга', 'Анна', 'Ольга', null]) {
    acts.record({ person, what: 'sign-in-failed', facts: {} })
  }
  assert.deepEqual(acts.people(), ['Анна', 'Ольга'])
})
