import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Measure } from '#core/operator/measure.ts'
import { MINUTE } from '#core/time.ts'
import { readJournal } from '#services/register/memory/journal.ts'
import { rebuild } from '#services/register/memory/projection.ts'
import { TOKEN } from '#shop/enrolment.ts'
import { openWorld, type World } from '#sim/world.ts'

// A warned opening (S1.5), killed at every boundary between two effects, one boundary a run.

const warning: Measure = { kind: 'warning', reason: 'долг', from: 0, till: null }
const block: Measure = { ...warning, kind: 'block' }

const lay = ({ operator }: World, measures: Measure[]): void => {
  const shelf = operator.disk.get(TOKEN)
  assert.ok(shelf)
  shelf.measures = measures
}

/** Opens a shift under a warning; `meanwhile` the operator's people may do more. */
async function open(kill: (n: number) => boolean, meanwhile: Measure[]) {
  const seen: string[] = []
  const world = await openWorld((process, where) => {
    seen.push(`${process}: ${where}`)
    return kill(seen.length - 1)
  })
  await world.revive()
  world.wires.inquiry.faults.cut = 'whole'
  lay(world, [warning])
  const id = '0197a2b4-0000-7000-8000-000000000001'
  const request = { id, kind: 'shift-opening' }
  const once = async (): Promise<string | undefined> => {
    await world.revive()
    const answer = await world.ask('POST', '/api/operations', request)
    return answer?.body.state
  }
  while ((await once()) !== 'warned');
  lay(world, meanwhile)
  world.advance(MINUTE)
  for (let left = 20; (await once()) === 'warned'; left -= 1) {
    assert.ok(left > 0, 'the window never ended')
    await world.warnedDue()
  }
  // A device that died on the way is the dialog's (S1.1): a person continues.
  for (let left = 20; (await once()) === 'waiting'; left -= 1) {
    assert.ok(left > 0, 'the dialog never ended')
    await world.ask('POST', `/api/operations/${id}/continue`, {})
  }
  await world.watch()
  await world.revive()
  return { world, id, seen }
}

type Opened = Awaited<ReturnType<typeof open>>

/** `isNone`: no shift may have opened. */
function check({ world, id }: Opened, name: string, isNone: boolean) {
  const { register, sko } = world
  const documents = sko.disk.prepare('select kind from document').all()
  assert.deepEqual(
    documents.map(({ kind }) => kind),
    isNone ? [] : ['shift-opening'],
    `${name}: documents`,
  )
  const rows = () => register.disk.prepare('select id, state, is_open from operation').all()
  const state = isNone ? 'failed' : 'registered'
  assert.deepEqual(
    rows().map((row) => Object.values(row)),
    [[id, state, 0]],
    `${name}: the register`,
  )
  const lines = [...readJournal(register.disk)]
  const begun = lines.find(({ entry }) => entry.type === 'begun')
  const ended = lines.find(({ entry }) => entry.type === 'heard' && entry.event.type === 'windowUp')
  assert.ok(begun && ended && ended.at - begun.at >= MINUTE, `${name}: the window was whole`)
  const kept = () => JSON.stringify([rows(), register.disk.prepare('select * from measures').all()])
  const before = kept()
  rebuild(register.disk)
  assert.equal(kept(), before, `${name}: rebuilt projections`)
}

for (const [what, meanwhile] of [
  ['opens one shift', [warning]],
  ['under a block that came meanwhile opens none', [warning, block]],
] as const) {
  test(`a warned opening killed at any effect boundary ${what}`, async (t) => {
    const isBlocked = meanwhile.length > 1
    const unharmed = await open(() => false, [...meanwhile])
    check(unharmed, 'unharmed', isBlocked)
    const boundaries = unharmed.seen
    t.diagnostic(`${boundaries.length} boundaries, each replayed`)
    assert.ok(boundaries.length > 8, 'too few boundaries seen')
    for (const at of boundaries.keys()) {
      const killed = await open((n) => n === at, [...meanwhile])
      check(killed, `killed at ${at}, ${boundaries[at]}`, isBlocked)
    }
  })
}
