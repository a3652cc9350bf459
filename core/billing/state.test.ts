import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import {
  accountToldOf,
  type BillingFacts,
  billingStateOf,
  billingStates,
  isForbidding,
  isOlder,
  isWarning,
} from './state.ts'
import { newRun, type Subscription } from './subscription.ts'

const terms = { tariff: 'month', price: kopecks(2900), months: 1, days: 0 }
const aRun = (change: Partial<Subscription> = {}): Subscription =>
  Object.assign(
    newRun({ serial: 'A', run: 0, renews: true }, { terms, anchor: '2026-11-20' }),
    { paid: 1 },
    change,
  )

const contract = { unp: '191000002', account: '10000001', isInForce: true }
const facts = (change: Partial<BillingFacts> = {}): BillingFacts =>
  Object.assign(
    {
      today: '2026-11-27',
      unp: '191000002',
      version: '0.1.0',
      equipment: { contract },
      holdings: { balance: kopecks(0), subscriptions: [aRun()] },
      serial: 'A',
      required: null,
    },
    change,
  )
const holding = (balance: number, ...subscriptions: Subscription[]) => ({
  holdings: { balance: kopecks(balance), subscriptions },
})

test('each state arises from the data behind it', () => {
  assert.equal(billingStateOf(facts()), 'ok')
  assert.equal(billingStateOf(facts({ equipment: null })), 'serial-unknown')
  assert.equal(billingStateOf(facts({ equipment: { contract: null } })), 'no-contract')
  const ended = { contract: Object.assign({}, contract, { isInForce: false }) }
  assert.equal(billingStateOf(facts({ equipment: ended })), 'no-contract')
  assert.equal(billingStateOf(facts({ unp: '190275968' })), 'unp-mismatch')
  assert.equal(billingStateOf(facts(holding(99_999))), 'no-subscription')
  assert.equal(billingStateOf(facts({ required: '0.2' })), 'update-required')
  assert.equal(billingStateOf(facts({ required: '0.1.0' })), 'ok')
  const today = '2026-12-13'
  const manual = aRun({ renews: false })
  assert.equal(billingStateOf(facts(Object.assign({ today }, holding(9_999, manual)))), 'ending')
  const poor = Object.assign({ today }, holding(2_899, aRun()))
  assert.equal(billingStateOf(facts(poor)), 'ending-no-funds')
  assert.equal(billingStateOf(facts(Object.assign({ today }, holding(2_900, aRun())))), 'ok')
})

test('where several hold the first of the table is told', () => {
  const all = facts(Object.assign({ unp: '190275968', required: '9' }, holding(0)))
  const order = [
    billingStateOf(Object.assign({}, all, { equipment: null })),
    billingStateOf(Object.assign({}, all, { equipment: { contract: null } })),
    billingStateOf(all),
    billingStateOf(Object.assign({}, all, { unp: contract.unp })),
    billingStateOf(Object.assign({}, all, { unp: contract.unp }, holding(0, aRun()))),
  ]
  assert.deepEqual(order, [
    'serial-unknown',
    'no-contract',
    'unp-mismatch',
    'no-subscription',
    'update-required',
  ])
})

test('a warning begins seven days ahead, and the last paid day is still paid', () => {
  const at = (today: string) => billingStateOf(facts(Object.assign({ today }, holding(0, aRun()))))
  assert.equal(at('2026-12-12'), 'ok')
  assert.equal(at('2026-12-13'), 'ending-no-funds')
  assert.equal(at('2026-12-19'), 'ending-no-funds')
  assert.equal(at('2026-12-20'), 'no-subscription')
})

test('one purse for several tills: what falls due earlier is taken first', () => {
  const earlier = aRun({ serial: 'B', anchor: '2026-11-19' })
  const today = '2026-12-15'
  const with2 = (balance: number) =>
    billingStateOf(facts(Object.assign({ today }, holding(balance, aRun(), earlier))))
  assert.equal(with2(2_900), 'ending-no-funds')
  assert.equal(with2(5_800), 'ok')
})

test('versions are compared number by number', () => {
  assert.ok(isOlder('1.9', '1.10.0'))
  assert.ok(isOlder('1.10', '1.10.1'))
  assert.ok(!isOlder('1.10.1', '1.10'))
  assert.ok(!isOlder('1.10', '1.10'))
  assert.ok(isOlder('0.9', '1'))
  assert.ok(!isOlder('1.10.0', '1.10'))
  assert.ok(!isOlder('2', '1.99.99'))
})

test('what forbids, what only warns, and the one state that does neither', () => {
  const forbids = [
    'serial-unknown',
    'no-contract',
    'unp-mismatch',
    'no-subscription',
    'update-required',
  ]
  assert.deepEqual(billingStates.filter(isForbidding), forbids)
  assert.deepEqual(billingStates.filter(isWarning), ['ending', 'ending-no-funds'])
})

test('the account number is told to the client of the contract alone, while it is in force', () => {
  assert.equal(accountToldOf(facts()), '10000001')
  assert.equal(accountToldOf(facts({ unp: '190275968' })), null)
  assert.equal(accountToldOf(facts({ equipment: null })), null)
  assert.equal(accountToldOf(facts({ equipment: { contract: null } })), null)
  const ended = { contract: Object.assign({}, contract, { isInForce: false }) }
  assert.equal(accountToldOf(facts({ equipment: ended })), null)
})
