import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, daysBetween, laterDay, printedDay, startOfDay } from './calendar.ts'

test('days are counted whole, over months of any length, and printed as people read them', () => {
  assert.equal(startOfDay('2026-11-27'), Date.UTC(2026, 10, 26, 21))
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28')
  assert.equal(addMonths('2026-01-31', 2), '2026-03-31')
  assert.equal(addMonths('2026-11-30', 3), '2027-02-28')
  assert.equal(addMonths('2027-11-29', 3), '2028-02-29')
  assert.equal(daysBetween('2026-02-27', '2026-03-01'), 2)
  assert.equal(daysBetween('2026-03-01', '2026-02-27'), -2)
  assert.throws(() => daysBetween('2026-02-27', 'no day'), /whole between 2026-02-27 and no day/)
  assert.equal(laterDay('2026-02-27', '2026-03-01'), '2026-03-01')
  assert.equal(laterDay('2026-03-01', '2026-02-27'), '2026-03-01')
  assert.equal(printedDay('2026-02-28'), '28.02.2026')
})
