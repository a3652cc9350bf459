import assert from 'node:assert/strict'
import { test } from 'node:test'
import { virtualCards } from '#core/demo/virtual-card.ts'
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

test('a refund that may have left for the bank is asked after, not sent again', async () => {
  const state = { full: false, isRefund: false }
  const world = await openWorld(
    (process, where) => {
      if (process === 'bank' && where === 'after commit') state.full = state.isRefund
      return false
    },
    (process) => process === 'register' && state.full,
  )
  const { pan, expiry } = virtualCards.ok
  world.reader.card = { pan, expiry, entry: 'chip' }
  const wish = (n: number, more: object) =>
    world.ask('POST', '/api/operations', { id: `${id.slice(0, -1)}${n}`, ...more })
  await wish(1, { kind: 'shift-opening' })
  const lines = [{ name: 'Хлеб', price: 500, quantity: 1000, vat: 10 }]
  const payments = [{ means: 'card', sum: 500 }]
  const sale = (await wish(2, { kind: 'sale', lines, payments }))?.body
  assert.equal(sale.state, 'registered')
  const refund = { kind: 'refund', of: sale.id }
  // The bank does it, its answer is lost, and there is no room to write even that.
  world.wires.bank.faults.answersLost = 1
  state.isRefund = true
  assert.equal(await wish(3, refund), null)
  Object.assign(state, { full: false, isRefund: false })
  world.wires.bank.faults.cut = 'refused'
  assert.equal((await wish(3, refund))?.body.state, 'red', '«unsent» of a repeat is no «never»')
  world.wires.bank.faults.cut = 'whole'
  await world.watch()
  assert.equal((await wish(3, refund))?.body.state, 'registered')
})
