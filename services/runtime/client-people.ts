import type { Context as Call } from 'hono'
import type { cabinetPeopleApi } from '#core/api/cabinet/people.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import { DAY } from '#core/time.ts'
import type { InvitationLetter } from '#core/words/mail.ts'
import { type AnyVisitor, actorOf, type RecordAct } from './actors.ts'
import { type ClientColumns, clientPeopleRows } from './client-people-rows.ts'
import type { Clock } from './clock.ts'
import { putLetter } from './outbox.ts'
import { hashSecret, newToken, sha256 } from './secret.ts'
import { addressOf } from './serve.ts'
import type { Postgres, Sql } from './sql.ts'

const INVITATION_LASTS = 7 * DAY

export type ClientPeoplePorts<Visitor> = {
  db: Postgres
  clock: Clock
  columns: ClientColumns
  /** Whose people the visitor keeps; null: nobody's. */
  clientOf: (visitor: Visitor) => string | null
  record: RecordAct
  /** Mail goes: whoever is invited gets a letter. */
  mails: boolean
}

type All<Visitor> = Handlers<typeof cabinetPeopleApi, Visitor, Call>

/** People of a client, each change of them written down. */
export function clientPeopleHandlers<Visitor extends AnyVisitor>(
  ports: ClientPeoplePorts<Visitor>,
): All<Visitor> {
  const { db, clock, columns, record, mails } = ports
  const store = clientPeopleRows(columns)
  // No client is called so.
  const clientOf = (visitor: Visitor) => ports.clientOf(visitor) ?? ''
  const listed: Pick<All<Visitor>, 'people' | 'invite' | 'changePerson' | 'withdrawInvitation'> = {
    people: async (_, visitor) => {
      const client = clientOf(visitor)
      const people = await store.peopleOf(db, client)
      return done({ people, invitations: await store.invitationsOf(db, client, clock.now()) })
    },
    invite: async ({ email: typed, role }, visitor) => {
      const email = typed.toLowerCase()
      const client = clientOf(visitor)
      const token = newToken()
      const now = clock.now()
      const until = now + INVITATION_LASTS
      const by = visitor.account.email
      const isNew = await db.transaction(async (sql) => {
        await store.holdPeople(sql, client)
        const people = await store.peopleOf(sql, client)
        // Of accounts elsewhere nothing is told: such an invitation is void when it is taken up.
        if (people.some((person) => person.email === email)) return false
        const tokenHash = sha256(token)
        await store.setInvitation(sql, { tokenHash, client, email, role, by, until })
        const act = { what: 'person-invited', client, target: email, reason: role } as const
        await record(sql, actorOf(visitor, now), act)
        if (mails) await write(sql, visitor, { email, token, role, until, now })
        return true
      })
      return isNew ? done({ token, until, mailed: mails }) : refused('person.known')
    },
    changePerson: async ({ email: typed, role, disabled }, visitor) => {
      const email = typed.toLowerCase()
      const client = clientOf(visitor)
      const now = clock.now()
      return db.transaction(async (sql) => {
        await store.holdPeople(sql, client)
        const people = await store.peopleOf(sql, client)
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
        const act = { what, client, target: email, reason: role } as const
        await record(sql, actorOf(visitor, now), act)
        return done({})
      })
    },
    withdrawInvitation: async ({ email: typed }, visitor) => {
      const email = typed.toLowerCase()
      const client = clientOf(visitor)
      const was = await db.transaction(async (sql) => {
        if (!(await store.endInvitation(sql, client, email))) return false
        const act = { what: 'person-uninvited', client, target: email } as const
        await record(sql, actorOf(visitor, clock.now()), act)
        return true
      })
      return was ? done({}) : refused('person.unknown')
    },
  }
  return Object.assign(listed, invitationHandlers(ports))
}

/** The letter is in the language of whoever invites: that of the invited is not known. */
async function write(
  sql: Sql,
  { account: { company, language } }: AnyVisitor,
  { email, token, role, until, now }: Omit<InvitationLetter, 'kind' | 'company'> & To,
): Promise<void> {
  const kind = 'invitation'
  const letter: InvitationLetter = { kind, token, company: company ?? '', role, until }
  const facts = JSON.stringify(letter)
  await putLetter(sql, { email, language: language ?? 'ru', facts, told: 'once' }, now)
}

type To = { email: string; now: number }

const switched = (disabled: boolean) => (disabled ? 'person-disabled' : 'person-enabled')

/** Whoever holds the token of an invitation is the person invited: it is asked for but once. */
function invitationHandlers<Visitor>({
  db,
  clock,
  columns,
  record,
}: ClientPeoplePorts<Visitor>): Pick<All<Visitor>, 'clientInvitation' | 'joinClient'> {
  const store = clientPeopleRows(columns)
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
        const { email, client, role } = invited
        const isFirst = await store.endInvitation(sql, client, email)
        const isAdded = isFirst && (await store.addAccount(sql, invited, secret))
        if (!isAdded) return refused('invitation.void')
        const actor = { email, origin: addressOf(call), now }
        const act = { what: 'person-joined', client, target: email, reason: role } as const
        await record(sql, actor, act)
        return done({ email })
      })
    },
  }
}
