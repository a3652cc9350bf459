import assert from 'node:assert/strict'
import { client } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { DAY, MINUTE, SECOND } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Mail } from '#services/runtime/mail.ts'
import { shownBy } from '#test/authenticator.ts'
import { startOfficeMailing } from './mailing.ts'
import { aClient, type Ground, visiting } from './suite-ground.ts'

const PASSWORD = 'a password that is long'
type Role = 'owner' | 'accountant' | 'viewer'
type Owner = Awaited<ReturnType<typeof aClient>>

let made = 0
const anEmail = (): string => {
  made += 1
  return `office-person-${made}@demo.by`
}
const codeOf = (got: { kind: string; code?: string }) => got.code ?? got.kind

const aBrowser = ({ app }: Ground) => {
  const send = visiting(app)
  return { send, cabinet: client(officeCabinetApi, send) }
}

/** What the office's mailing sends to somebody, step by step. */
export function aMailing({ db, clock }: Ground, to: string) {
  const sent: Mail[] = []
  let step: () => Promise<number> = async () => 0
  startOfficeMailing({
    db,
    clock,
    log: silentLog,
    cabinetUrl: 'https://office.example',
    post: {
      send: async (mail) => {
        if (mail.to === to) sent.push(mail)
        return { fate: 'taken', said: '' }
      },
      close: () => {},
    },
    repeat: (work) => {
      step = work
      return { wake: () => {}, stop: async () => {} }
    },
  })
  /** Until there is nothing more to send at this moment. */
  const run = async () => {
    while ((await step()) <= SECOND);
  }
  return { sent, run, subjects: () => sent.map(({ subject }) => subject) }
}

/** Somebody of the owner's client with a role, signed in. */
async function aPerson(ground: Ground, owner: Owner, role: Role) {
  const email = anEmail()
  const invited = await owner.cabinet.invite({ email, role })
  assert.ok(invited.kind === 'done', JSON.stringify(invited))
  const { token } = invited.value
  const browser = aBrowser(ground)
  const joined = await browser.cabinet.joinClient({ token, password: PASSWORD })
  assert.deepEqual(joined, { kind: 'done', value: { email } })
  const signed = await browser.cabinet.signIn({ email, password: PASSWORD })
  assert.equal(signed.kind, 'done')
  return { email, token, send: browser.send, cabinet: browser.cabinet }
}

