import { randomUUID } from 'node:crypto'
import { backoff } from '#core/backoff.ts'
import {
  followMatter,
  type MatterPhase,
  type MatterStep,
  type Patience,
  type RememberedMatter,
} from '#core/matter.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Mail, Post } from './mail.ts'
import type { Postgres, Sql } from './sql.ts'

// Tells people by mail of what stands and of its end. A database that does has the tables matter
// and mail (each service's own migrations). A message is in the database before it leaves.

/** Somebody who is to know, and what she reads. */
export type Addressee = { email: string; language: Language }
/** A matter that stands; `key` names it for as long as it does. */
export type StandingMatter<F> = { key: string; facts: F; patience: Patience; to: Addressee[] }
export type MatterTold = NonNullable<MatterStep['tell']>

export type MattersPorts<F> = {
  db: Postgres
  clock: Clock
  log: Log
  post: Post
  chance: () => number
  standing: (sql: Sql, now: number) => Promise<StandingMatter<F>[]>
  compose: (
    language: Language,
    facts: F,
    when: { told: MatterTold; now: number },
  ) => Pick<Mail, 'subject' | 'text'>
}

const LOOK_MS = 30 * SECOND
/** Messages that leave in one step. */
const BATCH = 20
const KEPT_MS = 90 * DAY
const TRIED_MS = 3 * DAY

/** `step` looks, writes down whom to tell, sends what is due, and answers how long to rest. */
export function openMatters<F>(ports: MattersPorts<F>) {
  return {
    step: async (): Promise<number> => {
      await look(ports)
      for (let sent = 0; sent < BATCH; sent++) if (!(await sendOne(ports))) return LOOK_MS
      return SECOND
    },
  }
}

type MatterRow = RememberedMatter & { key: string; facts: string; addressees: string }

async function look<F>({ db, clock, standing }: MattersPorts<F>): Promise<void> {
  await db.transaction(async (sql) => {
    // Several gateways may look at once: one writes down, the others then find it written.
    await sql.query('lock table matter in share row exclusive mode')
    const now = clock.now()
    const stands = new Map((await standing(sql, now)).map((matter) => [matter.key, matter]))
    const rows = await sql.query<MatterRow & { after: number }>(
      'select key, phase, since, facts, addressees, after_ms as after from matter',
    )
    const known = new Map(rows.map((row) => [row.key, row]))
    for (const key of new Set([...stands.keys(), ...known.keys()])) {
      const [matter, row] = [stands.get(key) ?? null, known.get(key) ?? null]
      const patience = matter?.patience ?? { beforeMs: 0, afterMs: row?.after ?? 0 }
      const next = followMatter(row, { stands: matter !== null, now }, patience)
      if (next.remembered === row && next.tell === null) continue
      const facts = matter ? JSON.stringify(matter.facts) : (row?.facts ?? 'null')
      const to = matter ? JSON.stringify(matter.to) : (row?.addressees ?? '[]')
      await remember(sql, { key, facts, addressees: to, after: patience.afterMs }, next.remembered)
      if (next.tell !== null) await writeDown(sql, { facts, to, told: next.tell }, now)
    }
    await sql.query(`delete from mail where made_at < $1 and state <> 'waiting'`, [now - KEPT_MS])
  })
}

type Kept = { key: string; facts: string; addressees: string; after: number }

async function remember(
  sql: Sql,
  { key, facts, addressees, after }: Kept,
  remembered: { phase: MatterPhase; since: number } | null,
): Promise<void> {
  if (remembered === null) {
    await sql.query('delete from matter where key = $1', [key])
    return
  }
  await sql.query(
    `insert into matter(key, phase, since, facts, addressees, after_ms)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do update set phase = excluded.phase, since = excluded.since,
       facts = excluded.facts, addressees = excluded.addressees, after_ms = excluded.after_ms`,
    [key, remembered.phase, remembered.since, facts, addressees, after],
  )
}

async function writeDown(
  sql: Sql,
  { facts, to, told }: { facts: string; to: string; told: MatterTold },
  now: number,
): Promise<void> {
  for (const { email, language } of JSON.parse(to) as Addressee[]) {
    await sql.query(
      `insert into mail(id, email, language, facts, told, made_at, next_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [randomUUID(), email, language, facts, told, now],
    )
  }
}

type MailRow = {
  id: string
  email: string
  language: Language
  facts: string
  told: MatterTold
  madeAt: number
  attempts: number
}

/** Sends what is due the longest; false: nothing is. */
async function sendOne<F>({ db, clock, log, post, chance, compose }: MattersPorts<F>) {
  const now = clock.now()
  // Its next turn is set before it leaves: whoever dies on the way leaves it to be sent again,
  // under the same Message-ID, and nobody else takes it up meanwhile.
  const [row] = await db.query<MailRow>(
    `update mail set attempts = attempts + 1, next_at = $2
     where id = (select id from mail where state = 'waiting' and next_at <= $1
                 order by next_at limit 1 for update skip locked)
     returning id, email, language, facts, told, made_at as "madeAt", attempts`,
    [now, now + MINUTE],
  )
  if (!row) return false
  const { id, email, language, facts, told, madeAt, attempts } = row
  const words = compose(language, JSON.parse(facts) as F, { told, now })
  const fate = await post.send({ id, to: email, ...words })
  const isLate = fate === 'unknown' && now - madeAt > TRIED_MS
  if (fate === 'unknown' && !isLate) {
    const waitMs = backoff(attempts, { first: MINUTE, longest: HOUR, chance: chance() })
    await db.query('update mail set next_at = $2 where id = $1', [id, now + waitMs])
    return true
  }
  const state = fate === 'taken' ? 'sent' : 'given-up'
  await db.query('update mail set state = $2 where id = $1', [id, state])
  if (state === 'given-up') log.error('mail given up', { id, attempts })
  return true
}
