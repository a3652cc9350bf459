import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { openCounters } from '#core/document/report.ts'
import { kopecks } from '#core/money.ts'
import { silentLog } from '#services/runtime/log.ts'
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
    checked: () => {},
    clock,
    log: silentLog,
  })
  const store = openRegisterStore(openRegisterDb(':memory:'), clock.now)
  let changes = 0
  const changed = () => {
    changes += 1
  }
  const watch = openDeviceWatch({ store, sko, now: clock.now, changed })
  const answer = (reply: Awaited<ReturnType<Send>>) => waiting.shift()?.(reply)
  return { watch, store, answer, changes: () => changes }
}

/** The device's state after its document `number`, the shift open. */
const stateAt = (number: number, cash: string) => ({
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
