import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, HOUR } from '../time.ts'
import {
  answersTill,
  GRACE_MS,
  LEASE_MS,
  type Lease,
  leaseText,
  signLease,
  standingOf,
} from './lease.ts'
import { billingStates, isForbidding } from './state.ts'

const NOW = Date.UTC(2026, 10, 27)
const lease = (change: Partial<Lease> = {}): Lease => {
  const usual: Lease = {
    says: 'lease',
    serial: 'A',
    unp: '191000002',
    state: 'ok',
    account: '10000001',
    endsOn: '2026-12-27',
    issued: NOW,
    until: NOW + LEASE_MS,
    counter: 1,
    nonce: 'asked just now',
  }
  return Object.assign(usual, change)
}
const mac = (text: string) => createHash('sha256').update(`secret ${text}`).digest('base64')
const key = (text: string) => ({ key: 'office', signature: mac(text) })
const verify = (id: string, text: string, signature: string) =>
  id === 'office' && signature === mac(text)

test('a lease counts for the till and the question that it answers, whole as it was signed', () => {
  const asked = { serial: 'A', unp: '191000002', nonce: 'asked just now' }
  const signed = signLease(lease(), key)
  assert.ok(answersTill(signed, asked, verify))
  for (const field of ['serial', 'unp', 'nonce'] as const) {
    const other = Object.assign({}, asked, { [field]: 'other' })
    assert.ok(!answersTill(signed, other, verify), field)
  }
  const bent: Partial<Lease>[] = [
    { state: 'ending' },
    { account: '1' },
    { endsOn: null },
    { issued: 1 },
    { until: NOW + GRACE_MS },
    { counter: 2 },
  ]
  for (const change of bent) {
    const forged = Object.assign({}, signed, { lease: lease(change) })
    assert.ok(!answersTill(forged, asked, verify), JSON.stringify(change))
  }
})

test('what is signed names whose word it is, and every field of the answer at its place', () => {
  const { says, serial, unp, state, account, endsOn, issued, until, counter, nonce } = lease()
  const told = [says, serial, unp, [state, account, endsOn], issued, until, counter, nonce]
  assert.deepEqual(JSON.parse(leaseText(lease())), ['zpos-office-1', ...told])
})

test('an answer is good for a day, then for seven of grace, then nothing is opened', () => {
  const at = (age: number) => {
    const { forbids, graceUntil, state } = standingOf(kept(lease()), NOW + age, false)
    return [forbids, graceUntil, state]
  }
  const end = NOW + LEASE_MS + GRACE_MS
  assert.deepEqual(at(DAY), [false, null, 'ok'])
  assert.deepEqual(at(DAY + 1), [false, end, 'ok'])
  assert.deepEqual(at(8 * DAY), [false, end, 'ok'])
  assert.deepEqual(at(8 * DAY + 1), [true, null, 'unheard'])
})

test('a till that never heard of the office works as long from its first question', () => {
  const fresh = { lease: null, since: NOW, latest: NOW }
  assert.equal(standingOf(fresh, NOW + DAY, false).graceUntil, null)
  assert.equal(standingOf(fresh, NOW + 8 * DAY, false).forbids, false)
  assert.equal(standingOf(fresh, NOW + 8 * DAY, false).graceUntil, NOW + 8 * DAY)
  assert.equal(standingOf(fresh, NOW + 8 * DAY + 1, false).forbids, true)
})

test('a clock that is set back extends nothing', () => {
  const late = { lease: lease(), since: NOW, latest: NOW + 9 * DAY }
  assert.ok(standingOf(late, NOW + HOUR, false).forbids)
})

test('what was forbidden stays so however old, and is never turned into another state', () => {
  const age = fc.integer({ min: 0, max: 400 * DAY })
  fc.assert(
    fc.property(fc.constantFrom(...billingStates), age, (state, ms) => {
      const standing = standingOf(kept(lease({ state })), NOW + ms, true)
      if (isForbidding(state)) assert.ok(standing.forbids && standing.state === state)
      else assert.equal(standing.forbids, ms > LEASE_MS + GRACE_MS)
    }),
  )
})

const kept = (of: Lease) => ({ lease: of, since: of.issued, latest: of.issued })

test('a wanted update forbids only where it can be installed, else it warns', () => {
  const wanted = kept(lease({ state: 'update-required' }))
  for (const ms of [0, DAY, 3 * DAY]) {
    const { forbids, warns } = standingOf(wanted, NOW + ms, false)
    assert.deepEqual({ forbids, warns }, { forbids: false, warns: true })
    assert.ok(standingOf(wanted, NOW + ms, true).forbids)
  }
  assert.equal(standingOf(wanted, NOW + 3 * DAY, false).graceUntil, NOW + LEASE_MS + GRACE_MS)
  assert.equal(standingOf(wanted, NOW + 30 * DAY, false).state, 'unheard')
})
