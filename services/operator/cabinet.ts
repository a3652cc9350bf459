import type { Context as Call } from 'hono'
import { operatorRoles } from '#core/access/roles.ts'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator.ts'
import { parseUidStart } from '#core/document/uid.ts'
import { DAY, parseTypedTime } from '#core/time.ts'
import { type Accounts, sessionRequired } from '#services/runtime/accounts.ts'
import { vouch } from '#services/runtime/listen.ts'
import type { Door } from '#services/runtime/serve.ts'
import { readBody } from './body.ts'
import type { OperatorPorts } from './ports.ts'
import * as store from './store.ts'

/** Who has signed in to the cabinet, and by which call. */
export type Visitor = { call: Call; account: store.AccountRow }

/** Knows a visitor by the session's cookie. */
export const cabinetDoor = ({ accounts }: CabinetPorts): Door<Visitor, Call> => ({
  open: (call) => call,
  signedIn: async (call) => {
    const account = await accounts.signedIn(call)
    if (!account) return sessionRequired
    vouch(call, account.email)
    return { call, account }
  },
  may: ({ account: { role } }, right) => operatorRoles[role].some((each) => each === right),
  forbid: (right) => refused('right.required', { reason: 'cabinet', right }),
})

export type CabinetPorts = OperatorPorts & { accounts: Accounts<store.AccountRow> }

export function cabinetHandlers(
  ports: CabinetPorts,
): Handlers<typeof operatorCabinetApi, Visitor, Call> {
  const { db, accounts } = ports
  return {
    signIn: async (typed, call) => {
      const entered = await accounts.signIn(call, typed)
      return entered.kind === 'in' ? done(shown(entered.account)) : entered
    },
    session: async (_, { account }) => done(shown(account)),
    signOut: async (_, { call }) => {
      await accounts.signOut(call)
      return done({})
    },
    chooseLanguage: async ({ language }, { account }) => {
      await accounts.setLanguage(account.email, language)
      return done(shown({ ...account, language }))
    },
    registers: async (_, { account }) =>
      done({ registers: await store.registersOf(db, unpOf(account)) }),
    block: ({ register, reason }, { account }) => setBlocked(ports, account, { register, reason }),
    unblock: ({ register }, { account }) => setBlocked(ports, account, { register, reason: null }),
    documents: async ({ before, limit, day, time, uid, ...rest }, { account }) => {
      const place = before === undefined ? undefined : placeOf(before)
      if (place === null) return badPlace
      if (time !== undefined && day === undefined) return dayMissing
      const uidStart = uid === undefined ? undefined : parseUidStart(uid)
      // Some uid was asked for: what is no uid finds nothing rather than everything.
      if (uidStart === null) return done({ documents: [], next: null })
      const filter = { ...rest, ...momentsOf(day, time), uidStart, before: place }
      const page = { filter, limit: limit + 1 }
      const documents = await store.documentsOf(db, unpOf(account), page)
      const last = documents.length > limit ? documents[limit - 1] : undefined
      return done({ documents: documents.slice(0, limit), next: last ? cursorOf(last) : null })
    },
    document: async ({ uid }, { account }) => {
      const row = await store.documentByUid(db, unpOf(account), uid)
      if (!row) return refused('document.unknown')
      const { document } = readBody(row.body)
      return done({ ...row, document })
    },
    evidence: async (_, { account }) =>
      done(await store.evidenceAgainst(db, account.role === 'staff' ? null : unpOf(account))),
  }
}

/** R20: it is written down who it was. */
async function setBlocked(
  { db, clock }: OperatorPorts,
  { email }: store.AccountRow,
  block: { register: number; reason: string | null },
) {
  const act = { ...block, email, now: clock.now() }
  const known = await db.transaction((sql) => store.setBlocked(sql, act))
  return known ? done({}) : refused('register.unknown', { register: block.register })
}

const shown = ({ email, role, company, language }: store.AccountRow) => ({
  email,
  role,
  client: company ?? '',
  language,
})

// No client has an empty UNP: an account without one owns nothing.
const unpOf = ({ unp }: store.AccountRow): string => unp ?? ''

/** The moments of a calendar day in Minsk, or of a time of it. */
function momentsOf(day: string | undefined, time = ''): { from?: number; until?: number } {
  if (day === undefined) return {}
  const midnight = Date.parse(`${day}T00:00:00+03:00`)
  const { from, until } = parseTypedTime(time) ?? { from: 0, until: DAY }
  return { from: midnight + from, until: midnight + until }
}

const dayMissing = invalid('day', 'day-missing')

const cursorOf = ({ at, number, device }: store.DocumentPlace): string =>
  `${at}.${number}.${device}`

function placeOf(cursor: string): store.DocumentPlace | null {
  const [, at, number, device] = /^(\d{1,15})\.(\d{1,9})\.(.+)$/.exec(cursor) ?? []
  return device === undefined ? null : { at: Number(at), number: Number(number), device }
}

const badPlace = invalid('before', 'place-unknown')
