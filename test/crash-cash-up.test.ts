import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJournal } from '#services/register/memory/journal.ts'
import { rebuild } from '#services/register/memory/projection.ts'
import { openWorld, type World } from '#sim/world.ts'
import { openCashier, settle } from './cashier.ts'

// A shift closed in one go (N12), killed at every boundary between two effects, one boundary a run,
// with and without a lost answer of the device. Whoever asks again is a page that got no answer, or
// a person at the screen.

const CASH = 10_000
const documents = ['shift-opening', 'deposit', 'withdrawal', 'shift-closing']

type Ending = { clearing: boolean; lost: 'nothing' | 'answersLost' | 'requestsLost' }

/** Works the evening and checks what must hold in the end; answers the boundaries that it saw. */
async function closeShift(kill: (n: number) => boolean, name: string, ending: Ending) {
  const seen: string[] = []
  let isArmed = false
  const world = await openWorld((process, where) => {
    if (!isArmed) return false
    seen.push(`${process}: ${where}`)
    return kill(seen.length - 1)
  })
  const cashier = openCashier(world)
  await cashier.fulfil({ kind: 'shift-opening' })
  await cashier.fulfil({ kind: 'deposit', sum: CASH })
  if (!ending.clearing) await cashier.setClearing(false)
  isArmed = true
  if (ending.lost !== 'nothing') world.wires.device.faults[ending.lost] = 1
  await insist(world, cashier, name)
  isArmed = false
  await settle(cashier)
  check(world, name)
  return seen
}

type Cashier = ReturnType<typeof openCashier>

/** Asks as long as it takes: a page that repeats, a dialog, a red receipt, a press once more. */
async function insist(world: World, cashier: Cashier, name: string): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    const { cash, shift } = (await cashier.ask('GET', '/api/status')).body
    if (!shift) return
    const ids = { id: cashier.nextId(), withdrawal: cashier.nextId(), closing: cashier.nextId() }
    const request = { ...ids, cash, counted: { sum: Math.max(0, cash - 100) } }
    let told = await cashier.ask('POST', '/api/cash-ups', request)
    for (let left = 20; told.status === 200 && told.body.stage !== 'closed'; left -= 1) {
      assert.ok(left > 0, `${name}: stuck at ${told.body.stage}`)
      if (told.body.stage === 'ended') break
      await attend(world, cashier, ids)
      told = await cashier.ask('POST', `/api/cash-ups/${request.id}/continue`, {})
    }
    if (told.body.stage === 'closed') return
  }
  assert.fail(`${name}: the shift never closed`)
}

/** What stands open is ended by the published steps. */
async function attend(world: World, cashier: Cashier, ids: Record<string, string>): Promise<void> {
  await world.watch()
  for (const id of [ids.withdrawal, ids.closing]) {
    const { status, body } = await cashier.ask('GET', `/api/operations/${id}`)
    if (status !== 200) continue
    if (body.state === 'waiting') await cashier.say(body.id, 'continue')
    if (body.state !== 'red') continue
    const { device } = (await cashier.ask('GET', `/api/operations/${id}/evidence`)).body
    if (device === 'lacks' || device === 'never') await cashier.say(body.id, 'deny')
    else await cashier.setClearing(true)
  }
}

function check(world: World, name: string): void {
  const made = world.sko.disk.prepare('select kind, body from document order by number').all()
  assert.deepEqual(
    made.map(({ kind }) => kind),
    documents,
    `${name}: one withdrawal, one closing`,
  )
  assert.equal(JSON.parse(String(made[2]?.body)).sum, CASH, `${name}: what the books held`)
  const { disk } = world.register
  const open = disk.prepare('select id from operation where is_open = 1').all()
  assert.deepEqual(open, [], `${name}: nothing is left open`)
  const rows = () =>
    JSON.stringify([
      disk.prepare('select * from cash_up order by seq').all(),
      disk.prepare('select * from operation order by seq').all(),
      disk.prepare('select body from ledger').all(),
    ])
  const before = rows()
  assert.ok([...readJournal(disk)].length > 0)
  rebuild(disk)
  assert.equal(rows(), before, `${name}: rebuilt projections`)
  const kept = disk.prepare('select body from cash_up order by seq desc limit 1').get()
  assert.ok(JSON.parse(String(kept?.body)).count, `${name}: the count is kept`)
}

const endings: readonly Ending[] = [
  { clearing: true, lost: 'nothing' },
  { clearing: false, lost: 'answersLost' },
  { clearing: false, lost: 'requestsLost' },
]

for (const ending of endings) {
  const { lost, clearing } = ending
  test(`a closing in one go killed at any boundary ends the same (${lost})`, async (t) => {
    const boundaries = await closeShift(() => false, 'unharmed', ending)
    t.diagnostic(`${boundaries.length} boundaries, each replayed, clearing ${clearing}`)
    assert.ok(boundaries.length > 15, 'too few boundaries seen')
    for (const [at, where] of boundaries.entries()) {
      await closeShift((n) => n === at, `killed at ${at}, ${where}`, ending)
    }
  })
}

test('a closing in one go killed at any two boundaries ends the same', async () => {
  const ending = endings[0] as Ending
  const { length } = await closeShift(() => false, 'unharmed', ending)
  for (let first = 0; first < length; first += 3) {
    await closeShift((n) => n === first || n === first + 5, `killed at ${first} and after`, ending)
  }
})
