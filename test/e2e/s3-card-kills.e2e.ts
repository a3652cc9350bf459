import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationView } from '#core/api/register.ts'
import type { CountName } from '#core/api/stand.ts'
import { allAgrees, cameOf, mixedSale, sellByCard } from './card-money.ts'
import { carryOut, done, newId, openShop, until } from './shop.ts'

// Every fault of a card operation, and somebody killed at that very moment.

const shop = await openShop('embedded')
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const faults = [
  ...(['bank.answer-lost', 'bank.request-lost'] as const),
  ...(['sko.answer-lost', 'sko.request-lost', 'sko.unplugged'] as const),
]
const kinds = ['sale', 'refund', 'annulment'] as const
const victims = ['register', 'acquirer', 'sko'] as const
type Cell = {
  fault: CountName | 'sko.unplugged'
  kind: (typeof kinds)[number]
  victim: (typeof victims)[number]
}

/** What must come of it; null: who was killed may have got to it or not. */
function expected({ fault, victim }: Cell): 'both' | 'neither' | null {
  switch (fault) {
    case 'bank.request-lost':
      return 'neither'
    case 'bank.answer-lost':
      return victim === 'acquirer' ? null : 'both'
    case 'sko.answer-lost':
      return victim === 'sko' ? null : 'both'
    case 'sko.request-lost':
      return victim === 'sko' ? null : 'neither'
    case 'sko.unplugged':
      return 'both'
    default:
      return fault satisfies never
  }
}

const viewOf = async (id: string) => done(await shop.register.operation({ id }))

/** Returns as soon as the fault has struck. */
async function struck(fault: Cell['fault'], id: string): Promise<void> {
  if (fault === 'sko.unplugged') {
    await until('диалог потери СКО', async () => {
      const known = await shop.register.operation({ id })
      return (known.kind === 'done' && known.value.state === 'waiting') || undefined
    })
    return
  }
  const last = Date.now() + 15_000
  // Without a pause: who is killed at his own fault must die before he has answered.
  while ((await shop.faults())[fault].count > 0) assert.ok(Date.now() < last, 'сбой не сработал')
}

const hasEnded = ({ state }: OperationView): boolean =>
  ['registered', 'failed', 'cancelled'].includes(state)

/** Whom the fault strikes stands still until the victim is dead, unless he is the victim. */
async function hold({ fault, victim }: Cell): Promise<(() => void) | null> {
  const side = fault.startsWith('bank.') ? 'acquirer' : 'sko'
  return fault === 'sko.unplugged' || victim === side ? null : shop.freeze(side)
}

/** A cashier who presses «Продолжить» while she is asked, and waits for the rest. */
const ended = (id: string): Promise<OperationView> =>
  until(`исход ${id}`, async () => {
    const view = await viewOf(id)
    if (view.state === 'waiting') await shop.register.continue({ id })
    return hasEnded(view) ? view : undefined
  })

async function run(cell: Cell): Promise<void> {
  const { fault, kind, victim } = cell
  const id = newId()
  const wish = kind === 'sale' ? mixedSale : { kind, of: (await sellByCard(shop)).id }
  if (kind === 'sale') await shop.tap('ok')
  if (fault === 'sko.unplugged') await shop.fault(fault, { on: true })
  else await shop.fault(fault, { count: 1 })
  const thaw = await hold(cell)
  const underWay = shop.register.begin({ ...wish, id } as never)
  await struck(fault, id)
  await shop.kill(victim)
  const known = await shop.register.operation({ id })
  thaw?.()
  // Held or pulled out, it cannot have ended; a register that is dead tells nothing.
  const isOver = known.kind === 'done' && hasEnded(known.value)
  assert.ok(!isOver || (thaw === null && fault !== 'sko.unplugged'), 'убит посреди операции')
  const answer = await underWay
  if (victim === 'register' && fault !== 'sko.unplugged') assert.equal(answer.kind, 'unknown')
  await shop.resetFaults()
  await shop.start(victim)

  const { state } = await ended(id)
  const came = await cameOf(shop, id)
  assert.equal(came, state === 'registered' ? 'both' : 'neither', `касса говорит: ${state}`)
  assert.equal(came, expected(cell) ?? came)
  await allAgrees(shop)
}

// Every kind at every boundary is crash-card.test.ts; here each fault and each victim meet in one.
for (const [row, fault] of faults.entries()) {
  for (const [column, victim] of victims.entries()) {
    const kind = kinds[(row + column) % kinds.length] ?? 'sale'
    test(`${fault}, ${kind}, ${victim} killed: document and charge, or neither`, () =>
      run({ fault, kind, victim }))
  }
}
