import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CardDay, type DayTotals, type Movement, totalsOf } from '#core/card/business-day.ts'
import { kopecks } from '#core/money.ts'
import type { AcquirerLink } from '../links/acquirer.ts'
import type { RegisterStore } from '../memory/store.ts'
import { openBusinessDay } from './business-day.ts'

const movement = (n: number, sum: number): Movement => ({
  operation: `0197a2b4-0000-7000-8000-${String(n).padStart(12, '0')}`,
  kind: 'purchase',
  reversal: false,
  sum: kopecks(sum),
})

type Said = Awaited<ReturnType<AcquirerLink['reconcile']>>

/** Days of a register before a bank that says what it is told to. */
function aDesk(own: Record<number, Movement[]>, bank: Record<number, Said>, listed: Movement[]) {
  const open = new Set(Object.keys(own).map(Number))
  const asked: string[] = []
  const closed: CardDay[] = []
  const store: Partial<RegisterStore> = {
    openCardDays: () => [...open],
    isDueCardDay: (day) => day < Math.max(...open),
    cardsUnderWay: () => false,
    cardMovements: (day) => own[day] ?? [],
    cardIdentity: () => null,
    closeCardDay: (day) => {
      open.delete(day.day)
      closed.push(day)
    },
  }
  const acquirer: Partial<AcquirerLink> = {
    reconcile: async ({ day, repeat }) => {
      asked.push(`${day}${repeat ? ' again' : ''}`)
      return bank[day] ?? { kind: 'silent' }
    },
    movements: async () => listed,
    inquire: async () => ({ kind: 'silent' }),
  }
  const ports = { store: store as RegisterStore, acquirer: acquirer as AcquirerLink }
  const desk = openBusinessDay({ ...ports, now: () => 0, changed: () => {} })
  return { ...desk, asked, closed, bank }
}

const balanced = (totals: DayTotals): Said => ({ kind: 'balanced', totals })

test('days are closed oldest first, and none after one that is not answered (A4)', async () => {
  const own = { 1: [movement(1, 100)], 2: [movement(2, 200)], 3: [movement(3, 300)] }
  const bank: Record<number, Said> = {
    1: balanced(totalsOf(own[1])),
    3: balanced(totalsOf(own[3])),
  }
  const desk = aDesk(own, bank, [])
  assert.equal(await desk.closeNow(), null)
  assert.deepEqual(desk.asked, ['1', '2'])
  bank[2] = balanced(totalsOf(own[2]))
  await desk.step()
  assert.deepEqual(desk.asked, ['1', '2', '2 again'], 'a repeat says so; day 3 goes on')
  const last = await desk.closeNow()
  assert.equal(typeof last !== 'string' && last?.day, 3)
  assert.deepEqual(
    desk.closed.map(({ day }) => day),
    [1, 2, 3],
  )
  assert.equal(await desk.closeNow(), 'none')
})

test('a day that the bank refuses does not hold up the next', async () => {
  const own = { 1: [movement(1, 100)], 2: [movement(2, 200)] }
  const bank: Record<number, Said> = {
    1: { kind: 'refused', code: '915' },
    2: balanced(totalsOf(own[2])),
  }
  const desk = aDesk(own, bank, [])
  const last = await desk.closeNow()
  assert.equal(typeof last !== 'string' && last?.day, 2)
})

test('«in balance» beside other sums is out of balance, by the bank’s own list', async () => {
  const own = { 1: [movement(1, 2000)] }
  const theirs = [movement(1, 1000)]
  const desk = aDesk(own, { 1: balanced(totalsOf(theirs)) }, theirs)
  const day = await desk.closeNow()
  assert.ok(day && typeof day !== 'string')
  assert.equal(day.outcome, 'differs')
  assert.deepEqual(
    day.differences?.map(({ bank, terminal }) => [bank?.sum, terminal?.sum]),
    [[1000, 2000]],
  )
})

test('a list that does not add up to the bank’s totals explains nothing', async () => {
  const own = { 1: [movement(1, 2000)] }
  const totals = totalsOf([movement(1, 1000)])
  const desk = aDesk(own, { 1: { kind: 'differs', totals } }, [movement(1, 999)])
  const day = await desk.closeNow()
  assert.ok(day && typeof day !== 'string')
  assert.deepEqual([day.outcome, day.differences], ['differs', null])
})
