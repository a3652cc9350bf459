import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '#sim/world.ts'
import { openCashier } from './cashier.ts'

// A receipt sent by mail (N13), killed at every boundary between two effects of the register, one
// boundary a run. Whoever asks again is a page that got no answer.

const EMAIL = 'anna@demo.by'
const LETTER = '0197a2b4-9999-7000-8000-000000000001'

/** Sells, sends the receipt and checks what must hold; answers the boundaries that it saw. */
async function mailReceipt(kill: (n: number) => boolean, name: string) {
  const seen: string[] = []
  let isArmed = false
  const world = await openWorld((process, where) => {
    if (!isArmed) return false
    seen.push(`${process}: ${where}`)
    return kill(seen.length - 1)
  })
  const cashier = openCashier(world)
  await cashier.fulfil({ kind: 'shift-opening' })
  await cashier.fulfil({ kind: 'deposit', sum: 100 })
  const line = { name: 'Хлеб', price: 500, quantity: 1000, vat: 20 }
  const payments = [{ means: 'cash', sum: 500 }]
  const id = cashier.nextId()
  const sale = { id, kind: 'sale', lines: [line], payments }
  const sold = await cashier.askAsAdministrator('POST', '/api/operations', sale)
  assert.equal(sold.body.state, 'registered', JSON.stringify(sold.body))
  isArmed = true
  const path = `/api/operations/${id}/letters`
  const asked = await cashier.ask('POST', path, { letter: LETTER, email: EMAIL })
  assert.equal(asked.status, 200, `${name}: ${JSON.stringify(asked.body)}`)
  for (let turns = 0; turns < 4; turns += 1) {
    await world.revive()
    await world.mail()
    world.advance(3 * 60_000)
  }
  isArmed = false
  await world.revive()
  const { letters } = world.mailbox
  const [view, ...more] = (await cashier.ask('GET', path)).body.letters
  assert.deepEqual([view.state, view.email, more], ['sent', null, []], `${name}: it went out`)
  // Who dies between a server that took it and the line that says so sends it once more: SMTP has
  // no other way, and whoever reads mail knows it by its name.
  const most = /after mailing|set stat/.test(name) ? 2 : 1
  assert.ok(letters.length >= 1 && letters.length <= most, `${name}: ${letters.length} letters`)
  assert.deepEqual([...new Set(letters.map(({ id }) => id))], [LETTER], name)
  assert.equal(new Set(letters.map(({ html }) => html)).size, 1, `${name}: the same letter`)
  return seen
}

test('a receipt by mail killed at any boundary goes out, under one name', async (t) => {
  const boundaries = await mailReceipt(() => false, 'unharmed')
  t.diagnostic(`${boundaries.length} boundaries, each replayed`)
  assert.ok(boundaries.includes('register: before mailing'))
  assert.ok(boundaries.length > 8, 'too few boundaries seen')
  for (const [at, where] of boundaries.entries()) {
    await mailReceipt((n) => n === at, `killed at ${at}, ${where}`)
  }
})
