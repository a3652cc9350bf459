import assert from 'node:assert/strict'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { shownBy } from '#test/authenticator.ts'
import {
  aClient,
  aStaff,
  aVisitor,
  codeOf,
  doneOf,
  type Ground,
  inProcess,
} from './suite-ground.ts'

const PASSWORD = 'a long password'

/** A person whom an administrator has invited, with her password chosen. */
async function anInvited(ground: Ground, staffRole: 'support' | 'supervisor' | 'administrator') {
  const { cabinet: administrator } = await aStaff(ground)
  const email = `${crypto.randomUUID()}@operator.by`
  const { token } = doneOf(await administrator.inviteStaff({ email, staffRole }))
  const cabinet = client(operatorCabinetApi, inProcess(ground.app))
  const asked = { token, password: PASSWORD }
  assert.deepEqual(doneOf(await cabinet.acceptInvitation(asked)), { email })
  assert.equal(codeOf(await cabinet.acceptInvitation(asked)), 'invitation.unknown', 'once')
  doneOf(await cabinet.signIn({ email, password: PASSWORD }))
  return { email, cabinet, administrator }
}

async function withFactor(ground: Ground) {
  const { email, cabinet } = await aStaff(ground)
  const { secret } = doneOf(await cabinet.beginSecondFactor({}))
  const code = shownBy(secret, ground.clock.now())
  const { recoveryCodes } = doneOf(await cabinet.confirmSecondFactor({ code }))
  const enter = (typed?: string) => cabinet.signIn({ email, password: 'demo', code: typed })
  return { email, cabinet, secret, code, recoveryCodes, enter }
}

