import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ledger } from '#core/register/ledger.ts'
import { rebuild } from '#services/register/memory/projection.ts'
import { SPARE, TOKEN } from '#shop/enrolment.ts'
import { openWorld, type World } from '#sim/world.ts'

// A device breaks in the middle of a shift and of a sale, and is replaced; every process is killed
// at every boundary between two effects, one boundary a run.

const bread = { name: 'Хлеб', price: 159, quantity: 2000, vat: 10 }
const cash = (sum: number) => [{ means: 'cash', sum }]
type Wish = { kind: string; [more: string]: unknown }

/** What the broken device did with its last command: never heard it, or made the document. */
const losses = ['request', 'answer'] as const
const MANY = { request: 10, answer: 40 }
// The two differ in a few boundaries alone.
const EACH = { request: 4, answer: 1 }

for (const loss of losses) {
  test(`a device is replaced, its last ${loss} lost, through a kill anywhere`, async (t) => {
    const all = await work(loss, () => false)
    // A day without a replacement is killed everywhere in crash.test.ts.
    const ofIt = all.filter(({ isOfIt }) => isOfIt)
    const boundaries = ofIt.filter((_, i) => i % EACH[loss] === 0)
    t.diagnostic(`${boundaries.length} boundaries, each replayed`)
    assert.ok(boundaries.length > MANY[loss], `too few boundaries seen: ${boundaries.length}`)
    for (const { at, process, where } of boundaries) {
      await work(loss, (n) => n === at, `${loss}: killed ${process} at ${at}: ${where}`)
    }
  })
}

async function work(
  loss: (typeof losses)[number],
  kill: (n: number) => boolean,
  name = `${loss}: unharmed`,
) {
  const seen: { at: number; process: string; where: string; isOfIt: boolean }[] = []
  let isBreaking = false
  let isOfIt = false
  const world = await openWorld((process, where) => {
    seen.push({ at: seen.length, process, where, isOfIt })
    // It breaks as soon as its document is written.
    if (isBreaking && process === 'sko' && where.startsWith('after')) world.device.plugged = false
    return kill(seen.length - 1)
  })
  await world.revive()
  world.wires.inquiry.faults.cut = 'whole'
  await fulfil(world, 1, { kind: 'shift-opening' })
  await fulfil(world, 2, { kind: 'deposit', sum: 10_000 })
  const sold = await fulfil(world, 3, { kind: 'sale', lines: [bread], payments: cash(318) })
  isOfIt = true
  isBreaking = true
  await breakDown(world, loss)
  isBreaking = false
  // The till carries what its device cannot, whenever it looks; then somebody comes to the cabinet.
  await again(world, () => held(world, TOKEN).length >= 3, name)
  await world.replaceDevice()
  await again(world, () => deviceOf(world) === SPARE, name)
  await again(world, () => openIn(world).length === 0, name)
  await fulfil(world, 5, { kind: 'shift-opening' })
  await fulfil(world, 6, { kind: 'deposit', sum: 10_318, carried: true })
  isOfIt = false
  await fulfil(world, 7, { kind: 'refund', of: sold })
  await fulfil(world, 8, { kind: 'sale', lines: [bread], payments: cash(318) })
  await fulfil(world, 9, { kind: 'withdrawal', sum: 10_318 })
  await fulfil(world, 10, { kind: 'shift-closing' })
  while (world.papersWaiting() > 0) {
    await world.revive()
    await world.print()
  }
  await world.revive()
  check(world, name)
  return seen
}

/** The device's last command is lost, or its answer, and it never answers again. */
async function breakDown(world: World, loss: 'request' | 'answer'): Promise<void> {
  const { device } = world.wires
  if (loss === 'answer') device.faults.answersLost = 1
  else device.faults.requestsLost = 1
  const wish = { kind: 'sale', lines: [bread], payments: cash(500) }
  const answer = await world.ask('POST', '/api/operations', { id: idOf(4, 0), ...wish })
  // A register that died in the midst of it finds the intent, and nobody to ask.
  device.faults.answersLost = 0
  device.faults.requestsLost = 0
  assert.notEqual(answer?.body.state, 'registered')
  world.device.plugged = false
  await world.revive()
}

