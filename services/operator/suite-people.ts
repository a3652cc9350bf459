// What the operator promises about the people of a client.

import assert from 'node:assert/strict'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { DAY } from '#core/time.ts'
import { aVisitor, type Ground, inProcess } from './suite-ground.ts'

const PASSWORD = 'a password that is long'
type Role = 'owner' | 'accountant' | 'viewer'
type Visitor = Awaited<ReturnType<typeof aVisitor>>

let made = 0
const anEmail = (): string => {
  made += 1
  return `person-${made}@demo.by`
}

const aBrowser = ({ app }: Ground) => {
  const send = inProcess(app)
  return { send, cabinet: client(operatorCabinetApi, send) }
}

async function invited({ cabinet }: Visitor, email: string, role: Role): Promise<string> {
  const got = await cabinet.invite({ email, role })
  assert.ok(got.kind === 'done', JSON.stringify(got))
  return got.value.token
}

/** Somebody of the owner's client with a role, signed in. */
async function aPerson(ground: Ground, owner: Visitor, role: Role) {
  const email = anEmail()
  const token = await invited(owner, email, role)
  const browser = aBrowser(ground)
  const joined = await browser.cabinet.joinClient({ token, password: PASSWORD })
  assert.deepEqual(joined, { kind: 'done', value: { email } })
  const signed = await browser.cabinet.signIn({ email, password: PASSWORD })
  assert.equal(signed.kind, 'done')
  return { email, token, send: browser.send, cabinet: browser.cabinet }
}

const codeOf = (got: { kind: string; code?: string }) => got.code ?? got.kind
const exported = async ({ send }: { send: Visitor['send'] }): Promise<number> => {
  const got = await send({ method: 'GET', path: '/api/exports/documents?as=csv' })
  return 'status' in got ? got.status : 0
}

export const peoplePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'roles: an owner may all, an accountant takes files, a viewer looks': async (ground) => {
    const owner = await aVisitor(ground)
    for (const [role, files] of [
      ['owner', 200],
      ['accountant', 200],
      ['viewer', 403],
    ] as const) {
      const person = await aPerson(ground, owner, role)
      assert.equal((await person.cabinet.documents({})).kind, 'done')
      assert.equal((await person.cabinet.registers({})).kind, 'done')
      assert.equal(await exported(person), files, role)
      const people = codeOf(await person.cabinet.people({}))
      assert.equal(people, role === 'owner' ? 'done' : 'right.required')
    }
  },

  'an invitation is good once, for a week, for whoever holds it, until it is withdrawn': async (
    ground,
  ) => {
    const owner = await aVisitor(ground)
    const { token, email } = await aPerson(ground, owner, 'viewer')
    const { cabinet } = aBrowser(ground)
    const accept = (of: string) => cabinet.joinClient({ token: of, password: PASSWORD })
    assert.equal(codeOf(await accept(token)), 'invitation.void', 'once')
    assert.equal(codeOf(await owner.cabinet.invite({ email, role: 'owner' })), 'person.known')
    const first = await invited(owner, anEmail(), 'viewer')
    const look = await cabinet.clientInvitation({ token: first })
    assert.ok(look.kind === 'done' && look.value.client === `ООО «${owner.unp}»`)
    const again = anEmail()
    const old = await invited(owner, again, 'viewer')
    await invited(owner, again, 'accountant')
    assert.equal(codeOf(await accept(old)), 'invitation.void', 'the newest counts')
    assert.equal(codeOf(await owner.cabinet.withdrawInvitation({ email: again })), 'done')
    assert.equal(codeOf(await owner.cabinet.withdrawInvitation({ email: again })), 'person.unknown')
    ground.clock.advance(7 * DAY + 1)
    assert.equal(codeOf(await accept(first)), 'invitation.void', 'a week')
  },

  'an invitation never takes another client’s account over': async (ground) => {
    const owner = await aVisitor(ground)
    const other = await aVisitor(ground)
    const token = await invited(owner, other.email, 'viewer')
    const { cabinet } = aBrowser(ground)
    const got = await cabinet.joinClient({ token, password: PASSWORD })
    assert.equal(codeOf(got), 'invitation.void')
    assert.equal((await other.cabinet.registers({})).kind, 'done')
    const signed = await cabinet.signIn({ email: other.email, password: PASSWORD })
    assert.equal(codeOf(signed), 'password.wrong')
  },

  'whoever is disabled or changed is signed out; a client keeps an owner': async (ground) => {
    const owner = await aVisitor(ground)
    const person = await aPerson(ground, owner, 'accountant')
    const { email } = person
    const change = (role: Role, disabled: boolean) =>
      owner.cabinet.changePerson({ email, role, disabled })
    assert.equal(codeOf(await change('viewer', false)), 'done')
    assert.equal(codeOf(await person.cabinet.session({})), 'session.required')
    const enter = async () => codeOf(await person.cabinet.signIn({ email, password: PASSWORD }))
    assert.equal(await enter(), 'done')
    assert.equal(codeOf(await change('viewer', true)), 'done')
    assert.equal(codeOf(await person.cabinet.session({})), 'session.required')
    assert.equal(await enter(), 'password.wrong')
    assert.equal(codeOf(await change('viewer', false)), 'done')
    assert.equal(await enter(), 'done')
    const own = { email: owner.email, disabled: false } as const
    const last = await owner.cabinet.changePerson({ ...own, role: 'viewer' })
    assert.equal(codeOf(last), 'owner.last')
    const foreign = await aVisitor(ground)
    const strange = { email: foreign.email, role: 'viewer', disabled: true } as const
    assert.equal(codeOf(await owner.cabinet.changePerson(strange)), 'person.unknown')
  },

  'a changed password ends every other session; each act is written down': async (ground) => {
    const owner = await aVisitor(ground)
    const person = await aPerson(ground, owner, 'accountant')
    const { email } = person
    const second = aBrowser(ground)
    await second.cabinet.signIn({ email, password: PASSWORD })
    const password = 'another long password'
    const guessed = await person.cabinet.changePassword({ current: 'wrong', password })
    assert.equal(codeOf(guessed), 'password.wrong')
    const changed = await person.cabinet.changePassword({ current: PASSWORD, password })
    assert.equal(codeOf(changed), 'done')
    assert.equal(codeOf(await person.cabinet.session({})), 'done')
    assert.equal(codeOf(await second.cabinet.session({})), 'session.required')
    const enter = await second.cabinet.signIn({ email, password })
    assert.equal(enter.kind, 'done')
    await owner.cabinet.changePerson({ email, role: 'viewer', disabled: true })
    const acts = await ground.db.query<{ what: string; email: string }>(
      `select what, email from act where target = $1 and what not like 'signed%' order by id`,
      [email],
    )
    assert.deepEqual(acts, [
      { what: 'person-invited', email: owner.email },
      { what: 'person-joined', email },
      { what: 'password-changed', email },
      { what: 'person-disabled', email: owner.email },
    ])
  },
}
