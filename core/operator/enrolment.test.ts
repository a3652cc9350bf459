import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MINUTE, SECOND } from '../time.ts'
import {
  CODE_LETTERS,
  CODE_LIFE_MS,
  decided,
  type EnrolmentRequest,
  isConfirmable,
  judgeEnrolment,
  newCode,
  newEnrolmentRequest,
  POLL_WAIT_MS,
  type PollAnswer,
  polled,
  pollText,
  readCode,
  requestText,
  shownCode,
} from './enrolment.ts'

const NOW = 1_764_000_000_000

test('a code is eight consonants, and is read back from what is shown, in any case', () => {
  const letter = fc.nat(CODE_LETTERS.length - 1)
  fc.assert(
    fc.property(fc.array(letter, { minLength: 8, maxLength: 8 }), (places) => {
      const rest = [...places]
      const code = newCode((limit) => (rest.shift() ?? 0) % limit)
      assert.match(code, /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
      assert.match(shownCode(code), /^[A-Z]{4}-[A-Z]{4}$/)
      for (const typed of [code, shownCode(code), shownCode(code).toLowerCase(), ` ${code} `]) {
        assert.equal(readCode(typed), code)
      }
    }),
  )
})

test('spaces, any dash, and Cyrillic keys that look alike are forgiven', () => {
  assert.equal(readCode('bcdf ghjk'), 'BCDFGHJK')
  assert.equal(readCode('BCDF–GHJK'), 'BCDFGHJK')
  assert.equal(readCode('вСНК-мРТх'), 'BCHKMPTX')
})

test('what cannot be a code is none', () => {
  for (const typed of [
    '',
    'BCDF',
    'BCDF-GHJ',
    'BCDF-GHJKL',
    'BCDF-GHJA',
    'BCDF-GHJ0',
    'Ж'.repeat(8),
  ]) {
    assert.equal(readCode(typed), null, typed)
  }
})

type Step = { at: number; isProven?: boolean; poll?: number; decide?: 'confirmed' | 'refused' }

/** Answers of the polls; `at` counts from the request in seconds, polls count by themselves. */
function played(steps: readonly Step[]): (PollAnswer | 'nothing')[] {
  let request: EnrolmentRequest = newEnrolmentRequest(NOW)
  let count = 0
  return steps.flatMap(({ at, isProven = true, poll, decide }) => {
    const now = NOW + at * SECOND
    if (decide) {
      const after = decided(request, decide, now)
      request = after ?? request
      return after ? [] : ['nothing']
    }
    count += 1
    const { answer, next } = polled(request, { poll: poll ?? count, isProven, now })
    request = next
    return [answer]
  })
}

const expiry = CODE_LIFE_MS / SECOND
const table: Record<string, { steps: Step[]; answers: ReturnType<typeof played> }> = {
  'a device that rests as it is told waits': {
    steps: [{ at: 0 }, { at: 2 }, { at: 4 }],
    answers: ['pending', 'pending', 'pending'],
  },
  'a confirmed one is told so, as often as it asks': {
    steps: [{ at: 0 }, { at: 1, decide: 'confirmed' }, { at: 2 }, { at: 2.1 }],
    answers: ['pending', 'confirmed', 'confirmed'],
  },
  'a confirmed one is told so after the code has expired: the answer may have been lost': {
    steps: [{ at: expiry - 1, decide: 'confirmed' }, { at: expiry * 9 }],
    answers: ['confirmed'],
  },
  'a refused one is told so': {
    steps: [{ at: 1, decide: 'refused' }, { at: 2 }],
    answers: ['refused'],
  },
  'after ten minutes the code is worth nothing': {
    steps: [{ at: expiry - 1 }, { at: expiry, decide: 'confirmed' }, { at: expiry + 2 }],
    answers: ['pending', 'nothing', 'expired'],
  },
  'a code is good for one decision': {
    steps: [
      { at: 1, decide: 'confirmed' },
      { at: 2, decide: 'refused' },
      { at: 3, decide: 'confirmed' },
      { at: 4 },
    ],
    answers: ['nothing', 'nothing', 'confirmed'],
  },
  'whoever polls too early is slowed down': {
    steps: [{ at: 0 }, { at: 0.4 }, { at: 4 }],
    answers: ['pending', 'slow-down', 'slow-down'],
  },
  'a slow-down ends once the longer rest is kept': {
    steps: [{ at: 0 }, { at: 0.4 }, { at: 7 }, { at: 8 }, { at: 9 }],
    answers: ['pending', 'slow-down', 'pending', 'pending', 'pending'],
  },
  'a poll on its way for half a second less is not early': {
    steps: [{ at: 0 }, { at: 0.5 }],
    answers: ['pending', 'pending'],
  },
  'after a minute the rests are longer': {
    steps: [{ at: 70 }, { at: 71 }, { at: 82 }, { at: 87 }],
    answers: ['pending', 'slow-down', 'pending', 'pending'],
  },
  'a clock that went back slows nobody down': {
    steps: [{ at: 100 }, { at: 1 }],
    answers: ['pending', 'pending'],
  },
  'a poll without the key’s proof is nobody’s, and slows the device down in no way': {
    steps: [{ at: 0 }, { at: 0.1, isProven: false }, { at: 2, poll: 2 }],
    answers: ['pending', 'unproven', 'pending'],
  },
  'a recorded poll proves nothing': {
    steps: [
      { at: 0, poll: 5 },
      { at: 2, poll: 5 },
      { at: 2, poll: 4 },
      { at: 2, poll: 6 },
    ],
    answers: ['pending', 'unproven', 'unproven', 'pending'],
  },
  'without the proof nobody is told what was decided': {
    steps: [
      { at: 0, decide: 'confirmed' },
      { at: 1, isProven: false },
    ],
    answers: ['unproven'],
  },
}

for (const [name, { steps, answers }] of Object.entries(table)) {
  test(name, () => assert.deepEqual(played(steps), answers))
}

test('however early a device polls, it never waits longer than half a minute', () => {
  let request = newEnrolmentRequest(NOW)
  for (let poll = 1; poll < 20; poll++) {
    request = polled(request, { poll, isProven: true, now: NOW + poll }).next
  }
  assert.equal(request.waitMs, 30 * SECOND)
  const after = polled(request, { poll: 20, isProven: true, now: NOW + MINUTE })
  assert.equal(after.answer, 'pending')
  assert.equal(after.next.waitMs, POLL_WAIT_MS.later)
})

test('a code can be confirmed for ten minutes, while nobody has decided', () => {
  const request = newEnrolmentRequest(NOW)
  assert.ok(isConfirmable(request, NOW + CODE_LIFE_MS - 1))
  assert.ok(!isConfirmable(request, NOW + CODE_LIFE_MS))
  assert.ok(!isConfirmable({ ...request, state: 'refused' }, NOW))
})

test('what stands at a register is replaced only where it is named', () => {
  const empty = { device: null, till: null }
  assert.equal(judgeEnrolment('sko', empty, null), null)
  assert.deepEqual(judgeEnrolment('register', empty, null), { code: 'enrolment.no-device' })
  const half = { device: 'D1', till: null }
  assert.equal(judgeEnrolment('register', half, null), null)
  assert.deepEqual(judgeEnrolment('sko', half, null), { code: 'enrolment.occupied', device: 'D1' })
  assert.deepEqual(judgeEnrolment('sko', half, 'D0')?.code, 'enrolment.occupied')
  assert.equal(judgeEnrolment('sko', half, 'D1'), null)
  const whole = { device: 'D1', till: 'T1' }
  assert.deepEqual(judgeEnrolment('register', whole, 'D1')?.code, 'enrolment.occupied')
  assert.equal(judgeEnrolment('register', whole, 'T1'), null)
})

test('what a device signs of itself: the bytes, and that no two texts share them', () => {
  const enrollee = { kind: 'sko', serial: 'A', publicKey: 'P', agreement: 'Q' } as const
  assert.equal(requestText(enrollee), '["zpos-device-1","request","sko","A","P","Q"]')
  assert.equal(pollText('R', 7), '["zpos-device-1","poll","R",7]')
  const aPoll = fc.tuple(fc.string(), fc.nat())
  fc.assert(
    fc.property(aPoll, aPoll, (one, other) => {
      fc.pre(String(one) !== String(other))
      assert.notEqual(pollText(...one), pollText(...other))
      // A document's bytes begin as an object does.
      assert.ok(pollText(...one).startsWith('['))
    }),
  )
})
