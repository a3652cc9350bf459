import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { openCounters } from '#core/document/report.ts'
import { kopecks } from '#core/money.ts'
import { acknowledge } from '#core/operator/statement.ts'
import { silentLog } from '#services/runtime/log.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import {
  aClock,
  aDocument,
  aKey,
  anEnrolledDevice,
  anIssuer,
  anOperation,
  NOW,
  sealWith,
} from '#test/fixtures.ts'
import { provenEnd } from '#test/proven.ts'
import { openSeals } from '../links/seal.ts'
import { openSkoLink } from '../links/sko.ts'
import { openRegisterDb, openRegisterStore } from '../memory/store.ts'
import { openDeviceWatch } from './device.ts'

/** A watch of a device whose answers are given by hand, when the test says. */
function aWatch() {
  const waiting: ((answer: Awaited<ReturnType<Send>>) => void)[] = []
  const send = provenEnd('secret', () => new Promise((resolve) => waiting.push(resolve)))
  const clock = aClock()
  const sko = openSkoLink({
    send,
    token: anIssuer().device,
    credential: 'secret',
    seals: openSeals(anEnrolledDevice(aKey())),
    holder: () => null,
    checked: () => {},
    clock,
    log: silentLog,
  })
  const store = openRegisterStore(openRegisterDb(':memory:'), clock.now)
  let changes = 0
  const changed = () => {
    changes += 1
  }
  const watch = openDeviceWatch({ store, sko, now: clock.now, changed, verify: believesOperator })
  const answer = (reply: Awaited<ReturnType<Send>>) => waiting.shift()?.(reply)
  return { watch, store, answer, changes: () => changes }
}

/** The device's state after its document `number`, the shift open. */
const stateAt = (number: number, cash: string, more: object = {}) => ({
  status: 200,
  body: JSON.stringify({
    type: 'send',
    data: {
      serial: anIssuer().device,
      next_number: number + 1,
      acknowledged: 1,
      cash_in: { BYN: cash },
      shift_state: { shift_number: 1, opened: '', cash_in: { BYN: cash } },
      oldest_unsent: null,
      issuer: anIssuer(),
      upload_fault: null,
      counters: { ...openCounters(1, NOW, 1), lastNumber: number },
      ...more,
    },
  }),
})

const registered = (number: number, cash: number) => {
  const document = aDocument({ number, cash: kopecks(cash) })
  const sealed = sealWith(document, aKey())
  return anOperation({
    state: { is: 'registered', by: 'sko', proof: 'proved' },
    signed: { document, sealed },
  })
}

test('an answer that a document has overtaken is not taken over', async () => {
  const { watch, store, answer } = aWatch()
  watch.note(registered(2, 1250))
  const asked = watch.refresh()
  watch.note(registered(3, 2500))
  answer(stateAt(2, '12.50'))
  assert.equal((await asked)?.cash, 2500)
  assert.deepEqual([watch.known()?.nextNumber, watch.known()?.cash], [4, 2500])
  assert.equal(store.ledger().shift, null, 'nor is its shift')
})

test('an answer that nothing has overtaken is the news, and the shift follows it', async () => {
  const { watch, store, answer, changes } = aWatch()
  watch.note(registered(2, 1250))
  const asked = watch.refresh()
  answer(stateAt(5, '99.00'))
  assert.equal((await asked)?.cash, 9900)
  assert.equal(watch.known()?.nextNumber, 6)
  assert.equal(store.ledger().shift?.lastNumber, 5)
  assert.equal(changes(), 1)
})

test('a document older than what is known changes nothing', () => {
  const { watch } = aWatch()
  watch.note(registered(7, 700))
  watch.note(registered(3, 300))
  assert.deepEqual([watch.known()?.nextNumber, watch.known()?.cash], [8, 700])
})

test('a device that does not answer is away, and what was known of it stays', async () => {
  const { watch, answer } = aWatch()
  watch.note(registered(2, 1250))
  const asked = watch.refresh()
  answer({ unsent: 'ECONNREFUSED' })
  assert.equal(await asked, null)
  assert.deepEqual([watch.away(), watch.known()?.cash], [true, 1250])
})

const DEVICE = anIssuer().device
const proofOf = (number: number, change: { device?: string; hash?: string } = {}) =>
  acknowledge(
    { device: DEVICE, number, hash: 'a'.repeat(64), ...change },
    { key: operatorKey, at: NOW },
  )

/** What the watch believes once the device has told this. */
async function told(more: object) {
  const { watch, answer } = aWatch()
  const asked = watch.refresh()
  answer(stateAt(5, '0.00', { acknowledged: 5, ...more }))
  await asked
  const { acknowledged, stored } = watch.known() ?? {}
  return { acknowledged, stored, unsigned: watch.unsigned(), diverged: watch.diverged() }
}

test('what is stored is counted by the operator’s signature, not by a word', async () => {
  const calm = { unsigned: false, diverged: null }
  assert.deepEqual(await told({ proof: proofOf(4) }), { acknowledged: 4, stored: 4, ...calm })
  const silent = await told({})
  assert.deepEqual(silent, { acknowledged: 5, stored: null, ...calm }, 'an older device')
  const forged = { ...proofOf(4), signature: proofOf(3).signature }
  const nothing = { acknowledged: 0, stored: null, unsigned: true, diverged: null }
  assert.deepEqual(await told({ proof: forged }), nothing)
  assert.deepEqual(await told({ proof: proofOf(4, { device: 'SKO0000002' }) }), nothing)
  const above = { acknowledged: 0, stored: null, unsigned: false, diverged: 'operator' }
  assert.deepEqual(await told({ proof: proofOf(6) }), above)
  assert.equal((await told({ diverged: true })).diverged, 'operator', 'it says so itself')
})
