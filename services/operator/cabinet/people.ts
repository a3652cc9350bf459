import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetPeopleApi } from '#core/api/operator-cabinet/people.ts'
import { DAY } from '#core/time.ts'
import { hashSecret, newToken, sha256 } from '#services/runtime/secret.ts'
import { addressOf } from '#services/runtime/serve.ts'
import { recordAct } from '../store/acts.ts'
import * as store from '../store/people.ts'
import { setSecret } from '../store/staff.ts'
import { actorOf, type CabinetPorts, unpOf, type Visitor } from './door.ts'

const INVITATION_LASTS = 7 * DAY

type All = Handlers<typeof cabinetPeopleApi, Visitor, Call>

/** People of a client, each change of them written down. */
export const peopleHandlers = (ports: CabinetPorts): All =>
  Object.assign({}, listHandlers(ports), invitationHandlers(ports), {
    changePassword: passwordHandler(ports),
  })

function listHandlers({
  db,
  clock,
}: CabinetPorts): Pick<All, 'people' | 'invite' | 'changePerson' | 'withdrawInvitation'> {
  return {
    people: async (_, { account }) => {
      const unp = unpOf(account)
      const people = await store.peopleOf(db, unp)
      return done({ people, invitations: await store.invitationsOf(db, unp, clock.now()) })
    },
    invite: async ({ email: typed, role }, visitor) => {
      const email = typed.toLowerCase()
      const unp = unpOf(visitor.account)
      const token = newToken()
      const now = clock.now()
      const until = now + INVITATION_LASTS
      const by = visitor.account.email
      const isNew = await db.transaction(async (sql) => {
        await store.holdPeople(sql, unp)
        const people = await store.peopleOf(sql, unp)
        // Of accounts elsewhere nothing is told: such an invitation is void when it is taken up.
        if (people.some((person) => person.email === email)) return false
        await store.setInvitation(sql, { tokenHash: sha256(token), unp, email, role, by, until })
        const act = { what: 'person-invited', unp, target: email, reason: role } as const
        await recordAct(sql, actorOf(visitor, now), act)
        return true
      })
      return isNew ? done({ token, until }) : refused('person.known')
    },
    changePerson: async ({ email: typed, role, disabled }, visitor) => {
      const email = typed.toLowerCase()
      const unp = unpOf(visitor.account)
      const now = clock.now()
      return db.transaction(async (sql) => {
        await store.holdPeople(sql, unp)
        const people = await store.peopleOf(sql, unp)
        const known = people.find((person) => person.email === email)
        if (!known) return refused('person.unknown')
        if (known.role === role && known.disabled === disabled) return done({})
        const after = { email, role, disabled }
        const left = people.map((person) => (person === known ? after : person))
        if (!left.some((person) => person.role === 'owner' && !person.disabled)) {
          return refused('owner.last')
        }
        await store.setPerson(sql, after, now)
        const what = disabled === known.disabled ? 'person-changed' : switched(disabled)
        const act = { what, unp, target: email, reason: role } as const
        await recordAct(sql, actorOf(visitor, now), act)
        return done({})
      })
    },
    withdrawInvitation: async ({ email: typed }, visitor) => {
      const email = typed.toLowerCase()
      const unp = unpOf(visitor.account)
      const was = await db.transaction(async (sql) => {
        if (!(await store.endInvitation(sql, unp, email))) return false
        const act = { what: 'person-uninvited', unp, target: email } as const
        await recordAct(sql, actorOf(visitor, clock.now()), act)
        return true
      })
      return was ? done({}) : refused('person.unknown')
    },
  }
}

const switched = (disabled: boolean) => (disabled ? 'person-disabled' : 'person-enabled')

/** Whoever holds the token of an invitation is the person invited: it is asked for but once. */
function invitationHandlers({
  db,
  clock,
}: CabinetPorts): Pick<All, 'clientInvitation' | 'joinClient'> {
  return {
    clientInvitation: async ({ token }) => {
      const invited = await store.invitationBy(db, sha256(token), clock.now())
      if (!invited) return refused('invitation.void')
      const { email, company, role } = invited
      return done({ email, client: company, role })
    },
    joinClient: async ({ token, password }, call) => {
      const tokenHash = sha256(token)
      // No password is worked on for whoever has no invitation.
      if (!(await store.invitationBy(db, tokenHash, clock.now()))) return refused('invitation.void')
      const secret = await hashSecret(password)
      return db.transaction(async (sql) => {
        const now = clock.now()
        const invited = await store.invitationBy(sql, tokenHash, now)
        if (!invited) return refused('invitation.void')
        const { email, unp, role } = invited
        const isFirst = await store.endInvitation(sql, unp, email)
        const isAdded = isFirst && (await store.addAccount(sql, invited, secret))
        if (!isAdded) return refused('invitation.void')
        const actor = { email, origin: addressOf(call), now }
        await recordAct(sql, actor, { what: 'person-joined', unp, target: email, reason: role })
        return done({ email })
      })
    },
  }
}

const passwordHandler =
  ({ db, clock, accounts }: CabinetPorts): All['changePassword'] =>
  async ({ current, password }, visitor) => {
    const { call, account } = visitor
    const { email, unp } = account
    const wrong = await accounts.guess(call, { email, password: current })
    if (wrong) return wrong
    const secret = await hashSecret(password)
    await db.transaction(async (sql) => {
      await setSecret(sql, email, secret)
      await store.endOtherSessions(sql, email, accounts.tokenHashOf(call))
      await recordAct(sql, actorOf(visitor, clock.now()), {
        what: 'password-changed',
        unp,
        target: email,
      })
    })
    return done({})
  }
