import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '#sim/world.ts'

const id = '0197a2b4-0000-7000-8000-000000000001'
const opening = { id, kind: 'shift-opening' }

/** A register that finds no room for the n-th of its own commits, and for `length` in all. */
const aRegister = async (at: number, length = 1) => {
  let commits = 0
  const world = await openWorld(
    () => false,
    (process) => {
      if (process !== 'register') return false
      commits += 1
      return commits >= at && commits < at + length
    },
  )
  const state = async () => (await world.ask('GET', `/api/operations/${id}`))?.body.state
  return { world, state }
}

test('an operation whose answer found no room on the disk is taken up again', async () => {
  const { world, state } = await aRegister(2)
  assert.equal(await world.ask('POST', '/api/operations', opening), null)
  assert.equal(await state(), 'intended', 'the intent alone is on disk')
  await world.watch()
  assert.equal(await state(), 'registered', 'nobody repeated the request')
})

test('an intent that found no room never was', async () => {
  const { world, state } = await aRegister(1)
  assert.equal(await world.ask('POST', '/api/operations', opening), null)
  assert.equal(await state(), undefined)
  assert.equal((await world.ask('POST', '/api/operations', opening))?.body.state, 'registered')
})
