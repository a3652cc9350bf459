import assert from 'node:assert/strict'
import { test } from 'node:test'
import { virtualCards } from '#core/demo/virtual-card.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import type { OperationId } from '#core/id.ts'
import { printedMoment } from '#core/time.ts'
import { tablesOf } from '#shop/fresh.ts'
import { movedBy, movedByAll } from '#shop/memory-bank.ts'
import { checkProjections } from '#sim/projection-audit.ts'
import { openWorld, type World } from '#sim/world.ts'
import { type Acts, countsOf, nthOf, openActs } from './acts.ts'

// A day with cards, killed at every boundary between two effects of register, СКО and bank, one
// boundary of each act a run. The page repeats the same request; whoever is dead is started in
// between.

const bread = (price: number) => ({ name: 'Хлеб', price, quantity: 2000, vat: 10 })
const byCard = (price: number) => ({
  kind: 'sale',
  lines: [bread(price)],
  payments: [{ means: 'card', sum: 2 * price }],
})
const mixed = {
  kind: 'sale',
  lines: [bread(500)],
  payments: [
    { means: 'card', sum: 600 },
    { means: 'cash', sum: 500 },
  ],
}

const PATIENCE = 30

test('a day with cards killed at any boundary ends with charges and documents equal', async (t) => {
  const kills = await live(() => false)
  const { all, longest } = countsOf(kills)
  t.diagnostic(`${all} boundaries, each killed at, in ${longest} lives`)
  assert.ok(all > 150, 'too few boundaries seen')
  for (const who of ['register', 'sko', 'bank']) {
    assert.ok(kills.seen.flat().some((where) => where.startsWith(who)))
  }
  for (let at = 0; at < longest; at += 1) {
    await live((n) => n === at, `killed at ${nthOf(kills, at)}`)
  }
})

/** Lives the day, killing where told, and checks what must hold after each act and in the end. */
async function live(kill: (n: number) => boolean, name = 'unharmed'): Promise<Acts> {
  const kills = openActs(kill)
  const world = await openWorld((process, where) => kills.pass(`${process} ${where}`))
  const till = openCardTill(world)
  try {
    await till.fulfil({ kind: 'shift-opening' })
    await work(till, async () => {
      await till.settle()
      await checkAtRest(till)
      kills.begin()
    })
    kills.end()
    await till.settle()
    if (name === 'unharmed') assert.deepEqual(till.ends, { registered: 9, failed: 1, reversed: 1 })
    await checkEvening(till)
  } catch (error) {
    throw new Error(name, { cause: error })
  }
  return kills
}

async function work(till: CardTill, rest: () => Promise<void>): Promise<void> {
  const { world, fulfil, attempt, setClearing } = till
  const { reader } = world
  const { device, bank } = world.wires
  await rest()
  const first = await fulfil(byCard(250))
  await rest()
  await fulfil(mixed)
  await rest()
  reader.card = read('poor')
  assert.notEqual((await attempt(byCard(400))).state, 'registered', 'a poor card pays nothing')
  reader.card = read('ok')
  await rest()
  await fulfil({ kind: 'refund', of: first, lines: [{ line: 0, quantity: 800 }] })
  await rest()
  const wrong = await fulfil(byCard(300))
  await rest()
  await fulfil({ kind: 'annulment', of: wrong })
  await rest()
  await setClearing(false)
  device.faults.requestsLost = 1
  await attempt(byCard(350))
  device.faults.requestsLost = 0
  await rest()
  await setClearing(true)
  bank.faults.answersLost = 1
  await fulfil(byCard(450))
  bank.faults.answersLost = 0
  await rest()
  const { cash } = (await till.ask('GET', '/api/facts')).body
  await fulfil({ kind: 'withdrawal', sum: cash })
  await rest()
  await fulfil({ kind: 'shift-closing' })
  await rest()
}

const read = (name: 'ok' | 'poor') => {
  const { pan, expiry } = virtualCards[name]
  return { pan, expiry, entry: 'chip' as const }
}

type CardTill = ReturnType<typeof openCardTill>
type Wish = { kind: string } & Record<string, unknown>

