import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, daysBetween } from '#core/billing/calendar.ts'
import { openDice } from '#sim/dice.ts'
import { partsOf } from './turnover.ts'

/** All days from the first to the last one. */
const daysIn = ({ from, to }: { from: string; to: string }): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n))

test('a period is its whole months and the days at its ends, each day once', () => {
  const dice = openDice(3)
  for (let n = 0; n < 300; n += 1) {
    const from = addDays('2025-12-15', dice.int(0, 500))
    const to = addDays(from, dice.pick([0, 1, 27, 30, 31, 59, 89, 364, dice.int(0, 365)]))
    const { days, months } = partsOf({ from, to })
    const parts = days.flatMap(daysIn)
    const whole = daysIn({ from: '2025-12-01', to: addDays(to, 31) }).filter(
      (day) => months !== null && day.slice(0, 7) >= months.from && day.slice(0, 7) <= months.to,
    )
    assert.deepEqual([...parts, ...whole].toSorted(), daysIn({ from, to }), `${from} ${to}`)
  }
})
