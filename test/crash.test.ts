import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSealed } from '#core/document/document.ts'
import type { Ledger } from '#core/register/ledger.ts'
import { readJournal } from '#services/register/memory/journal.ts'
import { rebuild } from '#services/register/memory/projection.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { TOKEN } from '#shop/enrolment.ts'
import { openWorld, type World } from '#sim/world.ts'

// A whole day of cash work, killed at every boundary between two effects, one boundary a run.

type Wish = { kind: string; sum?: number; lines?: object[]; payments?: object[] }
const bread = { name: 'Хлеб', price: 159, quantity: 2000, vat: 10 }
const apples = { name: 'Яблоки', price: 1739, quantity: 555, vat: 10 }
const day: Wish[] = [
  { kind: 'shift-opening' },
  { kind: 'deposit', sum: 10_000 },
  { kind: 'sale', lines: [bread], payments: [{ means: 'cash', sum: 318 }] },
  { kind: 'sale', lines: [bread, apples], payments: [{ means: 'cash', sum: 2000 }] },
  { kind: 'withdrawal', sum: 10_000 + 318 + 1283 },
  { kind: 'shift-closing' },
]

test('a cash day killed at any effect boundary ends with a document for each wish', async (t) => {
  const boundaries = await work(() => false)
  t.diagnostic(`${boundaries.length} boundaries, each replayed`)
  assert.ok(boundaries.length > 60, 'too few boundaries seen')
  for (const [at, { process }] of boundaries.entries()) {
    await work((n) => n === at, `killed ${process} at ${at}: ${boundaries[at]?.where}`)
  }
})

test('a cash day killed at any two boundaries of one operation ends the same', async () => {
  const { length } = await work(() => false)
  for (let first = 0; first < length; first += 5) {
    await work((n) => n === first || n === first + 7, `killed at ${first} and 7 later`)
  }
})

/** Works the day, killing where told, and checks what must hold in the end. */
async function work(kill: (n: number) => boolean, name = 'unharmed') {
  const seen: { process: string; where: string }[] = []
  const world = await openWorld((process, where) => {
    seen.push({ process, where })
    return kill(seen.length - 1)
  })
  await world.revive()
  for (const [i, wish] of day.entries()) await fulfil(world, wish, i)
  while (world.papersWaiting() > 0) {
    await world.revive()
    await world.print()
  }
  await world.revive()
  await check(world, name)
  return seen
}

/** A careful cashier: believes in no failure that was not told, tries again when it was. */
async function fulfil(world: World, wish: Wish, i: number): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const id = `0197a2b4-0000-7000-8000-${String(i * 100 + attempt).padStart(12, '0')}`
    for (let repeat = 0; repeat < 20; repeat += 1) {
      let answer = await world.ask('POST', '/api/operations', { id, ...wish })
      if (answer?.body.state === 'waiting') {
        await world.revive()
        answer = await world.ask('POST', `/api/operations/${id}/continue`, {})
      }
      if (answer?.body.state === 'registered') return
      if (answer?.body.state === 'failed') break
      assert.ok(!answer || answer.status === 200, `refused: ${JSON.stringify(answer?.body)}`)
      await world.revive()
    }
  }
  assert.fail(`${wish.kind} never ended`)
}

async function check(world: World, name: string): Promise<void> {
  const { register, sko, papers } = world
  const documents = sko.disk.prepare('select * from document order by number').all()
  const kinds = documents.map((row) => row.kind)
  assert.deepEqual(
    kinds,
    day.map((wish) => wish.kind),
    `${name}: documents of the device`,
  )
  assert.deepEqual(
    documents.map((row) => row.number),
    day.map((_, i) => i + 1),
    `${name}: numbers`,
  )
  let previous = '0'.repeat(64)
  for (const row of documents) {
    const body = JSON.parse(String(row.body))
    assert.equal(body.previous, previous, `${name}: chain at ${row.number}`)
    previous = String(row.hash)
    const sealed = { ...row } as never
    assert.ok(isSealed(sealed, { hash: sha256, verify: () => true }), `${name}: hash`)
  }
  const listed = register.disk
    .prepare(`select number, uid from operation where state = 'registered' order by number`)
    .all()
  assert.deepEqual(
    listed.map((row) => row.uid),
    documents.map((row) => row.uid),
    `${name}: the register knows the same documents`,
  )
  const open = register.disk.prepare('select id from operation where is_open = 1').all()
  assert.deepEqual(open, [], `${name}: nothing is left open`)
  const ledger = ledgerOf(world)
  const device = sko.disk.prepare('select state from device where serial = ?').get(TOKEN)
  assert.equal(ledger.balances.drawer, 0, `${name}: drawer`)
  assert.equal(JSON.parse(String(device?.state)).cash, 0, `${name}: device's cash`)
  assert.equal(ledger.shift, null, `${name}: shift`)
  const sums = register.disk.prepare('select sum(amount) sum from posting').get()
  assert.equal(Number(sums?.sum), 0, `${name}: postings balance`)
  for (const { uid } of listed) {
    const printed = papers.some(({ rows }) => JSON.stringify(rows).includes(String(uid)))
    assert.ok(printed, `${name}: ${uid} is on paper`)
  }
  checkJournal(world, name)
}

/** The journal's chain holds, and the projections are what the journal makes of them. */
function checkJournal(world: World, name: string): void {
  const db = world.register.disk
  const snapshot = () => [
    db.prepare('select * from operation order by seq').all(),
    db.prepare('select operation, account, amount from posting order by seq').all(),
    ledgerOf(world),
  ]
  const lines = [...readJournal(db)].length
  const before = snapshot()
  rebuild(db)
  assert.deepEqual(snapshot(), before, `${name}: rebuilt projections`)
  assert.ok(lines >= day.length * 2, `${name}: journal`)
}

const ledgerOf = ({ register }: World): Ledger =>
  JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))
