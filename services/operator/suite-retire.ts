// What the operator promises about devices that are retired and replaced (K7).

import assert from 'node:assert/strict'
import { isAttested } from '#core/operator/statement.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { anAsker } from './suite-enrolment.ts'
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

  'a broken device is replaced in one go: its chain is sealed, the till hears of the next': async (
    ground,
  ) => {
    const { cabinet, api, device, chain, registerNumber: register } = await aVisitor(ground)
    const documents = chain(3)
    doneOf(await api.submit({ device, documents: documents.slice(0, 2) }))
    const nonce = 'asked just now'
    assert.deepEqual(doneOf(await api.succession({ device, nonce })), {
      proof: null,
      pairing: null,
    })
    const till = anAsker(ground, 'register')
    const first = { code: await till.begin(), serial: till.serial, register }
    doneOf(await cabinet.confirmEnrolment(first))
    const next = anAsker(ground)
    const wish = { code: await next.begin(), serial: next.serial, register, replaces: device }
    assert.equal((await cabinet.confirmEnrolment(wish)).kind, 'invalid', 'a reason is wanted')
    assert.equal(storedIn(await api.submit({ device, documents })), 3, 'nothing has happened yet')
    doneOf(await cabinet.confirmEnrolment(Object.assign({ reason }, wish)))
    const { proof, pairing } = doneOf(await api.succession({ device, nonce }))
    assert.ok(proof && pairing)
    assert.ok(isAttested(proof, believesOperator) && isAttested(pairing, believesOperator))
    const { number, hash, successor } = proof.statement
    assert.deepEqual([number, hash], [3, documents[2]?.hash])
    assert.equal(successor?.device, next.serial)
    assert.deepEqual([pairing.statement.till, pairing.statement.device], [till.serial, next.serial])
    assert.equal(codeOf(await api.submit({ device, documents: chain(4) })), 'device.retired')
    assert.equal(await next.step(), null)
    assert.equal(next.told()?.lastShift, 1, 'shifts are counted on')
    const acts = await ground.db.query(
      'select what, target, reason from act where register = $1 order by id',
      [register],
    )
    assert.deepEqual(acts.slice(-2), [
      { what: 'device-retired', target: device, reason },
      { what: 'enrol-confirm', target: next.serial, reason: device },
    ])
  },
}
