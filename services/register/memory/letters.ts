import type { LetterView } from '#core/api/register-letters.ts'
import type { OperationId } from '#core/id.ts'
import {
  ADDRESS_KEPT_MS,
  FARTHEST_TURN_MS,
  LETTER_KEPT_MS,
  type LetterState,
  type LetterStep,
  letterStates,
  TURN_MS,
} from '#core/register/letter.ts'
import type { Moment } from '#core/time.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

export type WaitingLetter = {
  id: string
  operation: OperationId
  email: string
  askedAt: Moment
  /** This one included. */
  attempts: number
}

export type Letters = ReturnType<typeof openLetters>

/** Letters with receipts, each on disk before it leaves (N13). */
export function openLetters(db: Sqlite) {
  const select = {
    one: db.prepare('select * from receipt_letter where id = ?'),
    of: db.prepare('select * from receipt_letter where operation = ? order by made_at desc, id'),
    next: db.prepare(`select min(next_at) at from receipt_letter where state = 'waiting'`),
    counts: db.prepare(
      `select count(*) filter (where state = 'waiting') waiting,
         count(*) filter (where state <> 'waiting') failed,
         max(operation) filter (where state <> 'waiting') failing
       from receipt_letter where email is not null`,
    ),
  }
  const write = {
    put: db.prepare(
      `insert into receipt_letter(id, operation, made_at, asked_at, email, next_at)
       values (:id, :operation, :at, :at, :email, :at) on conflict(id) do nothing`,
    ),
    take: db.prepare(
      `update receipt_letter set attempts = attempts + 1, next_at = :until
       where id = (select id from receipt_letter
                   where state = 'waiting' and (next_at <= :now or next_at > :farthest)
                   order by next_at limit 1)
       returning *`,
    ),
    step: db.prepare(
      `update receipt_letter set state = :state, next_at = :nextAt, said = :said,
         email = case when :state = 'sent' then null else email end
       where id = :id and state = 'waiting'`,
    ),
    again: db.prepare(
      `update receipt_letter set state = 'waiting', asked_at = :now, next_at = :now
       where id = :id and email is not null and state <> 'sent'`,
    ),
    forgetAddresses: db.prepare(
      `update receipt_letter set email = null
       where state <> 'waiting' and email is not null and asked_at < ?`,
    ),
    forget: db.prepare(`delete from receipt_letter where state <> 'waiting' and made_at < ?`),
  }
  const superseded = db.prepare(
    `update receipt_letter set email = null where operation = ? and state <> 'waiting'`,
  )
  return {
    one: (id: string): (LetterView & { operation: string }) | null => {
      const row = select.one.get(id)
      return row ? Object.assign(shown(row), { operation: String(row.operation) }) : null
    },
    of: (operation: string): LetterView[] => select.of.all(operation).map(shown),
    /** A letter to another address comes in place of those of the receipt that failed. */
    put: (letter: { id: string; operation: string; email: string; at: Moment }): void =>
      tx(db, () => {
        superseded.run(letter.operation)
        write.put.run(letter)
      }),
    /** What is due the longest; its next turn is on disk before it leaves. */
    take: (now: Moment): WaitingLetter | null => {
      const [until, farthest] = [now + TURN_MS, now + FARTHEST_TURN_MS]
      const row = write.take.get({ now, until, farthest })
      if (!row) return null
      return {
        id: String(row.id),
        operation: String(row.operation) as OperationId,
        email: String(row.email),
        askedAt: Number(row.asked_at),
        attempts: Number(row.attempts),
      }
    },
    /** When the next is due; null: none waits. */
    nextAt: (): Moment | null => {
      const at = select.next.get()?.at
      return at == null ? null : Number(at)
    },
    step: (id: string, { state, nextAt, said }: LetterStep): void => {
      write.step.run({ id, state, nextAt, said })
    },
    /** False: it was sent, or its address is forgotten. */
    again: (id: string, now: Moment): boolean => write.again.run({ id, now }).changes > 0,
    /** Lets go what has served: addresses of letters that failed, then the letters. */
    forget: (now: Moment): void =>
      tx(db, () => {
        write.forgetAddresses.run(now - ADDRESS_KEPT_MS)
        write.forget.run(now - LETTER_KEPT_MS)
      }),
    /** On their way, and not sent; a failure counts until its address is forgotten. */
    counts: (): { waiting: number; failed: number; failing: OperationId | null } => {
      const { waiting, failed, failing } = select.counts.get() ?? {}
      return {
        waiting: Number(waiting),
        failed: Number(failed),
        failing: failing == null ? null : (String(failing) as OperationId),
      }
    },
  }
}

const shown = (row: Record<string, unknown>): LetterView => ({
  letter: String(row.id) as OperationId,
  at: Number(row.made_at),
  state: stateOf(row.state),
  attempts: Number(row.attempts),
  nextAt: row.next_at === null ? null : Number(row.next_at),
  said: row.said === null ? null : String(row.said),
  email: row.email === null ? null : String(row.email),
})

const stateOf = (state: unknown): LetterState =>
  letterStates.find((each) => each === state) ?? 'given-up'
