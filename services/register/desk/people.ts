import { isDeepStrictEqual } from 'node:util'
import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import type { peopleEndpoints } from '#core/api/register-people.ts'
import { SECOND } from '#core/time.ts'
import type { Person } from '../catalogue/people.ts'
import type { Register } from '../register.ts'

/** Who has signed in, by which token and call. */
export type SignedIn = { person: Person; token: string; call: Call }

type All = Handlers<typeof registerApi, SignedIn, Call>
type Own = Pick<All, keyof typeof peopleEndpoints>

/** Whether somebody is in as she was: with the same rights, in the same language. */
export const isAsBefore = (now: Person | null, before: Person | null): boolean =>
  now !== null && isDeepStrictEqual(now, before)

/** Who works here: signing in and out, one's own PIN and language, the people and their roles. */
export function deskPeople(register: Register): Own {
  const { people, acts, events } = register
  return {
    users: async () => done({ users: people.list().map(({ name, role }) => ({ name, role })) }),
    signIn: async (typed, call) => signIn(register, call, typed),
    session: async (_, { person }) => done(person),
    signOut: async (_, { person, token, call }) => {
      people.signOut(token)
      acts.record({ person: person.user, what: 'signed-out', facts: {} })
      events.look()
      register.signIn.letOut(call)
      return done({})
    },
    chooseLanguage: async ({ language }, { person }) => {
      people.setLanguage(person.user, language)
      return done({ ...person, language })
    },
    changeOwnPin: async (typed, caller) => changeOwnPin(register, caller, typed),
    ...keepingHandlers(register),
  }
}

type Keeping =
  | 'people'
  | 'addPerson'
  | 'changePerson'
  | 'disablePerson'
  | 'enablePerson'
  | 'addRole'
  | 'changeRole'
  | 'removeRole'

function keepingHandlers({ roster, roles, events }: Register): Pick<All, Keeping> {
  /** Whose session has ended hears nothing more, from this very moment. */
  const looked = async <T>(answer: T | Promise<T>): Promise<T> => {
    const told = await answer
    events.look()
    return told
  }
  const by = ({ person }: SignedIn) => ({ person: person.user })
  return {
    people: async () => done({ people: roster.list(), roles: roles.list() }),
    addPerson: ({ request, ...form }, caller) =>
      looked(roster.add(form, Object.assign(by(caller), { request }))),
    changePerson: (change, caller) => looked(roster.change(change, by(caller))),
    disablePerson: (seen, caller) => looked(roster.disable(seen, by(caller))),
    enablePerson: (form, caller) => looked(roster.enable(form, by(caller))),
    addRole: async ({ request, ...form }, caller) =>
      roles.add(form, Object.assign(by(caller), { request })),
    removeRole: async (seen, caller) => roles.remove(seen, by(caller)),
    changeRole: (form, caller) => looked(roles.change(form, by(caller))),
  }
}

async function signIn(
  { people, signIn: cookies, events, acts, notes }: Register,
  call: Call,
  { user, pin }: { user: string; pin: string },
) {
  const entered = await people.signIn(user, pin, cookies.placeOf(call, user))
  const name = people.isKnown(user) ? user : null
  switch (entered.kind) {
    case 'wrong':
      notes.failedSignIn('sign-in-failed', name)
      return refused('pin.wrong')
    case 'locked':
      notes.failedSignIn('sign-in-locked', name)
      return refused('pin.locked', { waitMs: entered.waitMs })
    case 'busy':
      return refused('server.busy', { waitMs: SECOND })
    case 'in':
      acts.record({ person: user, what: 'signed-in', facts: {} })
      // Whoever was signed in in this browser is not any more.
      people.signOut(cookies.tokenOf(call))
      events.look()
      cookies.letIn(call, { person: user, token: entered.token })
      return done(entered.person)
  }
}

async function changeOwnPin(
  { people, signIn: cookies, roster, notes, events }: Register,
  { person: { user }, token, call }: SignedIn,
  { pin, newPin }: { pin: string; newPin: string },
) {
  const checked = await people.check(user, pin, cookies.placeOf(call, user))
  switch (checked.kind) {
    case 'wrong':
      notes.failedPin(user)
      return refused('pin.wrong', {}, { field: 'pin' })
    case 'locked':
      return refused('pin.locked', { waitMs: checked.waitMs })
    case 'busy':
      return refused('server.busy', { waitMs: SECOND })
    case 'right': {
      const answer = await roster.changeOwnPin({ name: user, pin: newPin, token })
      events.look()
      const isTaken = answer.kind === 'refused' && answer.code === 'pin.taken'
      return isTaken ? refused('pin.taken', {}, { field: 'newPin' }) : answer
    }
  }
}
