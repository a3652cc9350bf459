import assert from 'node:assert/strict'
import type { Client } from '#core/api/contract.ts'
import type { operatorApi } from '#core/api/operator.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { isAttested } from '#core/operator/statement.ts'
import { DAY, HOUR } from '#core/time.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { aClient, aStaff, aVisitor, type Ground, storedIn } from './suite-ground.ts'

const NONCE = 'asked just now'

/** What the operator says by its signature stands against the register. */
async function signedFor(api: Client<typeof operatorApi>, device: string) {
  const answer = await api.measures({ device, nonce: NONCE })
  const { proof } = answer.kind === 'done' ? answer.value : assert.fail(answer.kind)
  assert.ok(proof && isAttested(proof, believesOperator))
  assert.deepEqual([proof.statement.device, proof.statement.nonce], [device, NONCE])
  return proof.statement.measures
}

async function actsOf({ db }: Ground, register: number) {
  const acts = await db.query<{ what: string; email: string; reason: string | null }>(
    'select what, email, reason from act where register = $1 order by id',
    [register],
  )
  return acts.map(({ what, email, reason }) => [what, email, reason])
}

async function historyOf(cabinet: Client<typeof operatorCabinetApi>, register: number) {
  const answer = await cabinet.measures({ register })
  return answer.kind === 'done' ? answer.value.measures : assert.fail(answer.kind)
}

/** Warnings and blocks (S1.5, S1.6, C2a). */
export const measurePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'staff block a register with a reason: nothing of it is taken until the block is lifted': async (
    ground,
  ) => {
    const { api, device, registerNumber: register, chain } = await aVisitor(ground)
    const documents = chain(2)
    const { cabinet: staff, email } = await aStaff(ground)
    assert.equal((await staff.block({ register, reason: 'долг' })).kind, 'done')
    const refused = await api.submit({ device, documents })
    assert.ok(refused.kind === 'refused' && refused.code === 'register.blocked')
    assert.equal(refused.facts.said, 'долг')
    assert.equal(storedIn(await api.head({ device })), 0)
    assert.equal((await staff.unblock({ register })).kind, 'done')
    const taken = await api.submit({ device, documents })
    assert.equal(storedIn(taken), 2)
    assert.deepEqual(await actsOf(ground, register), [
      ['block', email, 'долг'],
      ['unblock', email, null],
    ])
  },

  'a client may neither warn nor block, and nobody a register that is not there': async (
    ground,
  ) => {
    const { cabinet, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const own = [
      await cabinet.block({ register, reason: 'сам себе' }),
      await cabinet.unblock({ register }),
      await cabinet.warn({ register, reason: 'сам себе' }),
      await cabinet.unwarn({ register }),
    ]
    for (const answer of own) {
      assert.equal(answer.kind === 'refused' && answer.code, 'right.required')
    }
    const absent = { register: 1, reason: 'нет такой' }
    const unknown = [
      await staff.block(absent),
      await staff.warn(absent),
      await staff.unblock({ register: 1 }),
      await staff.unwarn({ register: 1 }),
      await staff.measures({ register: 1 }),
    ]
    for (const answer of unknown) {
      assert.equal(answer.kind === 'refused' && answer.code, 'register.unknown')
    }
    assert.deepEqual(await actsOf(ground, register), [])
  },

  'a block with a date ahead is told at once and acts from that date to its end': async (
    ground,
  ) => {
    const { api, cabinet, device, registerNumber: register, chain } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const now = ground.clock.now()
    const [from, till] = [now + DAY, now + 2 * DAY]
    await staff.block({ register, reason: 'Нет договора', from, till })
    const measure = { kind: 'block', reason: 'Нет договора', from, till } as const
    assert.deepEqual(await signedFor(api, device), [measure])
    const shown = async () => {
      const answer = await cabinet.registers({})
      const [row] = answer.kind === 'done' ? answer.value.registers : []
      return [row?.blocked, row?.measures.map(({ inForce }) => inForce)]
    }
    assert.deepEqual(await shown(), [null, [false]])
    const [one, two, three] = chain(3)
    assert.ok(one && two && three)
    const submit = async (...documents: (typeof one)[]) =>
      (await api.submit({ device, documents })).kind
    assert.equal(await submit(one), 'done')
    ground.clock.advance(DAY)
    assert.equal(await submit(two), 'refused')
    const again = await aStaff(ground)
    assert.equal((await historyOf(again.cabinet, register))[0]?.state, 'in-force')
    ground.clock.advance(DAY)
    assert.equal(await submit(two, three), 'done')
    assert.deepEqual(await signedFor(api, device), [])
    const late = await aStaff(ground)
    assert.equal((await historyOf(late.cabinet, register))[0]?.state, 'over')
  },

  'a new warning takes the place of the one before, beside a block; both stay written': async (
    ground,
  ) => {
    const { api, device, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff, email } = await aStaff(ground)
    await staff.warn({ register, reason: 'первое' })
    await staff.warn({ register, reason: 'первое' })
    const from = ground.clock.now() + HOUR
    await staff.block({ register, reason: 'долг', from })
    await staff.warn({ register, reason: 'второе' })
    const stand = await signedFor(api, device)
    assert.deepEqual(stand.map(({ kind, reason }) => `${kind} ${reason}`).sort(), [
      'block долг',
      'warning второе',
    ])
    await staff.unwarn({ register })
    await staff.unwarn({ register })
    const history = await historyOf(staff, register)
    const told = history.map(({ reason, state, setBy, liftedBy }) => [
      reason,
      state,
      setBy,
      liftedBy,
    ])
    assert.deepEqual(told, [
      ['второе', 'lifted', email, email],
      ['долг', 'ahead', email, null],
      ['первое', 'lifted', email, email],
    ])
    assert.deepEqual(
      (await actsOf(ground, register)).map(([what]) => what),
      ['warn', 'block', 'warn', 'unwarn'],
      'the same again, and lifting what does not stand, is no act',
    )
  },

  'a client reads what stands against its own registers, and not who of the staff it was': async (
    ground,
  ) => {
    const mine = await aVisitor(ground)
    const foreign = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const { registerNumber: register } = mine
    await staff.warn({ register, reason: 'долг' })
    const [row] = await historyOf(mine.cabinet, register)
    assert.deepEqual([row?.reason, row?.setBy, row?.state], ['долг', null, 'in-force'])
    const other = await foreign.cabinet.measures({ register })
    assert.equal(other.kind === 'refused' && other.code, 'register.unknown')
  },

  'what ends before it begins, or has ended already, is refused by its field': async (ground) => {
    const { registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const now = ground.clock.now()
    for (const dates of [
      { till: now },
      { from: now + HOUR, till: now + HOUR },
      { from: now - DAY, till: now - HOUR },
    ]) {
      const answer = await staff.block({ register, reason: 'долг', ...dates })
      assert.equal(answer.kind === 'invalid' && answer.field, 'till')
    }
    await staff.block({ register, reason: 'долг', from: now - DAY })
    assert.equal((await historyOf(staff, register))[0]?.from, now, 'nothing acts backwards')
  },

  'an unknown device is told nothing of measures': async (ground) => {
    const { api } = await aClient(ground)
    const answer = await api.measures({ device: 'NOBODY', nonce: NONCE })
    assert.equal(answer.kind === 'refused' && answer.code, 'device.unknown')
  },
}
