import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openQueues } from './queues.ts'

test('of a key one works at a time, in order; what is beyond the line is turned away', async () => {
  const inTurn = openQueues(2)
  const held = Promise.withResolvers<void>()
  const order: string[] = []
  const work = (name: string) => async () => {
    await held.promise
    order.push(name)
    return name
  }
  const asked = ['a', 'b', 'c', 'd'].map((name) => inTurn('one', work(name)))
  assert.equal(await asked[3], 'busy')
  assert.equal(await inTurn('other', async () => 'at once'), 'at once')
  held.resolve()
  assert.deepEqual(await Promise.all(asked), ['a', 'b', 'c', 'busy'])
  assert.deepEqual(order, ['a', 'b', 'c'])
})

test('work that failed is its own, and keeps nobody behind it waiting', async () => {
  const inTurn = openQueues(1)
  const failed = inTurn('one', async () => assert.fail('broken'))
  const next = inTurn('one', async () => 'next')
  await assert.rejects(failed, /broken/)
  assert.equal(await next, 'next')
  assert.equal(await inTurn('one', async () => 'again'), 'again')
})
