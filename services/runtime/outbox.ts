import { randomUUID } from 'node:crypto'
import { backoff } from '#core/backoff.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Mail, Post } from './mail.ts'
import type { Postgres, Sql } from './sql.ts'

// Messages that are to leave by mail. A database that has them has the table mail (each service's
// own migrations): a message is in it before it leaves, in the transaction that it is about.

/** That a matter has begun or is over, or a letter of its own. */
export type LetterTold = 'begun' | 'over' | 'once'

export type OutboxPorts<F> = {
  db: Postgres
  clock: Clock
  log: Log
  post: Post
  chance: () => number
  compose: (
    language: Language,
    facts: F,
    when: { told: LetterTold; now: number },
  ) => Pick<Mail, 'subject' | 'text'>
}

const KEPT_MS = 90 * DAY
const TRIED_MS = 3 * DAY
/** A turn twice as far ahead was dated before the clock was put back: it is due (R33). */
const LONGEST_REST_MS = HOUR

/** Writes a message down, to leave as soon as it may; `facts` as JSON. */
export async function putLetter(
  sql: Sql,
  letter: { email: string; language: Language; facts: string; told: LetterTold },
  now: number,
): Promise<void> {
  const { email, language, facts, told } = letter
  await sql.query(
    `insert into mail(id, email, language, facts, told, made_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [randomUUID(), email, language, facts, told, now],
  )
}

/** Forgets messages that are long out. */
export async function forgetLetters(sql: Sql, now: number): Promise<void> {
  await sql.query(`delete from mail where made_at < $1 and state <> 'waiting'`, [now - KEPT_MS])
}

type MailRow = {
  id: string
  email: string
  language: Language
  facts: string
  told: LetterTold
  madeAt: number
  attempts: number
}

/** Sends what is due the longest; false: nothing is. */
export async function sendLetter<F>(ports: OutboxPorts<F>): Promise<boolean> {
  const { db, clock, log, post, chance, compose } = ports
  const now = clock.now()
  // Its next turn is set before it leaves: whoever dies on the way leaves it to be sent again,
  // under the same Message-ID, and nobody else takes it up meanwhile.
  const [row] = await db.query<MailRow>(
    `update mail set attempts = attempts + 1, next_at = $2
     where id = (select id from mail where state = 'waiting' and (next_at <= $1 or next_at > $3)
                 order by next_at limit 1 for update skip locked)
     returning id, email, language, facts, told, made_at as "madeAt", attempts`,
    [now, now + MINUTE, now + 2 * LONGEST_REST_MS],
  )
  if (!row) return false
  const { id, email, language, facts, told, madeAt, attempts } = row
  const words = compose(language, JSON.parse(facts) as F, { told, now })
  const { fate } = await post.send({ id, to: email, subject: words.subject, text: words.text })
  const isLate = fate === 'unknown' && now - madeAt > TRIED_MS
  if (fate === 'unknown' && !isLate) {
    const waitMs = backoff(attempts, { first: MINUTE, longest: LONGEST_REST_MS, chance: chance() })
    await db.query('update mail set next_at = $2 where id = $1', [id, now + waitMs])
    return true
  }
  const state = fate === 'taken' ? 'sent' : 'given-up'
  // The secret of a link stands nowhere longer than it must.
  await db.query(
    `update mail set state = $2, facts = case when told = 'once' then 'null' else facts end
     where id = $1`,
    [id, state],
  )
  if (state === 'given-up') log.error('mail given up', { id, attempts })
  return true
}
