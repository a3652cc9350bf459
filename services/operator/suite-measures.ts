import assert from 'node:assert/strict'
import type { Client } from '#core/api/contract.ts'
import type { operatorApi } from '#core/api/operator.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { questionText, type RedReceipts } from '#core/operator/asking.ts'
import { isAttested } from '#core/operator/statement.ts'
import { DAY, HOUR } from '#core/time.ts'
import { newDeviceKey, publicHalf, signText } from '#services/runtime/device-keys.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { aClient, aStaff, aVisitor, codeOf, doneOf, type Ground, storedIn } from './suite-ground.ts'

const NONCE = 'asked just now'

/** A till of the register, enrolled; answers its private key. */
export async function aTillAt({ db }: Ground, register: number): Promise<string> {
  const key = newDeviceKey()
  await db.query(
    `insert into till(till, register, public_key, agreement, enrolled_at)
     values ($1, $2, $3, '', 0)`,
    [`K-${register}`, register, publicHalf(key)],
  )
  return key
}

/** A till's question, signed by a private key. */
export function asked(
  key: string,
  { device, at, red = 0, redSince = null }: { device: string; at: number } & Partial<RedReceipts>,
) {
  const question = { device, nonce: NONCE, at, red, redSince }
  return Object.assign({ signature: signText(key, questionText(question)) }, question)
}

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

  'one with a date ahead stands beside that in force; lifting one leaves the other': async (
    ground,
  ) => {
    const { api, cabinet, device, registerNumber: register, chain } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const now = ground.clock.now()
    const laid = async () => (await signedFor(api, device)).map(({ reason }) => reason).toSorted()
    await staff.block({ register, reason: 'долг' })
    await staff.block({ register, reason: 'договор', from: now + DAY })
    await staff.block({ register, reason: 'СКО', from: now + 2 * DAY, till: now + 3 * DAY })
    assert.deepEqual(await laid(), ['СКО', 'договор', 'долг'].toSorted())
    const own = doneOf(await cabinet.registers({})).registers[0]
    assert.deepEqual(
      own?.measures.map(({ inForce }) => inForce),
      [true, false, false],
    )
    assert.equal(own?.blocked, 'долг')
    await staff.unblock({ register })
    assert.deepEqual(await laid(), ['СКО', 'договор'].toSorted(), 'what is ahead is not in force')
    await staff.unblock({ register, ahead: false })
    assert.deepEqual(await laid(), ['СКО', 'договор'].toSorted(), 'asked again it lifts no other')
    await staff.block({ register, reason: 'снова' })
    const [, second] = (await historyOf(staff, register)).filter(({ state }) => state === 'ahead')
    assert.equal(second?.reason, 'договор')
    await staff.unblock({ register, measure: second?.id ?? 0 })
    assert.deepEqual(await laid(), ['СКО', 'снова'].toSorted())
    ground.clock.advance(2 * DAY)
    const again = await aStaff(ground)
    const refused = await api.submit({ device, documents: chain(1) })
    assert.equal(refused.kind === 'refused' && refused.facts.said, 'СКО', 'the last to begin')
    await again.cabinet.unblock({ register })
    assert.deepEqual(await laid(), [])
    await again.cabinet.warn({ register, reason: 'впереди', from: ground.clock.now() + DAY })
    await again.cabinet.warn({ register, reason: 'сейчас' })
    await again.cabinet.unwarn({ register, ahead: true })
    assert.deepEqual(await laid(), [])
  },

  'what stands on a register has an end: ten of a kind, and what acts now is always laid': async (
    ground,
  ) => {
    const { registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const from = ground.clock.now() + DAY
    for (let n = 0; n < 10; n++) {
      doneOf(await staff.warn({ register, reason: String(n), from: from + n }))
    }
    assert.equal(codeOf(await staff.warn({ register, reason: '10', from })), 'measures.many')
    doneOf(await staff.warn({ register, reason: 'сейчас' }))
  },

  'a measure of another register, or of the other kind, is not lifted by its number': async (
    ground,
  ) => {
    const [one, other] = [await aVisitor(ground), await aVisitor(ground)]
    const { cabinet: staff } = await aStaff(ground)
    const { registerNumber: register } = one
    await staff.block({ register, reason: 'долг' })
    const [row] = await historyOf(staff, register)
    const measure = row?.id ?? 0
    doneOf(await staff.unblock({ register: other.registerNumber, measure }))
    doneOf(await staff.unwarn({ register, measure }))
    assert.equal((await signedFor(one.api, one.device)).length, 1)
  },

  'a till asks by its own key; from then on nobody else learns what stands against it': async (
    ground,
  ) => {
    const { api, device, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    await staff.block({ register, reason: 'долг' })
    const key = await aTillAt(ground, register)
    assert.equal((await signedFor(api, device)).length, 1, 'as a till of a version before asks')
    const at = ground.clock.now()
    const answered = doneOf(await api.askMeasures(asked(key, { device, at })))
    assert.ok(answered.proof && isAttested(answered.proof, believesOperator))
    assert.deepEqual(
      answered.proof.statement.measures.map(({ reason }) => reason),
      ['долг'],
    )
    assert.equal(codeOf(await api.measures({ device, nonce: NONCE })), 'till.unproven')
    const stranger = await api.askMeasures(asked(newDeviceKey(), { device, at }))
    assert.equal(codeOf(stranger), 'till.unproven')
    const foreign = await aVisitor(ground)
    const foreignKey = await aTillAt(ground, foreign.registerNumber)
    assert.equal(
      codeOf(await api.askMeasures(asked(foreignKey, { device, at }))),
      'till.unproven',
      'the till of another client',
    )
    const bent = Object.assign(asked(key, { device, at }), { nonce: 'another question' })
    assert.equal(codeOf(await api.askMeasures(bent)), 'till.unproven')
  },

  'a recorded question is worth nothing later; a till with another clock is told the time': async (
    ground,
  ) => {
    const { api, device, registerNumber: register } = await aVisitor(ground)
    const key = await aTillAt(ground, register)
    const recorded = asked(key, { device, at: ground.clock.now() })
    doneOf(await api.askMeasures(recorded))
    ground.clock.advance(HOUR)
    const late = await api.askMeasures(recorded)
    assert.ok(late.kind === 'refused' && late.code === 'till.unproven')
    assert.equal(late.facts.at, ground.clock.now())
    doneOf(await api.askMeasures(asked(key, { device, at: late.facts.at ?? 0 })))
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
