import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  DAY,
  isoMinsk,
  LAST_MOMENT,
  MINUTE,
  minskDay,
  parseTypedMoment,
  parseTypedTime,
  printedMoment,
  SECOND,
} from './time.ts'

const morning = Date.UTC(2025, 6, 1, 7, 15, 42)

test('people read Minsk time, three hours ahead of UTC the whole year', () => {
  assert.equal(printedMoment(morning), '01.07.2025 10:15:42')
  assert.equal(isoMinsk(morning), '2025-07-01T10:15:42+03:00')
  assert.equal(printedMoment(Date.UTC(2025, 0, 15, 7, 15, 42)), '15.01.2025 10:15:42')
})

test('a day begins at midnight in Minsk', () => {
  assert.equal(minskDay(Date.UTC(2024, 11, 31, 20, 59, 59)), '2024-12-31')
  assert.equal(minskDay(Date.UTC(2024, 11, 31, 21, 0, 0)), '2025-01-01')
})

test('a typed moment means a minute, or the second that was typed (R10)', () => {
  assert.deepEqual(parseTypedMoment('01.07.2025 10:15'), {
    from: morning - 42 * SECOND,
    until: morning - 42 * SECOND + MINUTE,
  })
  assert.deepEqual(parseTypedMoment('  01.07.2025  10:15:42 '), {
    from: morning,
    until: morning + SECOND,
  })
  assert.equal(parseTypedMoment('01.07.2025 9:05')?.from, Date.UTC(2025, 6, 1, 6, 5))
})

test('what is no date or no time of day is refused', () => {
  const wrong = [
    '',
    'вчера',
    '2025-07-01 10:15',
    '31.02.2025 10:15',
    '29.02.2025 10:15',
    '00.07.2025 10:15',
    '01.13.2025 10:15',
    '01.00.2025 10:15',
    '01.07.2025 24:00',
    '01.07.2025 24:15',
    '01.07.2025 25:00',
    '01.07.2025 10:60',
    '01.07.2025 10:15:60',
    '01.07.0099 10:15',
    '01.07.2025',
    '1.7.2025 10:15',
  ]
  for (const text of wrong) assert.equal(parseTypedMoment(text), null, text)
  assert.ok(parseTypedMoment('29.02.2024 10:15'))
})

test('a typed time of day means a minute, or the second that was typed', () => {
  assert.deepEqual(parseTypedTime('10:15'), { from: 615 * MINUTE, until: 616 * MINUTE })
  const second = 615 * MINUTE + 42 * SECOND
  assert.deepEqual(parseTypedTime(' 10:15:42 '), { from: second, until: second + SECOND })
  assert.deepEqual(parseTypedTime('0:00:00'), { from: 0, until: SECOND })
  assert.equal(parseTypedTime('23:59')?.until, DAY)
  for (const wrong of ['', '10', '10:', '10:1', '24:00', '10:60', '10:15:60', '10:15:4', '-1:00']) {
    assert.equal(parseTypedTime(wrong), null, wrong)
  }
})

test('what was printed on a receipt reads back as its second', () => {
  const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) })
  fc.assert(
    fc.property(moment, (at) => {
      const typed = parseTypedMoment(printedMoment(at))
      assert.ok(typed && typed.from <= at && at < typed.until)
      assert.equal(typed.until - typed.from, SECOND)
      assert.equal(Date.parse(isoMinsk(at)), typed.from)
    }),
  )
})

test('the last moment is the last that has a year of four digits', () => {
  assert.equal(isoMinsk(LAST_MOMENT), '9999-12-31T23:59:59+03:00')
  assert.equal(printedMoment(LAST_MOMENT), '31.12.9999 23:59:59')
})
