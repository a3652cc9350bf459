// What the operator promises about devices that are retired and replaced (K7).

import assert from 'node:assert/strict'
import { isAttested } from '#core/operator/statement.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { aStaff, aVisitor, codeOf, doneOf, type Ground, storedIn } from './suite-ground.ts'

const reason = 'Сломалось'
const lost = '0197a2b4-3333-7000-8000-000000000009'

export const retirePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'a retired device’s chain is sealed at its head: what comes is kept as evidence': async (
    ground,
  ) => {
    const { cabinet, api, device, chain, registerNumber: register, email } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const documents = chain(5)
    doneOf(await api.submit({ device, documents: documents.slice(0, 3) }))
    const asked = { device, operation: lost, expected: 9, nonce: 'asked just now' }
    assert.equal(doneOf(await api.outcome(asked)).verdict, 'cannot-tell')
    assert.deepEqual(doneOf(await cabinet.retireDevice({ device, reason })), {
      number: 3,
      unsent: null,
    })
    doneOf(await cabinet.retireDevice({ device, reason: 'ещё раз' }))
    const late = await api.submit({ device, documents })
    assert.equal(codeOf(late), 'device.retired')
    assert.equal(storedIn(await api.head({ device })), 3, 'nothing was added')
    assert.equal(storedIn(await api.submit({ device, documents: documents.slice(0, 3) })), 3)
    const kept = await ground.db.query(
      'select number, code from quarantine where device = $1 order by number',
      [device],
    )
    assert.deepEqual(kept, [
      { number: 4, code: 'device.retired' },
      { number: 5, code: 'device.retired' },
    ])
    const told = doneOf(await api.outcome(asked))
    assert.ok(told.verdict === 'never' && told.proof)
    assert.ok(isAttested(told.proof, believesOperator))
    assert.equal(told.proof.statement.sealed, 3)
    const acts = await ground.db.query('select what, email, reason from act where register = $1', [
      register,
    ])
    assert.deepEqual(acts, [{ what: 'device-retired', email, reason }])
    const page = doneOf(await staff.fleetRegister({ register }))
    assert.equal(page.devices[0]?.retired?.reason, reason)
    assert.equal(doneOf(await staff.fleet({ search: String(register) })).registers[0]?.device, null)
  },

  'what no key of the device’s signed is no evidence against it': async (ground) => {
    const { cabinet, api, device, chain } = await aVisitor(ground)
    const [first, second] = chain(2)
    assert.ok(first && second)
    doneOf(await cabinet.retireDevice({ device, reason }))
    const forged = [first, { ...second, signature: first.signature }]
    assert.equal(codeOf(await api.submit({ device, documents: forged })), 'device.retired')
    const kept = await ground.db.query('select number from quarantine where device = $1', [device])
    assert.deepEqual(kept, [{ number: 1 }])
  },

  'a client retires nobody else’s device': async (ground) => {
    const mine = await aVisitor(ground)
    const other = await aVisitor(ground)
    const answer = await mine.cabinet.retireDevice({ device: other.device, reason })
    assert.equal(codeOf(answer), 'device.unknown')
    doneOf(await other.api.submit({ device: other.device, documents: other.chain(1) }))
  },
}
