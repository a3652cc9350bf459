import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { Answer } from '#core/api/contract.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import { openActs } from '../memory/acts.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openFirstAdministrator } from './first-administrator.ts'
import { openPeople } from './people.ts'

type Told<T> = Answer<T, RefusalName>
function done<T>(answer: Told<T>): T {
  if (answer.kind !== 'done') assert.fail(JSON.stringify(answer))
  return answer.value
}

function refusedAs(answer: Told<unknown>, code: RefusalName): void {
  assert.equal(answer.kind === 'refused' && answer.code, code)
}

/** A till that was just connected: nobody has ever worked there. */
function nobodysShop() {
  const db = openRegisterDb(':memory:')
  const clock = { now: () => Date.UTC(2026, 10, 23), elapsed: () => 0 }
  return {
    people: openPeople(db, clock),
    first: openFirstAdministrator(db, clock),
    acts: openActs(db, clock.now),
  }
}

test('of two who would be the first administrator at once one is, and nobody after', async () => {
  const { first, people, acts } = nobodysShop()
  assert.equal(first.beganHere(), false)
  const [one, other] = [v7(), v7()]
  const [made, second] = await Promise.all([
    first.add({ name: 'Ольга', pin: '7392', request: one }),
    first.add({ name: 'Чужой', pin: '4815', request: other }),
  ])
  assert.equal(done(made).name, 'Ольга')
  refusedAs(second, 'administrator.known')
  refusedAs(await first.add({ name: 'Чужой', pin: '4815', request: other }), 'administrator.known')
  const again = await first.add({ name: 'Ольга', pin: '7392', request: one })
  assert.equal(done(again).name, 'Ольга', 'the answer was lost')
  assert.deepEqual(
    people.list().map(({ name, role }) => [name, role]),
    [['Ольга', 'administrator']],
  )
  assert.equal((await people.signIn('Ольга', '7392')).kind, 'in')
  assert.equal(first.beganHere(), true)
  const named = acts.page({ what: 'first-administrator' }, { before: null, limit: 9 })
  assert.deepEqual(
    named.map(({ person, facts }) => [person, facts.subject]),
    [[null, 'Ольга']],
  )
})

test('a till that knew somebody, if only once, takes no first administrator', async () => {
  const { first, people } = nobodysShop()
  await people.add('Анна', 'cashier', '1111')
  refusedAs(await first.add({ name: 'Ольга', pin: '7392', request: v7() }), 'administrator.known')
  assert.equal(first.beganHere(), false)
})
