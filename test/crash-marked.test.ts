import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rebuild } from '#services/register/memory/projection.ts'
import { openWorld } from '#sim/world.ts'
import { openCashier, settle } from './cashier.ts'

// A marked unit that is sold, comes back and is sold again, killed at every boundary between two
// effects, one boundary a run: where the unit is follows from the documents, whoever died when.

const si = '010481234500001221killedUnit_13\x1d93aB1x'
const sale = {
  kind: 'sale',
  lines: [{ name: 'Туфли', price: 1000, quantity: 1000, vat: 20, mark: { si } }],
  payments: [{ means: 'cash', sum: 1000 }],
}
const kinds = ['shift-opening', 'sale', 'refund', 'sale']

async function sellTwice(kill: (n: number) => boolean, name: string) {
  const seen: string[] = []
  let isArmed = true
  const world = await openWorld((process, where) => {
    if (!isArmed) return false
    seen.push(`${process}: ${where}`)
    return kill(seen.length - 1)
  })
  const cashier = openCashier(world)
  const unit = async () => (await cashier.ask('POST', '/api/units', { mark: { si } })).body
  await cashier.fulfil({ kind: 'shift-opening' })
  const first = await cashier.fulfil(sale)
  assert.equal((await unit()).sold.operation, first, `${name}: sold`)
  await cashier.fulfil({ kind: 'refund', of: first })
  assert.equal((await unit()).sold, null, `${name}: back`)
  const second = await cashier.fulfil(sale)
  isArmed = false
  await settle(cashier)
  assert.equal((await unit()).sold.operation, second, `${name}: sold again`)
  const again = { id: cashier.nextId(), ...sale }
  const refused = await cashier.ask('POST', '/api/operations', again)
  assert.equal(refused.body.code, 'mark.sold', `${name}: not a third time`)

  const made = world.sko.disk.prepare('select kind, body from document order by number').all()
  assert.deepEqual(
    made.map(({ kind }) => kind),
    kinds,
    `${name}: each once`,
  )
  for (const { kind, body } of made.slice(1)) {
    const { lines } = JSON.parse(String(body))
    assert.deepEqual(lines[0].mark, { si, ukz: null }, `${name}: the code in the ${kind}`)
  }
  const { disk } = world.register
  const rows = () => disk.prepare('select * from marked_unit order by unit, operation').all()
  const before = rows()
  assert.ok(before.length >= 2)
  rebuild(disk)
  assert.deepEqual(rows(), before, `${name}: rebuilt projections`)
  return seen
}

test('a marked unit is sold once at a time, killed at any effect boundary', async (t) => {
  const boundaries = await sellTwice(() => false, 'unharmed')
  t.diagnostic(`${boundaries.length} boundaries, each replayed`)
  assert.ok(boundaries.length > 30, 'too few boundaries seen')
  for (const at of boundaries.keys()) {
    await sellTwice((n) => n === at, `killed at ${at}, ${boundaries[at]}`)
  }
})
