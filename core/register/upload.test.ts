import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uploadIn } from '#core/words/operations.ts'
import { NOW } from '#test/fixtures.ts'
import { DAY, MINUTE } from '../time.ts'
import { type UploadFacts, uploadTrouble } from './upload.ts'

const facts: UploadFacts = {
  unsent: 2,
  oldestAt: NOW - MINUTE,
  fault: 'unreachable',
  internet: true,
  operator: true,
  soundMs: null,
  now: NOW,
}

// S5.3, R13: the cause, and whom to turn to.
const rows: [string, Partial<UploadFacts>, string | null, RegExp][] = [
  ['nothing unsent', { unsent: 0 }, null, /^/],
  ['not failed yet', { fault: null }, null, /^/],
  ['no internet', { internet: false, operator: false }, 'no-internet', /подключение/],
  ['operator silent', { operator: false }, 'operator-silent', /Обратитесь к оператору/],
  ['blocked', { fault: 'rejected: register.blocked' }, 'operator-rejects', /к оператору/],
  ['unknown register', { fault: 'rejected: device.unknown' }, 'operator-rejects', /к оператору/],
  ['bad signature', { fault: 'rejected: seal.broken' }, 'operator-rejects', /техническ/],
  ['mended a moment ago', { soundMs: MINUTE }, 'waiting', /выключайте/],
  ['both fine and still nothing', { soundMs: 3 * MINUTE }, 'unclear', /техническ/],
]

for (const [name, change, cause, next] of rows) {
  test(`documents do not go: ${name}`, () => {
    const trouble = uploadTrouble({ ...facts, ...change })
    assert.equal(trouble?.cause ?? null, cause)
    assert.match(trouble ? uploadIn('ru', trouble).next : '', next)
  })
}

test('S5.4: the fifth day warns of the moment when work stops, the fourth does not', () => {
  const stopsAt = (oldestAt: number) => uploadTrouble({ ...facts, oldestAt })?.stopsAt
  assert.equal(stopsAt(NOW - 4 * DAY + 1), null)
  assert.equal(stopsAt(NOW - 4 * DAY), NOW + 3 * DAY)
  assert.equal(uploadTrouble({ ...facts, fault: null, oldestAt: NOW - 5 * DAY })?.cause, 'waiting')
})

test('what stops is told: not at the seventh day, right after it', () => {
  const stopped = (oldestAt: number | null) => uploadTrouble({ ...facts, oldestAt })?.stopped
  assert.equal(stopped(NOW - 7 * DAY), false)
  assert.equal(stopped(NOW - 7 * DAY - 1), true)
  assert.equal(stopped(null), false)
})

test('the cause goes with the operator’s code, and with whether the net was asked', () => {
  const told = (change: Partial<UploadFacts>) => uploadTrouble({ ...facts, ...change })
  assert.equal(told({})?.code, null)
  assert.equal(told({ fault: 'rejected: seal.broken' })?.code, 'seal.broken')
  assert.equal(told({ fault: 'was rejected: seal.broken' })?.code, null)
  assert.equal(told({})?.isProbed, true)
  assert.equal(told({ internet: null })?.isProbed, false)
  assert.equal(told({ soundMs: 2 * MINUTE })?.cause, 'unclear')
  assert.equal(told({ soundMs: 2 * MINUTE - 1 })?.cause, 'waiting')
})
