import type { Context as Call } from 'hono'
import type { AccountActName } from '#core/access/acts.ts'
import type { Moment } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import { addressOf } from './serve.ts'
import type { Sql } from './sql.ts'

// Who does what in a cabinet, as audit trails name it.

/** Who acts, from where and when. */
export type Actor = { email: string; origin: string; now: Moment }

/** Who has signed in to a cabinet, as far as every cabinet knows it. */
export type AnyVisitor = {
  call: Call
  account: { email: string; company: string | null; language: Language | null }
}

/** Who acts by this call. */
export const actorOf = (
  { call, account }: { call: Call; account: { email: string } },
  now: Moment,
): Actor => ({
  email: account.email,
  origin: addressOf(call),
  now,
})

/** Writes an act of an account down, in the transaction that carries it out. */
export type RecordAct = (
  sql: Sql,
  by: Actor,
  act: {
    what: AccountActName
    client?: string | null
    target?: string | null
    reason?: string | null
  },
) => Promise<void>
