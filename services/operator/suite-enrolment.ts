import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { client, type Send } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { type EnrolledView, enrolmentApi } from '#core/api/operator-enrolment.ts'
import { type EnrolmentKind, pollText, requestText } from '#core/operator/enrolment.ts'
import { isAttested } from '#core/operator/statement.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import {
  agreementHalf,
  newDeviceKey,
  publicHalf,
  sharedSecret,
  signText,
} from '#services/runtime/device-keys.ts'
import { openEnrolling } from '#services/runtime/enrolling.ts'
import { silentLog } from '#services/runtime/log.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { sowOperator } from './seed.ts'
import { aVisitor, type Ground, inProcess } from './suite-ground.ts'

/** A device with a key of its own, asking by the code that real ones ask by. */
/** Somebody who asks to be enrolled. */
export function anAsker({ app, clock }: Ground, kind: EnrolmentKind = 'sko', key = newDeviceKey()) {
  const serial = `${kind === 'sko' ? 'S' : 'T'}${randomUUID().replaceAll('-', '').slice(0, 15)}`
  return askerOf(inProcess(app), { kind, key, serial, elapsed: clock.elapsed })
}

type Asked = { kind: EnrolmentKind; key: string; serial: string; elapsed: () => number }
function askerOf(send: Send, { kind, key, serial, elapsed }: Asked) {
  let told: EnrolledView | null = null
  const enrolling = openEnrolling({
    send,
    kind,
    serial,
    privateKey: key,
    elapsed,
    chance: () => 0,
    enrolled: (view) => {
      told = view
      return null
    },
    log: silentLog,
  })
  return {
    send,
    kind,
    key,
    serial,
    step: enrolling.step,
    view: enrolling.view,
    told: () => told,
    /** Begins, and tells the code. */
    begin: async (): Promise<string> => {
      await enrolling.step()
      return enrolling.view().code ?? assert.fail(enrolling.view().state)
    },
  }
}

/** A client with a register that nothing is connected to yet, signed in, and staff. */
async function aPlace(ground: Ground) {
  const one = await aVisitor(ground)
  const register = one.registerNumber + 5
  const { unp } = one
  const email = `staff-${register}@demo.by`
  await sowOperator(ground.db, {
    clients: [],
    accounts: [{ email, password: 'demo', role: 'staff', unp: null }],
    registers: [{ registerNumber: register, unp, place: 'Киоск', address: 'Брест' }],
    devices: [],
  })
  const staff = client(operatorCabinetApi, inProcess(ground.app))
  await staff.signIn({ email, password: 'demo' })
  return { cabinet: one.cabinet, staff, staffEmail: email, email: one.email, unp, register }
}

const codeOf = (answer: { kind: string; code?: string }): string =>
  answer.kind === 'refused' ? (answer.code ?? '') : answer.kind