/** Looks again and again, whatever dies meanwhile, until it holds. */
async function again(world: World, holds: () => boolean, name: string): Promise<void> {
  for (let left = 30; left > 0; left -= 1) {
    await world.revive()
    await world.watch()
    await world.succeed()
    await world.revive()
    if (holds()) return
  }
  assert.fail(`${name}: never came about`)
}

const idOf = (i: number, attempt: number) =>
  `0197a2b4-0000-7000-8000-${String(i * 100 + attempt).padStart(12, '0')}`

/** A careful cashier: believes in no failure that was not told, tries again when it was. */
async function fulfil(world: World, i: number, wish: Wish): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const id = idOf(i, attempt)
    for (let repeat = 0; repeat < 20; repeat += 1) {
      let answer = await world.ask('POST', '/api/operations', { id, ...wish })
      if (answer?.body.state === 'waiting') {
        await world.revive()
        answer = await world.ask('POST', `/api/operations/${id}/continue`, {})
      }
      if (answer?.body.state === 'registered') return id
      if (answer?.body.state === 'failed') break
      assert.ok(!answer || answer.status === 200, `refused: ${JSON.stringify(answer?.body)}`)
      await world.revive()
    }
  }
  return assert.fail(`${wish.kind} never ended`)
}

const held = ({ operator }: World, serial: string) => operator.disk.get(serial)?.documents ?? []

const deviceOf = ({ register }: World): string => {
  const row = register.disk.prepare('select body from replacement').get()
  return row ? JSON.parse(String(row.body)).device.serial : TOKEN
}

const openIn = ({ register }: World) =>
  register.disk.prepare('select id from operation where is_open = 1').all()

const ledgerOf = ({ register }: World): Ledger =>
  JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))

function check(world: World, name: string): void {
  const { register, sko } = world
  const kindsOf = (serial: string) =>
    sko.disk
      .prepare('select kind from document where device = ? order by number')
      .all(serial)
      .map(({ kind }) => kind)
  assert.deepEqual(
    kindsOf(SPARE),
    ['shift-opening', 'deposit', 'refund', 'sale', 'withdrawal', 'shift-closing'],
    `${name}: documents of the new device`,
  )
  const stored = held(world, TOKEN).map(({ number }) => number)
  const registered = register.disk
    .prepare(`select id, state, number from operation order by seq`)
    .all()
  const last = registered.find(({ id }) => String(id).endsWith('000400'))
  // Whoever was told that it is registered has it stored; it never is both.
  const isMade = last?.state === 'registered'
  assert.deepEqual(stored, isMade ? [1, 2, 3, 4] : [1, 2, 3], `${name}: what the operator holds`)
  assert.equal(last?.state ?? 'failed', isMade ? 'registered' : 'failed', `${name}: the last sale`)
  const { balances, shift } = ledgerOf(world)
  const device = sko.disk.prepare('select state from device where serial = ?').get(SPARE)
  assert.equal(JSON.parse(String(device?.state)).cash, 0, `${name}: the device's cash`)
  assert.deepEqual([balances.drawer, shift], [0, null], `${name}: drawer and shift`)
  assert.equal(balances.carried, isMade ? 318 : 0, `${name}: nothing is left to be deposited`)
  const sums = register.disk.prepare('select sum(amount) sum from posting').get()
  assert.equal(Number(sums?.sum), 0, `${name}: postings balance`)
  const snapshot = () => [
    register.disk.prepare('select * from operation order by seq').all(),
    register.disk.prepare('select operation, account, amount from posting order by seq').all(),
    register.disk.prepare('select * from replacement').all(),
    ledgerOf(world),
  ]
  const before = snapshot()
  rebuild(register.disk)
  assert.deepEqual(snapshot(), before, `${name}: rebuilt projections`)
}