/** A cashier with a customer whose card lies on the reader. */
function openCardTill(world: World) {
  world.reader.card = read('ok')
  const ends = { registered: 0, failed: 0, reversed: 0 }
  let made = 0
  const asking = (by: World['ask']) => async (method: string, path: string, body?: object) => {
    for (let left = PATIENCE; left > 0; left -= 1) {
      await world.revive()
      const answer = await by(method, path, body)
      if (answer) return answer
    }
    assert.fail(`${path}: no answer`)
  }
  const ask = asking(world.ask)
  const attempt = (wish: Wish) => {
    made += 1
    const id = `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
    return untilEnded({ world, ask, ends }, { id, ...wish })
  }
  return {
    world,
    ends,
    ask,
    attempt,
    fulfil: async (wish: Wish): Promise<string> => {
      for (let left = PATIENCE; left > 0; left -= 1) {
        const { id, state } = await attempt(wish)
        if (state === 'registered') return id
      }
      assert.fail(`${wish.kind} never came about`)
    },
    setClearing: async (clearing: boolean): Promise<void> => {
      const administrator = asking(world.askAsAdministrator)
      const { body } = await administrator('PUT', '/api/settings', { clearing })
      assert.equal(body.clearing, clearing)
    },
    /** The register's loops, until nothing is left for them. */
    settle: async (): Promise<void> => {
      for (let left = PATIENCE; ; left -= 1) {
        await world.revive()
        await world.watch()
        await world.reverse()
        await world.closeDay()
        await world.print()
        if (isSettled(world)) return
        assert.ok(left > 0, 'the day never settled')
      }
    },
  }
}

type Desk = {
  world: World
  ask: (method: string, path: string, body?: object) => Promise<Told>
  ends: { registered: number; failed: number; reversed: number }
}
type Told = NonNullable<Awaited<ReturnType<World['ask']>>>

/** One request, repeated until it ends. */
async function untilEnded(
  { world, ask, ends }: Desk,
  request: { id: string } & Wish,
): Promise<{ id: string; state: string }> {
  const { id } = request
  for (let left = PATIENCE; left > 0; left -= 1) {
    const { status, body } = await ask('POST', '/api/operations', request)
    if (body.code === 'reversal.pending') {
      await world.reverse()
      continue
    }
    assert.equal(status, 200, `${request.kind}: ${JSON.stringify(body)}`)
    const { state } = body
    const isEnd = state === 'registered' || state === 'failed'
    if (isEnd || state === 'reversing' || state === 'cancelled') {
      ends[isEnd ? (state as 'registered' | 'failed') : 'reversed'] += 1
      return { id, state }
    }
    await pressOffered({ world, ask }, { id, state, may: body.may })
  }
  assert.fail(`${request.kind} never ended`)
}

/** What the screen offers, pressed twice. */
async function pressOffered(
  { world, ask }: Pick<Desk, 'world' | 'ask'>,
  { id, state, may }: { id: string; state: string; may: string[] },
): Promise<void> {
  const path = `/api/operations/${id}`
  if (state === 'waiting') await ask('POST', `${path}/continue`, {})
  else if (state !== 'red' || (await ask('GET', '/api/settings')).body.clearing) {
    await world.watch()
  } else if (may.includes('cancelUnfinished')) {
    for (const _ of ['pressed', 'pressed again']) await ask('POST', `${path}/cancel-unfinished`, {})
  } else {
    const { document } = (await ask('GET', `${path}/evidence`)).body
    if (!document) await ask('POST', `${path}/deny`, {})
    else {
      const { number, at, uid } = document
      const body = { number: String(number), at: printedMoment(at), uid }
      await ask('POST', `${path}/confirm`, body)
    }
  }
}

const UNSETTLED = `select count(*) n from operation
  where is_open = 1 or doubt = 'unproved' or state = 'reversing'`
const isSettled = (world: World): boolean =>
  world.papersWaiting() === 0 && Number(world.register.disk.prepare(UNSETTLED).get()?.n) === 0

async function checkAtRest({ world, ask }: CardTill): Promise<void> {
  const register = world.register.disk
  const bank = world.bank.disk
  const documents: FiscalDocument[] = world.sko.disk
    .prepare('select body from document order by number')
    .all()
    .map(({ body }) => JSON.parse(String(body)))
  let parts = 0
  for (const { operation, kind, settlement } of documents) {
    const card = kind === 'sale' ? settlement.card : 0 - settlement.card
    parts += card
    assert.equal(movedBy(bank, operation as OperationId), card, `${kind} of ${card} at the bank`)
  }
  assert.equal(movedByAll(bank), parts, 'charges less reversals and refunds = card parts')
  assert.equal((await ask('GET', '/api/facts')).body.discrepancy, 0, 'БД = СКО')
  const made = documents.map(({ operation }) => operation)
  const registered = register
    .prepare(`select id from operation where state = 'registered' order by number`)
    .all()
    .map(({ id }) => id)
  assert.deepEqual(registered, made, 'one document for each operation')
  checkCancellations(world)
  checkProjections(register)
  for (const name of tablesOf(register)) {
    const rows = JSON.stringify(register.prepare(`select * from ${name}`).all())
    assert.ok(!/999999\d{10}/.test(rows), `no card number in ${name}`)
  }
}

async function checkEvening({ world, ask }: CardTill): Promise<void> {
  const { cash, shift } = (await ask('GET', '/api/facts')).body
  assert.deepEqual([cash, shift], [0, null], 'БД = СКО')
  checkDays(world)
}

/** One «Техническая отмена» for each cancellation; what may be on paper already says «ПОВТОР». */
function checkCancellations({ register, papers }: World): void {
  const cancelled = register.disk.prepare(`select id from operation where state = 'cancelled'`)
  const jobs = new Map<number, number>()
  for (const { id, rows } of papers) {
    const text = JSON.stringify(rows)
    if (!text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')) continue
    jobs.set(id, (jobs.get(id) ?? 0) + (text.includes('ПОВТОР') ? 0 : 1))
  }
  assert.equal(jobs.size, cancelled.all().length, 'one paper for each cancellation')
  for (const unmarked of jobs.values()) assert.ok(unmarked <= 1, 'a repeat says so')
}

/** Every business day is closed, and bank and register agree on it. */
function checkDays({ register }: World): void {
  const days = register.disk.prepare('select body from card_day order by seq').all()
  assert.ok(days.length > 0, 'the day is closed with the bank')
  for (const { body } of days) assert.equal(JSON.parse(String(body)).outcome, 'balanced', `${body}`)
}
