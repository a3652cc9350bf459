import type { Context as Call } from 'hono'
import { operatorRoles } from '#core/access/roles.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetSessionApi } from '#core/api/operator-cabinet/session.ts'
import { noAttempts } from '#core/lockout.ts'
import { HOUR, SECOND } from '#core/time.ts'
import { type OverAll, openGuesses } from '#services/runtime/guesses.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import * as store from '../store/accounts.ts'
import type { CabinetPorts, Visitor } from './door.ts'

const SESSION = 12 * HOUR

/** Signing in and out, and what an account chooses for itself. */
export function sessionHandlers(
  ports: CabinetPorts,
): Handlers<typeof cabinetSessionApi, Visitor, Call> {
  const { db } = ports
  const signIn = signingIn(ports)
  return {
    signIn: ({ email, password }, call) =>
      signIn(call, { email: email.trim().toLowerCase(), password }),
    session: async (_, { account }) => done(shown(account)),
    signOut: async (_, { call }) => {
      await store.endCabinetSession(db, sha256(ports.signIn.tokenOf(call)))
      ports.signIn.letOut(call)
      return done({})
    },
    chooseLanguage: async ({ language }, { account }) => {
      await store.setLanguage(db, account.email, language)
      return done(shown({ ...account, language }))
    },
  }
}

function signingIn({ db, clock, signIn: cookies }: CabinetPorts) {
  const guesses = openGuesses(clock)
  const overAllOf =
    (email: string): OverAll =>
    (change) =>
      db.transaction(async (sql) => {
        const before = (await store.lockAccount(sql, email)) ?? noAttempts
        const after = change(before)
        if (after) await store.setAttempts(sql, email, after)
        return before
      })
  return async (call: Call, { email, password }: { email: string; password: string }) => {
    const account = await store.accountOf(db, email)
    const asked = { person: email, stored: account?.secret ?? null, typed: password }
    const guessed = await guesses.guess(asked, cookies.placeOf(call, email), overAllOf(email))
    if (guessed.kind === 'locked') return refused('password.locked', { waitMs: guessed.waitMs })
    if (guessed.kind === 'busy') return refused('server.busy', { waitMs: SECOND })
    if (guessed.kind === 'wrong' || !account) return refused('password.wrong')
    const token = newToken()
    const now = clock.now()
    const session = { tokenHash: sha256(token), email, until: now + SESSION, now }
    const before = cookies.tokenOf(call)
    await db.transaction(async (sql) => {
      // Whoever was signed in in this browser is not any more.
      if (before !== '') await store.endCabinetSession(sql, sha256(before))
      await store.openSession(sql, session)
    })
    cookies.letIn(call, { person: email, token, maxAge: SESSION / SECOND })
    return done(shown(account))
  }
}

const shown = ({ email, role, company, language }: store.AccountRow) => ({
  email,
  role,
  client: company ?? '',
  rights: [...operatorRoles[role]],
  language,
})
