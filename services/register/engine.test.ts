import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '#sim/world.ts'

const ID = '0197a2b4-0000-7000-8000-000000000001'

// Found by the simulator: the operation stayed «intended» until the register was started again.
test('an operation whose answer found no room on disk is asked after later', async () => {
  let isFilling = false
  const world = await openWorld((_, where) => {
    if (isFilling && where === 'after the answer') world.full.register = true
    return false
  })
  await world.revive()
  isFilling = true
  const answer = await world.ask('POST', '/api/operations', { id: ID, kind: 'shift-opening' })
  assert.equal(answer, null, 'the register cannot say what came of it')
  isFilling = false
  world.full.register = false
  await world.watch()
  const { body } = (await world.ask('GET', `/api/operations/${ID}`)) ?? {}
  assert.equal(body.state, 'registered')
  assert.equal(world.disks.sko.prepare('select * from document').all().length, 1)
})
