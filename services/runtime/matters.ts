import {
  followMatter,
  type MatterPhase,
  type MatterStep,
  type Patience,
  type RememberedMatter,
} from '#core/matter.ts'
import type { NoticeName } from '#core/notices.ts'
import { SECOND } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import { forgetLetters, type OutboxPorts, putLetter, sendLetter } from './outbox.ts'
import type { Sql } from './sql.ts'

// Tells people by mail of what stands and of its end. A database that does has the tables matter
// and mail, account and unwanted_notice (each service's own migrations).

/** Somebody who is to know, and what she reads. */
export type Addressee = { email: string; language: Language }
/** A matter that stands; `key` names it for as long as it does. */
export type StandingMatter<F> = {
  key: string
  facts: F
  patience: Patience
  to: Addressee[]
  /** A matter that has become this one: that it is over is not told. */
  replaces?: string
  /** It stands no more, and how it ended is in its facts. */
  isOver?: boolean
}
export type MatterTold = NonNullable<MatterStep['tell']>

export type MattersPorts<F> = OutboxPorts<F> & {
  standing: (sql: Sql, now: number) => Promise<StandingMatter<F>[]>
  /** What notice it is; who does not want it is not told. */
  noticeOf: (facts: F) => NoticeName
}

const LOOK_MS = 10 * SECOND
/** Messages that leave in one step. */
const BATCH = 20

/** `step` looks, writes down whom to tell, sends what is due, and answers how long to rest. */
export function openMatters<F>(ports: MattersPorts<F>) {
  return {
    step: async (): Promise<number> => {
      await look(ports)
      for (let sent = 0; sent < BATCH; sent++) if (!(await sendLetter(ports))) return LOOK_MS
      return SECOND
    },
  }
}

type MatterRow = RememberedMatter & { key: string; facts: string; addressees: string }

async function look<F>({ db, clock, standing, noticeOf }: MattersPorts<F>): Promise<void> {
  await db.transaction(async (sql) => {
    // Several gateways may look at once: one writes down, the others then find it written.
    await sql.query('lock table matter in share row exclusive mode')
    const now = clock.now()
    const stands = new Map((await standing(sql, now)).map((matter) => [matter.key, matter]))
    const replaced = [...stands.values()].flatMap(({ replaces }) => replaces ?? [])
    await sql.query('delete from matter where key = any($1::text[])', [replaced])
    const rows = await sql.query<MatterRow & { after: number }>(
      'select key, phase, since, facts, addressees, after_ms as after from matter',
    )
    const known = new Map(rows.map((row) => [row.key, row]))
    for (const key of new Set([...stands.keys(), ...known.keys()])) {
      const [matter, row] = [stands.get(key) ?? null, known.get(key) ?? null]
      const patience = matter?.patience ?? { beforeMs: 0, afterMs: row?.after ?? 0 }
      const isStanding = matter !== null && matter.isOver !== true
      const next = followMatter(row, { stands: isStanding, now }, patience)
      if (next.remembered === row && next.tell === null) continue
      const facts = matter ? JSON.stringify(matter.facts) : (row?.facts ?? 'null')
      const to = matter ? JSON.stringify(matter.to) : (row?.addressees ?? '[]')
      await remember(sql, { key, facts, addressees: to, after: patience.afterMs }, next.remembered)
      if (next.tell === null) continue
      const notice = noticeOf(JSON.parse(facts) as F)
      await writeDown(sql, { facts, to, told: next.tell, notice }, now)
    }
    await forgetLetters(sql, now)
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
  { facts, to, told, notice }: { facts: string; to: string; told: MatterTold; notice: NoticeName },
  now: number,
): Promise<void> {
  for (const { email, language } of JSON.parse(to) as Addressee[]) {
    const wanting = await sql.query(
      `select from account where email = $1 and disabled_at is null and not exists(
         select from unwanted_notice u where u.email = account.email and notice = $2)`,
      [email, notice],
    )
    if (wanting.length > 0) await putLetter(sql, { email, language, facts, told }, now)
  }
}