/** What the office promises about the people of a client. */
export const peoplePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'an owner may all, an accountant orders and takes files, a viewer looks': async (ground) => {
    const owner = await aClient(ground)
    const { serial } = owner
    for (const role of ['owner', 'accountant', 'viewer'] as const) {
      const { cabinet, send } = await aPerson(ground, owner, role)
      assert.equal((await cabinet.orders({})).kind, 'done')
      assert.equal((await cabinet.transactions({})).kind, 'done')
      const may = role === 'viewer' ? 'right.required' : 'done'
      assert.equal(codeOf(await cabinet.quote({ serial, tariff: 'month' })), may, role)
      assert.equal(codeOf(await cabinet.people({})), role === 'owner' ? 'done' : 'right.required')
      const file = await send({ method: 'GET', path: '/api/exports/transactions?as=csv' })
      assert.equal('status' in file && file.status, role === 'viewer' ? 403 : 200, role)
    }
  },

  'an invitation comes by mail, its link is good once and is kept nowhere': async (ground) => {
    const owner = await aClient(ground)
    await owner.cabinet.chooseLanguage({ language: 'be' })
    const email = anEmail()
    const mailing = aMailing(ground, email)
    const invited = await owner.cabinet.invite({ email, role: 'accountant' })
    assert.ok(invited.kind === 'done' && invited.value.mailed)
    for (let n = 0; n < 3; n++) await mailing.run()
    assert.deepEqual(mailing.subjects(), [`Запрашэнне: асабісты кабінет zPOS, ООО «${owner.unp}»`])
    const [, token = ''] =
      /https:\/\/office\.example\/#\/join\/([\w-]+)/.exec(mailing.sent[0]?.text ?? '') ?? []
    const kept = await ground.db.query<{ facts: string }>(
      'select facts from mail where email = $1',
      [email],
    )
    assert.deepEqual(kept, [{ facts: 'null' }])
    const { cabinet } = aBrowser(ground)
    const looked = await cabinet.clientInvitation({ token })
    assert.ok(looked.kind === 'done' && looked.value.role === 'accountant')
    const accept = () => cabinet.joinClient({ token, password: PASSWORD })
    const both = await Promise.all([accept(), accept()])
    assert.deepEqual(both.map(codeOf).sort(), ['done', 'invitation.void'])
    assert.equal(codeOf(await cabinet.signIn({ email, password: PASSWORD })), 'done')
  },

  'an invitation takes no other client’s account over, and lasts a week': async (ground) => {
    const [owner, other] = [await aClient(ground), await aClient(ground)]
    const { cabinet } = aBrowser(ground)
    const join = async (email: string) => {
      const invited = await owner.cabinet.invite({ email, role: 'viewer' })
      return invited.kind === 'done' ? invited.value.token : assert.fail(invited.kind)
    }
    const strange = await join(other.email)
    const got = await cabinet.joinClient({ token: strange, password: PASSWORD })
    assert.equal(codeOf(got), 'invitation.void')
    assert.equal((await other.cabinet.session({})).kind, 'done')
    const foreign = { email: other.email, role: 'viewer', disabled: true } as const
    assert.equal(codeOf(await owner.cabinet.changePerson(foreign)), 'person.unknown')
    const late = await join(anEmail())
    await owner.later(7 * DAY + 1)
    const tried = await cabinet.joinClient({ token: late, password: PASSWORD })
    assert.equal(codeOf(tried), 'invitation.void')
  },

  'whoever is disabled or changed is signed out, and a client keeps an owner': async (ground) => {
    const owner = await aClient(ground)
    const { email, cabinet } = await aPerson(ground, owner, 'accountant')
    const change = (role: Role, disabled: boolean) =>
      owner.cabinet.changePerson({ email, role, disabled })
    assert.equal(codeOf(await change('viewer', true)), 'done')
    assert.equal(codeOf(await cabinet.session({})), 'session.required')
    assert.equal(codeOf(await cabinet.signIn({ email, password: PASSWORD })), 'password.wrong')
    const own = { email: owner.email, disabled: false } as const
    const last = await owner.cabinet.changePerson({
      email: own.email,
      role: 'viewer',
      disabled: false,
    })
    assert.equal(codeOf(last), 'owner.last')
    assert.equal(codeOf(await change('owner', false)), 'done')
    assert.equal(codeOf(await cabinet.signIn({ email, password: PASSWORD })), 'done')
    // Two owners put each other out at once: one stays.
    const out = (by: typeof cabinet, whom: string) =>
      by.changePerson({ email: whom, role: 'owner', disabled: true })
    await Promise.all([out(owner.cabinet, email), out(cabinet, owner.email)])
    const owners = await ground.db.query(
      `select from account where contract = $1 and client_role = 'owner' and disabled_at is null`,
      [owner.contract],
    )
    assert.equal(owners.length, 1)
  },

  'a changed password ends every other session; sessions are listed and ended': async (ground) => {
    const owner = await aClient(ground)
    const { email, cabinet } = await aPerson(ground, owner, 'viewer')
    const [second, third] = [aBrowser(ground), aBrowser(ground)]
    for (const each of [second, third]) await each.cabinet.signIn({ email, password: PASSWORD })
    const listed = await cabinet.sessions({})
    assert.ok(listed.kind === 'done')
    assert.deepEqual(listed.value.sessions.map(({ own }) => own).sort(), [false, false, true])
    const one = listed.value.sessions.find(({ own }) => !own)
    await owner.cabinet.endSession({ session: one?.id ?? '' })
    const stay = await Promise.all([second, third].map((each) => each.cabinet.session({})))
    assert.deepEqual(stay.map(codeOf), ['done', 'done'], 'another’s session is not ended')
    await cabinet.endSession({ session: one?.id ?? '' })
    const left = await Promise.all([second, third].map((each) => each.cabinet.session({})))
    assert.deepEqual(left.map(codeOf).sort(), ['done', 'session.required'])
    for (const each of [second, third]) await each.cabinet.signIn({ email, password: PASSWORD })
    await cabinet.endOtherSessions({})
    assert.equal(codeOf(await second.cabinet.session({})), 'session.required')
    await third.cabinet.signIn({ email, password: PASSWORD })
    const password = 'another long password'
    const guessed = await cabinet.changePassword({ current: 'wrong', password })
    assert.equal(codeOf(guessed), 'password.wrong')
    assert.equal(codeOf(await cabinet.changePassword({ current: PASSWORD, password })), 'done')
    assert.equal(codeOf(await cabinet.session({})), 'done')
    assert.equal(codeOf(await third.cabinet.session({})), 'session.required')
    assert.equal(
      codeOf(await third.cabinet.signIn({ email, password: PASSWORD })),
      'password.wrong',
    )
    const acts = await ground.db.query<{ what: string }>(
      `select what from act where contract = $1 and target = $2 and what not like 'signed%'
       order by id`,
      [owner.contract, email],
    )
    const sessions = ['sessions-ended', 'sessions-ended']
    assert.deepEqual(
      acts.map(({ what }) => what),
      ['person-invited', 'person-joined', ...sessions, 'password-changed'],
    )
  },

  'with a second factor a password is not enough, a code is good once': async (ground) => {
    const owner = await aClient(ground)
    const { email, cabinet } = await aPerson(ground, owner, 'accountant')
    const offered = await cabinet.beginSecondFactor({})
    assert.ok(offered.kind === 'done')
    const { secret } = offered.value
    const code = () => shownBy(secret, ground.clock.now())
    const confirmed = await cabinet.confirmSecondFactor({ code: code() })
    assert.ok(confirmed.kind === 'done')
    const [recovery = ''] = confirmed.value.recoveryCodes
    const enter = async (typed?: string) =>
      codeOf(await aBrowser(ground).cabinet.signIn({ email, password: PASSWORD, code: typed }))
    assert.equal(await enter(), 'code.required')
    assert.equal(await enter(code()), 'code.wrong', 'it was taken at the confirmation')
    ground.clock.advance(MINUTE)
    assert.equal(await enter(code()), 'done')
    assert.equal(await enter(recovery), 'done')
    assert.equal(await enter(recovery), 'code.wrong')
    ground.clock.advance(MINUTE)
    assert.equal(codeOf(await cabinet.dropSecondFactor({ code: code() })), 'done')
    assert.equal(await enter(), 'done')
  },
}
