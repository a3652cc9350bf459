import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Attempts,
  afterWrong,
  afterWrongOverAll,
  mustWait,
  mustWaitForCode,
  mustWaitOverAll,
  noAttempts,
  withoutOne,
} from './lockout.ts'
import { DAY, MINUTE, SECOND } from './time.ts'

const wrongly = (times: number, count: typeof afterWrong, at = 0): Attempts =>
  Array.from({ length: times }).reduce<Attempts>((attempts) => count(attempts, at), noAttempts)

test('a place has three guesses, then waits twice as long each time, at most 15 minutes', () => {
  const waits = [2, 3, 4, 5, 30].map((times) => mustWait(wrongly(times, afterWrong), 0))
  assert.deepEqual(waits, [0, 5 * SECOND, 10 * SECOND, 20 * SECOND, 15 * MINUTE])
})

test('a wait is told in whole milliseconds, however fine the clock is', () => {
  assert.equal(mustWait(wrongly(3, afterWrong, 0.4), 77.114), 4924)
})

test('guesses of all strangers together make all wait, at most 5 minutes', () => {
  const waits = [19, 20, 21, 60].map((times) =>
    mustWaitOverAll(wrongly(times, afterWrongOverAll), 0),
  )
  assert.deepEqual(waits, [0, 5 * SECOND, 10 * SECOND, 5 * MINUTE])
})

test('who comes and goes rightly takes nothing from the count of the guesses', () => {
  const guessed = wrongly(20, afterWrongOverAll)
  assert.deepEqual(withoutOne(afterWrongOverAll(guessed, 0)), guessed)
})

test('strangers together guess less than 500 times a day, however many places they have', () => {
  let attempts = noAttempts
  let guesses = 0
  for (let now = 0; now < DAY; now += 5 * SECOND) {
    if (mustWaitOverAll(attempts, now) > 0) continue
    attempts = afterWrongOverAll(attempts, now)
    guesses += 1
  }
  assert.ok(guesses < 500, `${guesses}`)
})

test('guesses are forgotten one by one', () => {
  const guessed = wrongly(21, afterWrongOverAll)
  assert.equal(mustWaitOverAll(guessed, 20 * MINUTE), 0)
  assert.equal(afterWrongOverAll(guessed, 20 * MINUTE).wrong, 20)
})

test('a clock that went back locks nobody out for longer than the wait itself', () => {
  assert.equal(mustWait(wrongly(3, afterWrong, DAY), 0), 5 * SECOND)
  const guessed = wrongly(25, afterWrongOverAll, DAY)
  assert.ok(mustWaitOverAll(guessed, DAY) > 0)
  assert.equal(mustWaitOverAll(guessed, DAY - 1), 0)
  assert.ok(mustWaitForCode(guessed, DAY) > 0)
  assert.equal(mustWaitForCode(guessed, DAY - 1), 0)
  assert.ok(mustWaitForCode(afterWrongOverAll(guessed, 0), 0) > 0, 'the next wrong one counts on')
})

test('an account has five wrong codes, then waits longer and longer, at most 15 minutes', () => {
  const after = (times: number) => wrongly(times, afterWrongOverAll)
  const waits = [4, 5, 6, 40].map((times) => mustWaitForCode(after(times), 0))
  assert.deepEqual(waits, [0, 5 * SECOND, 10 * SECOND, 15 * MINUTE])
})

test('an account guesses less than 250 codes a day, of 25,600,000,000', () => {
  let attempts = noAttempts
  let guesses = 0
  for (let now = 0; now < DAY; now += SECOND) {
    if (mustWaitForCode(attempts, now) > 0) continue
    attempts = afterWrongOverAll(attempts, now)
    guesses += 1
  }
  assert.ok(guesses < 250, `${guesses}`)
})
