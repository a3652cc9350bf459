import {
  followMatter,
  type MatterPhase,
  type MatterStep,
  type Patience,
  type RememberedMatter,
} from '#core/matter.ts'
import { SECOND } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import { forgetLetters, type OutboxPorts, putLetter, sendLetter } from './outbox.ts'
import type { Sql } from './sql.ts'

// Tells people by mail of what stands and of its end. A database that does has the tables matter
// and mail (each service's own migrations).

/** Somebody who is to know, and what she reads. */
export type Addressee = { email: string; language: Language }
/** A matter that stands; `key` names it for as long as it does. */
export type StandingMatter<F> = { key: string; facts: F; patience: Patience; to: Addressee[] }
export type MatterTold = NonNullable<MatterStep['tell']>

export type MattersPorts<F> = OutboxPorts<F> & {
  standing: (sql: Sql, now: number) => Promise<StandingMatter<F>[]>
}

const LOOK_MS = 30 * SECOND
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
  { facts, to, told }: { facts: string; to: string; told: MatterTold },
  now: number,
): Promise<void> {
  for (const { email, language } of JSON.parse(to) as Addressee[]) {
    await putLetter(sql, { email, language, facts, told }, now)
  }
}