/** The operator's own people, their second factor, and seeing what a client sees. */
export const staffPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'whoever is invited chooses a password, and may what her role may': async (ground) => {
    const { email, cabinet, administrator } = await anInvited(ground, 'support')
    const { registerNumber: register } = await aClient(ground)
    doneOf(await cabinet.fleet({}))
    assert.equal(codeOf(await cabinet.block({ register, reason: 'нет' })), 'right.required')
    assert.equal(codeOf(await cabinet.staff({})), 'right.required')
    doneOf(await administrator.changeStaff({ email, staffRole: 'supervisor', reason: 'рост' }))
    doneOf(await cabinet.block({ register, reason: 'долг' }))
    const again = await administrator.inviteStaff({ email, staffRole: 'support' })
    assert.equal(codeOf(again), 'account.exists')
    const { acts } = doneOf(await administrator.acts({ person: email }))
    assert.deepEqual(
      acts.map(({ what }) => what),
      ['block', 'signed-in', 'password-chosen'],
    )
  },

  'an invitation ends after three days, and with the next one': async (ground) => {
    const { email, cabinet, administrator } = await anInvited(ground, 'support')
    const invite = async () =>
      doneOf(await administrator.reinviteStaff({ email, reason: 'забыл' })).token
    const [first, second] = [await invite(), await invite()]
    const accept = (token: string) => cabinet.acceptInvitation({ token, password: PASSWORD })
    assert.equal(codeOf(await accept(first)), 'invitation.unknown')
    doneOf(await accept(second))
    assert.equal(codeOf(await cabinet.fleet({})), 'session.required', 'sessions end by it')
    const third = await invite()
    ground.clock.advance(3 * 24 * 60 * MINUTE + 1)
    assert.equal(codeOf(await accept(third)), 'invitation.unknown')
  },

  'who is disabled is out at once, and cannot come in; enabled she can': async (ground) => {
    const { email, cabinet, administrator } = await anInvited(ground, 'supervisor')
    const why = { email, reason: 'увольнение' }
    doneOf(await administrator.disableStaff(why))
    assert.equal(codeOf(await cabinet.fleet({})), 'session.required')
    assert.equal(codeOf(await cabinet.signIn({ email, password: PASSWORD })), 'password.wrong')
    doneOf(await administrator.enableStaff(why))
    assert.equal(codeOf(await cabinet.fleet({})), 'session.required', 'the old session is gone')
    doneOf(await cabinet.signIn({ email, password: PASSWORD }))
    doneOf(await administrator.endStaffSessions(why))
    assert.equal(codeOf(await cabinet.fleet({})), 'session.required')
    const stranger = { email: 'nobody@operator.by', reason: 'нет' }
    assert.equal(codeOf(await administrator.disableStaff(stranger)), 'staff.unknown')
    const ofClient = await aVisitor(ground)
    const theirs = { email: ofClient.email, reason: 'чужой' }
    assert.equal(codeOf(await administrator.disableStaff(theirs)), 'staff.unknown')
  },

  'the last administrator stays one, though two put each other out at once': async (ground) => {
    const { db } = ground
    await db.query("update account set staff_role = 'support' where role = 'staff'")
    const one = await aStaff(ground)
    const reason = 'проверка'
    const alone = { email: one.email, reason }
    assert.equal(codeOf(await one.cabinet.disableStaff(alone)), 'staff.last')
    const lesser = { email: one.email, reason, staffRole: 'support' } as const
    assert.equal(codeOf(await one.cabinet.changeStaff(lesser)), 'staff.last')
    const other = await aStaff(ground)
    await Promise.all([
      one.cabinet.disableStaff({ email: other.email, reason }),
      other.cabinet.disableStaff({ email: one.email, reason }),
    ])
    const left = await db.query(
      "select from account where staff_role = 'administrator' and disabled_at is null",
    )
    assert.equal(left.length, 1)
  },

  'with a second factor a password alone is not enough, and no code works twice': async (
    ground,
  ) => {
    const { secret, code, enter, cabinet } = await withFactor(ground)
    assert.equal(doneOf(await cabinet.session({})).secondFactor, true)
    assert.equal(codeOf(await enter()), 'code.required')
    assert.equal(codeOf(await enter(code)), 'code.wrong', 'taken when it was confirmed')
    ground.clock.advance(30 * SECOND)
    const next = shownBy(secret, ground.clock.now())
    const both = await Promise.all([enter(next), enter(next)])
    assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['done', 'refused'])
    assert.equal(codeOf(await cabinet.beginSecondFactor({})), 'factor.on')
  },

  'a recovery code works once in place of a code, and guesses are made to wait': async (ground) => {
    const { enter, recoveryCodes } = await withFactor(ground)
    const [first = '', second = ''] = recoveryCodes
    assert.equal(recoveryCodes.length, 10)
    doneOf(await enter(first.toLowerCase().replace('-', ' ')))
    assert.equal(codeOf(await enter(first)), 'code.wrong')
    for (let guess = 0; guess < 4; guess++) await enter('000000')
    assert.equal(codeOf(await enter(second)), 'password.locked')
    ground.clock.advance(15 * MINUTE)
    doneOf(await enter(second))
  },

  'a second factor is switched off by its code, or by an administrator': async (ground) => {
    const { email, secret, cabinet, enter } = await withFactor(ground)
    assert.equal(codeOf(await cabinet.dropSecondFactor({ code: '000000' })), 'code.wrong')
    ground.clock.advance(30 * SECOND)
    const code = shownBy(secret, ground.clock.now())
    doneOf(await cabinet.dropSecondFactor({ code }))
    doneOf(await enter())
    assert.equal(codeOf(await cabinet.dropSecondFactor({ code })), 'factor.off')
    const { secret: other } = doneOf(await cabinet.beginSecondFactor({}))
    // Not confirmed it does not count.
    doneOf(await enter())
    const shown = shownBy(other, ground.clock.now())
    doneOf(await cabinet.confirmSecondFactor({ code: shown }))
    const { cabinet: administrator } = await aStaff(ground)
    doneOf(await administrator.resetStaffFactor({ email, reason: 'потерян телефон' }))
    doneOf(await enter())
    const kept = await ground.db.query('select from recovery_code where email = $1', [email])
    assert.deepEqual(kept, [])
  },

  'viewing as a client shows what the client sees, under the viewer’s own name': async (ground) => {
    const owner = await aVisitor(ground)
    const foreign = await aVisitor(ground)
    await owner.api.submit({ device: owner.device, documents: owner.chain(2) })
    const { cabinet, email } = await aStaff(ground)
    const { unp } = owner
    assert.equal(codeOf(await cabinet.beginView({ unp: '1', reason: 'нет' })), 'client.unknown')
    doneOf(await cabinet.beginView({ unp, reason: 'жалоба 17' }))
    const session = doneOf(await cabinet.session({}))
    assert.deepEqual([session.email, session.role, session.viewing?.unp], [email, 'client', unp])
    const { documents } = doneOf(await cabinet.documents({}))
    assert.equal(documents.length, 2)
    const { registers } = doneOf(await cabinet.registers({}))
    assert.deepEqual(
      registers.map(({ device }) => device),
      [owner.device],
    )
    const [view] = doneOf(await owner.cabinet.views({})).views
    assert.deepEqual([view?.person, view?.reason, view?.looks], [email, 'жалоба 17', 2])
    assert.deepEqual(doneOf(await foreign.cabinet.views({})).views, [])
    doneOf(await cabinet.endView({}))
    const { acts } = doneOf(await cabinet.acts({ person: email, unp }))
    assert.deepEqual(
      acts.map(({ what, target }) => [what, target]),
      [
        ['view-ended', null],
        ['looked', '/api/registers'],
        ['looked', '/api/documents'],
        ['view', null],
      ],
    )
  },

  'whoever views as a client can change nothing, on no route, and half an hour long': async (
    ground,
  ) => {
    const owner = await aVisitor(ground)
    const { cabinet, send } = await aStaff(ground)
    doneOf(await cabinet.beginView({ unp: owner.unp, reason: 'проверка' }))
    const own = ['/api/session', '/api/session/language', '/api/view']
    for (const { route, right } of Object.values(operatorCabinetApi)) {
      const [method = 'GET', pattern = '/'] = route.split(' ')
      if (right === 'public' || own.includes(pattern)) continue
      const path = pattern.replace(/:\w+/g, '1')
      const got = await send({ method, path, ...(method !== 'GET' && { body: '{}' }) } as never)
      assert.ok('status' in got)
      if (method === 'GET') continue
      assert.match(String(got.body), /view\.read-only/, route)
    }
    assert.equal(codeOf(await cabinet.fleet({})), 'right.required', 'no more than the client')
    assert.equal(codeOf(await cabinet.acts({})), 'right.required')
    ground.clock.advance(30 * MINUTE)
    assert.equal(doneOf(await cabinet.session({})).viewing, null)
    doneOf(await cabinet.fleet({}))
  },
}