export const enrolmentPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'a device is enrolled by its code: seen first, confirmed for a register of one’s own': async (
    ground,
  ) => {
    const { cabinet, register, unp } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    ground.clock.advance(90 * SECOND)
    const seen = await cabinet.lookUpEnrolment({ code: code.toLowerCase() })
    assert.ok(seen.kind === 'done')
    assert.deepEqual(seen.value, {
      kind: 'sko',
      serial: asker.serial,
      address: '',
      ageMs: 90 * SECOND,
    })
    assert.equal(typeof (await asker.step()), 'number', 'nobody has confirmed it yet')
    const confirmed = await cabinet.confirmEnrolment({ code, serial: asker.serial, register })
    assert.equal(codeOf(confirmed), 'done')
    assert.equal(await asker.step(), null)
    const told = asker.told()
    assert.ok(told)
    const { registerNumber, place, address, number, till } = told
    assert.deepEqual(
      { registerNumber, place, address, number, till, unp: told.unp, company: told.company },
      {
        registerNumber: register,
        place: 'Киоск',
        address: 'Брест',
        number: 0,
        till: null,
        unp,
        company: `ООО «${unp}»`,
      },
    )
  },

  'a till is told its device, and what makes the device take it for its till': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const [device, till] = [anAsker(ground), anAsker(ground, 'register')]
    const tillCode = await till.begin()
    const early = { code: tillCode, serial: till.serial, register }
    assert.equal(codeOf(await cabinet.confirmEnrolment(early)), 'enrolment.no-device')
    const code = await device.begin()
    await cabinet.confirmEnrolment({ code, serial: device.serial, register })
    assert.equal(codeOf(await cabinet.confirmEnrolment(early)), 'done')
    assert.equal(await till.step(), null)
    const told = till.told()?.till
    assert.ok(told)
    assert.equal(told.device.serial, device.serial)
    assert.equal(told.device.publicKey, publicHalf(device.key))
    assert.ok(isAttested(told.pairing, believesOperator))
    const { statement } = told.pairing
    assert.deepEqual([statement.device, statement.till], [device.serial, till.serial])
    const ofTill = sharedSecret(till.key, told.device.agreement, device.serial)
    assert.ok(ofTill)
    assert.equal(sharedSecret(device.key, statement.agreement, device.serial), ofTill)
  },

  'whoever was killed in the midst goes on with the same code, and with what was confirmed': async (
    ground,
  ) => {
    const { cabinet, register } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    const { send, kind, key, serial } = asker
    const alike = () => askerOf(send, { kind, key, serial, elapsed: ground.clock.elapsed })
    const second = alike()
    assert.equal(await second.begin(), code)
    assert.equal(await asker.step(), 0, 'the request of before has another name')
    await cabinet.confirmEnrolment({ code, serial, register })
    const third = alike()
    await third.step()
    assert.equal(await third.step(), null)
    assert.equal(third.told()?.registerNumber, register)
  },

  'a code is good for one use and ten minutes, and a new one comes by itself': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    ground.clock.advance(10 * MINUTE)
    assert.equal(codeOf(await cabinet.lookUpEnrolment({ code })), 'enrolment.code')
    assert.equal(await asker.step(), 0)
    const next = await asker.begin()
    assert.notEqual(next, code)
    const wish = { code: next, serial: asker.serial, register }
    assert.equal(codeOf(await cabinet.confirmEnrolment(wish)), 'done')
    assert.equal(codeOf(await cabinet.confirmEnrolment(wish)), 'enrolment.code')
    assert.equal(codeOf(await cabinet.refuseEnrolment({ code: next })), 'enrolment.code')
  },

  'a refused device is told so, and asks anew later': async (ground) => {
    const { cabinet } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    assert.equal(codeOf(await cabinet.refuseEnrolment({ code })), 'done')
    const restMs = await asker.step()
    assert.ok(restMs && restMs >= 10 * SECOND)
    assert.deepEqual([asker.view().state, asker.view().code], ['refused', null])
    assert.notEqual(await asker.begin(), code)
  },

  'a poll that the device’s key did not sign is answered nothing': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const api = client(enrolmentApi, inProcess(ground.app))
    const [key, other] = [newDeviceKey(), newDeviceKey()]
    const enrollee = {
      kind: 'sko' as const,
      serial: `P${register}`,
      publicKey: publicHalf(key),
      agreement: agreementHalf(key),
    }
    const forged = signText(other, requestText(enrollee))
    const denied = await api.requestEnrolment({ ...enrollee, signature: forged })
    assert.equal(codeOf(denied), 'enrolment.unproven')
    const signature = signText(key, requestText(enrollee))
    const asked = await api.requestEnrolment({ ...enrollee, signature })
    assert.ok(asked.kind === 'done' && asked.value.code !== null)
    const { request, code } = asked.value
    await cabinet.confirmEnrolment({ code, serial: enrollee.serial, register })
    const poll = async (by: string, n: number) =>
      codeOf(
        await api.pollEnrolment({
          request,
          poll: n,
          signature: signText(by, pollText(request, n)),
        }),
      )
    assert.equal(await poll(other, 1), 'enrolment.unproven')
    assert.equal(await poll(key, 1), 'done')
    assert.equal(await poll(key, 1), 'enrolment.unproven', 'a recorded poll')
    const foreign = {
      request: 'somebody else',
      poll: 2,
      signature: signText(key, pollText('x', 2)),
    }
    assert.equal(codeOf(await api.pollEnrolment(foreign)), 'enrolment.unknown')
  },

  'a key that is none is named, whichever it is': async (ground) => {
    const api = client(enrolmentApi, inProcess(ground.app))
    const key = newDeviceKey()
    const right = { publicKey: publicHalf(key), agreement: agreementHalf(key) }
    for (const [field, value] of [
      ['publicKey', right.agreement],
      ['agreement', right.publicKey],
      ['publicKey', 'no key'],
    ] as const) {
      const enrollee = { kind: 'sko' as const, serial: 'NONE', ...right, [field]: value }
      const signature = signText(key, requestText(enrollee))
      const answer = await api.requestEnrolment({ ...enrollee, signature })
      assert.equal(answer.kind === 'invalid' && answer.field, field)
    }
  },

  'clients never cross: neither by register, nor by what stands there': async (ground) => {
    const [mine, foreign] = [await aPlace(ground), await aPlace(ground)]
    const asker = anAsker(ground)
    const wish = { code: await asker.begin(), serial: asker.serial }
    const taken = await mine.cabinet.confirmEnrolment({ ...wish, register: foreign.register })
    const none = await mine.cabinet.confirmEnrolment({ ...wish, register: 100_000_001 })
    assert.deepEqual([codeOf(taken), codeOf(none)], ['register.unknown', 'register.unknown'])
    const number = String(foreign.register)
    const listed = await mine.cabinet.enrolmentPlaces({ number })
    assert.deepEqual(listed, { kind: 'done', value: { places: [] } })
    const own = await mine.cabinet.enrolmentPlaces({})
    assert.ok(own.kind === 'done' && own.value.places.length === 2)
    assert.ok(own.value.places.every(({ unp }) => unp === mine.unp))
    const all = await mine.staff.enrolmentPlaces({ number })
    assert.ok(all.kind === 'done')
    assert.deepEqual(
      all.value.places.map(({ registerNumber }) => registerNumber),
      [foreign.register],
    )
    const byStaff = await mine.staff.confirmEnrolment({ ...wish, register: foreign.register })
    assert.equal(codeOf(byStaff), 'done')
  },

  'without having signed in nobody confirms, refuses or looks': async (ground) => {
    const nobody = client(operatorCabinetApi, inProcess(ground.app))
    const wish = { code: 'BCDF-GHJK', serial: 'S123', register: 1 }
    for (const answer of [
      await nobody.lookUpEnrolment(wish),
      await nobody.confirmEnrolment(wish),
      await nobody.refuseEnrolment(wish),
      await nobody.enrolmentPlaces({}),
    ]) {
      assert.equal(codeOf(answer), 'session.required')
    }
  },

  'guessed codes make the account wait, whatever was right in between': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    const guess = async (typed: string) => codeOf(await cabinet.lookUpEnrolment({ code: typed }))
    for (let wrong = 0; wrong < 4; wrong++) assert.equal(await guess('BBBB-BBBB'), 'enrolment.code')
    assert.equal(await guess(code), 'done')
    assert.equal(await guess('no code'), 'enrolment.code')
    assert.equal(await guess(code), 'enrolment.guessed')
    const wish = { code, serial: asker.serial, register }
    assert.equal(codeOf(await cabinet.confirmEnrolment(wish)), 'enrolment.guessed')
    ground.clock.advance(5 * SECOND)
    assert.equal(await guess(code), 'done')
    assert.equal(await guess('CCCC-CCCC'), 'enrolment.code')
    ground.clock.advance(5 * SECOND)
    assert.equal(await guess(code), 'enrolment.guessed', 'it waits longer each time')
  },

  'codes guessed at once are counted one by one': async (ground) => {
    const { cabinet } = await aPlace(ground)
    const guesses = Array.from({ length: 12 }, () => cabinet.lookUpEnrolment({ code: 'DDDDDDDD' }))
    const answers = (await Promise.all(guesses)).map(codeOf)
    assert.equal(answers.filter((code) => code === 'enrolment.code').length, 5)
  },

  'what was seen is what is confirmed: another device behind the code is not': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    const other = await cabinet.confirmEnrolment({ code, serial: 'S-OTHER', register })
    assert.equal(codeOf(other), 'enrolment.code')
  },

  'a till gives way where it is named; a device that works does not': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const enrol = async (kind: EnrolmentKind, replaces?: string) => {
      const asker = anAsker(ground, kind)
      const wish = { code: await asker.begin(), serial: asker.serial, register, replaces }
      return { asker, answer: codeOf(await cabinet.confirmEnrolment(wish)) }
    }
    const device = await enrol('sko')
    assert.equal(device.answer, 'done')
    assert.equal((await enrol('sko')).answer, 'enrolment.occupied')
    const first = await enrol('register')
    assert.equal(first.answer, 'done')
    assert.equal((await enrol('register')).answer, 'enrolment.occupied')
    const second = await enrol('register', first.asker.serial)
    assert.equal(second.answer, 'done')
    assert.equal(await second.asker.step(), null)
    assert.equal(await first.asker.step(), 0, 'the first one is nobody any more')
  },

  'a serial number stays with its key for ever': async (ground) => {
    const { cabinet, register } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    const { send, serial } = asker
    const { elapsed } = ground.clock
    const thief = askerOf(send, { kind: 'sko', key: newDeviceKey(), serial, elapsed })
    const thiefCode = await thief.begin()
    await cabinet.confirmEnrolment({ code, serial, register })
    const late = await cabinet.confirmEnrolment({ code: thiefCode, serial, register })
    assert.equal(codeOf(late), 'enrolment.occupied')
    const again = askerOf(send, { kind: 'sko', key: newDeviceKey(), serial, elapsed })
    await again.step()
    assert.deepEqual([again.view().state, again.view().why], ['rejected', 'enrolment.taken'])
  },

  'each act is written down with who did it and to what': async (ground) => {
    const { cabinet, register, email } = await aPlace(ground)
    const asker = anAsker(ground)
    const code = await asker.begin()
    const { serial } = asker
    await cabinet.lookUpEnrolment({ code: 'FFFF-FFFF' })
    await cabinet.lookUpEnrolment({ code })
    await cabinet.confirmEnrolment({ code, serial, register })
    const refusable = anAsker(ground)
    await cabinet.refuseEnrolment({ code: await refusable.begin() })
    const acts = await ground.db.query(
      `select what, target, register from act
       where email = $1 and what like 'enrol%' order by id`,
      [email],
    )
    assert.deepEqual(acts, [
      { what: 'enrol-wrong', target: null, register: null },
      { what: 'enrol-look', target: serial, register: null },
      { what: 'enrol-confirm', target: serial, register },
      { what: 'enrol-refuse', target: refusable.serial, register: null },
    ])
  },
}
