import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualRoles } from '#core/access/roles.ts'
import { HOUR } from '#core/time.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openPeople } from './people.ts'

async function people() {
  const world = { time: Date.UTC(2026, 10, 23) }
  const opened = openPeople(openRegisterDb(':memory:'), {
    now: () => world.time,
    elapsed: () => world.time,
  })
  await opened.add('Анна', 'cashier', '1111')
  return { ...opened, world }
}

test('a right PIN opens a session that ends by itself', async () => {
  const { signIn, bySession, signOut, world } = await people()
  const entered = await signIn('Анна', '1111')
  assert.ok(entered.kind === 'in')
  assert.deepEqual(bySession(entered.token), {
    user: 'Анна',
    role: 'cashier',
    rights: usualRoles.cashier.rights,
    discountPercent: 20,
    language: null,
  })
  assert.equal(bySession('guess'), null)
  world.time += 17 * HOUR
  assert.equal(bySession(entered.token), null)
  const again = await signIn('Анна', '1111')
  assert.ok(again.kind === 'in')
  signOut(again.token)
  assert.equal(bySession(again.token), null)
})

test('wrong PINs lock the person out for a growing time', async () => {
  const { signIn, world } = await people()
  for (let i = 0; i < 3; i += 1) assert.equal((await signIn('Анна', '0000')).kind, 'wrong')
  const locked = await signIn('Анна', '1111')
  assert.deepEqual(locked, { kind: 'locked', waitMs: 5000 })
  world.time += 5000
  assert.equal((await signIn('Анна', '0000')).kind, 'wrong')
  const longer = await signIn('Анна', '1111')
  assert.ok(longer.kind === 'locked' && longer.waitMs === 10_000)
  world.time += 10_000
  assert.equal((await signIn('Анна', '1111')).kind, 'in')
  assert.equal((await signIn('Анна', '0000')).kind, 'wrong', 'the count begins anew')
})

test('guesses made at once are each counted', async () => {
  const { signIn } = await people()
  await Promise.all(Array.from({ length: 5 }, () => signIn('Анна', '0000')))
  assert.equal((await signIn('Анна', '1111')).kind, 'locked')
})

test('an unknown name is refused as a wrong PIN is', async () => {
  const { signIn } = await people()
  assert.deepEqual(await signIn('Никто', '1111'), { kind: 'wrong' })
})
