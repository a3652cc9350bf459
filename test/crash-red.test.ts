import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOKEN } from '#shop/enrolment.ts'
import { checkProjections } from '#sim/projection-audit.ts'
import { openWorld } from '#sim/world.ts'
import { countsOf, nthOf, openActs } from './acts.ts'
import { type Cashier, openCashier, settle } from './cashier.ts'
import { type Chapter, chapters } from './red-chapters.ts'

// Red receipts, people's words about them, refunds and corrections: register and СКО killed at
// every boundary between two effects, one boundary of each act a run; and with the disk full at
// every commit, likewise. Nothing comes to rest between two acts but what must.

type Harm = { kill: (n: number) => boolean; full: (n: number) => boolean }
const unharmed: Harm = { kill: () => false, full: () => false }

for (const chapter of chapters) {
  test(`${chapter.name}: killed at any effect boundary it ends the same`, async (t) => {
    const { boundaries } = await live(chapter, unharmed)
    const { all, longest } = countsOf(boundaries)
    t.diagnostic(`${all} boundaries, each killed at, in ${longest} lives`)
    assert.ok(all > 30, 'too few boundaries seen')
    for (let at = 0; at < longest; at += 1) {
      const kill = (n: number) => n === at
      await live(chapter, { kill, full: unharmed.full }, `killed at ${nthOf(boundaries, at)}`)
    }
  })

  test(`${chapter.name}: a full disk does nothing half, and work goes on after it`, async (t) => {
    const { commits } = await live(chapter, unharmed)
    const { all, longest } = countsOf(commits)
    t.diagnostic(`${all} commits, each without room, some with those after it, in ${longest} lives`)
    assert.ok(all > 10, 'too few commits seen')
    for (let at = 0; at < longest; at += 1) {
      const full = (n: number) => n >= at && n < at + 1 + (at % 3)
      await live(chapter, { kill: unharmed.kill, full }, `full from ${nthOf(commits, at)}`)
    }
  })
}

/** Lives a chapter with an evening after it, harmed where told, and checks what must hold. */
async function live(chapter: Chapter, harm: Harm, name = 'unharmed') {
  const boundaries = openActs(harm.kill)
  const commits = openActs(harm.full)
  const world = await openWorld(
    (process, where) => boundaries.pass(`${process} ${where}`),
    (process) => commits.pass(process),
  )
  const cashier = openCashier(world)
  const begin = () => [boundaries, commits].forEach((acts) => void acts.begin())
  const end = () => [boundaries, commits].forEach((acts) => void acts.end())
  try {
    await cashier.fulfil({ kind: 'shift-opening' })
    await cashier.fulfil({ kind: 'deposit', sum: 10_000 })
    begin()
    await chapter.work(inActs(cashier, begin))
    begin()
    await settle(cashier)
    end()
    if (name === 'unharmed') assert.deepEqual(cashier.happened, chapter.happens)
    const sum = await cashier.cash()
    if (sum > 0) await cashier.fulfil({ kind: 'withdrawal', sum })
    await cashier.fulfil({ kind: 'shift-closing' })
    await settle(cashier)
    check(cashier)
  } catch (error) {
    throw new Error(`${chapter.name}, ${name}`, { cause: error })
  }
  return { boundaries, commits }
}

/** With each wish of hers, and each word of the administrator's, an act begins. */
function inActs(cashier: Cashier, begin: () => void): Cashier {
  const acting =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> => {
      begin()
      return work(...given)
    }
  const { fulfil, abstain, setClearing } = cashier
  return Object.assign({}, cashier, {
    fulfil: acting(fulfil),
    abstain: acting(abstain),
    setClearing: acting(setClearing),
  })
}

/** One document for each wish that came about, none for one that did not; sums, papers, chain. */
function check({ world, kept, forgotten, happened }: Cashier): void {
  const register = world.register.disk
  const documents = world.sko.disk
    .prepare('select number, operation, uid from document order by number')
    .all()
  const made = documents.map((row) => row.operation)
  assert.deepEqual([...made].sort(), [...kept, ...forgotten].sort(), 'one document for each wish')
  assert.deepEqual(
    documents.map((row) => row.number),
    documents.map((_, i) => i + 1),
    'numbers without a gap',
  )
  const known = register
    .prepare(`select id, uid, state, kind, printed_at from operation order by seq`)
    .all()
  const registered = known.filter((row) => row.state === 'registered' && row.kind !== 'correction')
  assert.deepEqual(registered.map((row) => row.id).sort(), [...kept].sort())
  for (const { id, uid, printed_at } of registered) {
    assert.equal(documents.find((row) => row.operation === id)?.uid, uid, 'the very document')
    assert.ok(printed_at !== null, 'its paper came out')
    assert.ok(onPaper(world.papers, String(uid)), 'and was seen')
  }
  const corrected = known.filter((row) => row.kind === 'correction')
  const corrections = happened.filter((what) => what === 'corrected').length
  assert.equal(corrected.length, corrections)
  assert.equal(onPaper(world.papers, 'АВАРИЙНАЯ КОРРЕКЦИЯ'), corrections > 0)
  checkSums(world)
  checkProjections(register)
}

const onPaper = (papers: Cashier['world']['papers'], text: string): boolean =>
  papers.some(({ rows }) => JSON.stringify(rows).includes(text))

/** The evening leaves nothing in the drawer, in БД and in the device alike. */
function checkSums({ register, sko }: Cashier['world']): void {
  const device = sko.disk.prepare('select state from device where serial = ?').get(TOKEN)
  const { cash, shift } = JSON.parse(String(device?.state))
  const ledger = JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))
  assert.deepEqual([ledger.balances.drawer, cash], [0, 0], 'БД and СКО')
  assert.deepEqual([ledger.shift, shift], [null, null], 'the shift is closed')
  const sum = register.disk.prepare('select sum(amount) sum from posting').get()?.sum
  assert.equal(Number(sum), 0, 'postings balance')
}
