import type { Patience } from '#core/matter.ts'
import { RED_MS } from '#core/operator/health.ts'
import type { MeasureKind } from '#core/operator/measure.ts'
import { DAY, MINUTE } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { MeasureMatter, OperatorMatter } from '#core/words/mail.ts'
import type { Addressee, StandingMatter } from '#services/runtime/matters.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { measureStands } from './measures.ts'

/** A measure laid and lifted in the same minute was a slip; its lifting is an act, told at once. */
const patience: Patience = { beforeMs: MINUTE, afterMs: 0 }

/**
 * What clients are told of by mail: warnings and blocks, from when they are known (S1.5, S1.6), and
 * documents that are unsent for a day, and receipts that are red for an hour.
 */
export const clientMatters = async (
  sql: Sql,
  now: number,
): Promise<StandingMatter<OperatorMatter>[]> => [
  ...(await measureMatters(sql, now)),
  ...(await unsentMatters(sql, now)),
  ...(await redMatters(sql, now)),
]

async function measureMatters(sql: Sql, now: number): Promise<StandingMatter<OperatorMatter>[]> {
  const rows = await sql.query<Row>(
    `select measure.id, measure.kind, measure.reason, measure.starts_at as "from",
            measure.ends_at as till, register.number as register, register.place,
            account.email, account.language
     from measure
     join register on register.number = measure.register
     join account on account.unp = register.unp and account.role = 'client'
       and account.disabled_at is null
     where ${measureStands('$1')} order by measure.id, account.email`,
    [now],
  )
  const byKey = new Map<string, StandingMatter<OperatorMatter>>()
  for (const { id, email, language, kind, reason, from, till, register, place } of rows) {
    const key = `measure ${id}`
    const facts: MeasureMatter = { kind, register, place, reason, from, till }
    const matter = byKey.get(key) ?? { key, facts, patience, to: [] }
    byKey.set(key, matter)
    matter.to.push({ email, language: language ?? 'ru' })
  }
  return [...byKey.values()]
}

/** A line that comes and goes is no end of it. */
const untilQuiet: Patience = { beforeMs: 0, afterMs: 10 * MINUTE }

const peopleOfRegister = `
  (select json_agg(json_build_object('email', email, 'language', coalesce(language, 'ru'))
                   order by email)
   from account where account.unp = register.unp and account.role = 'client'
     and disabled_at is null)`

/** By the devices' own word of what they have, and what has come of it since. */
async function unsentMatters(sql: Sql, now: number): Promise<StandingMatter<OperatorMatter>[]> {
  const rows = await sql.query<UnsentRow>(
    `select device, register.number as register, register.place, made - device.number as count,
            oldest_unsent_at as since, ${peopleOfRegister} as people
     from device join register on register.number = device.register
     where made > device.number and retired_at is null and oldest_unsent_at < $1
     order by device`,
    [now - DAY],
  )
  return rows.map(({ device, register, place, count, since, people }) => ({
    key: `unsent ${device}`,
    facts: { kind: 'unsent', register, place, count, since },
    patience: untilQuiet,
    to: people ?? [],
  }))
}

/** By the tills' own word. */
async function redMatters(sql: Sql, now: number): Promise<StandingMatter<OperatorMatter>[]> {
  const rows = await sql.query<Omit<UnsentRow, 'device'> & { till: string }>(
    `select till, register.number as register, register.place, red as count, red_since as since,
            ${peopleOfRegister} as people
     from till join register on register.number = till.register
     where red > 0 and red_since < $1 order by till`,
    [now - RED_MS],
  )
  return rows.map(({ till, register, place, count, since, people }) => ({
    key: `red ${till}`,
    facts: { kind: 'red', register, place, count, since },
    patience: untilQuiet,
    to: people ?? [],
  }))
}

type UnsentRow = {
  device: string
  register: number
  place: string
  count: number
  since: number
  people: Addressee[] | null
}

type Row = {
  id: number
  kind: MeasureKind
  reason: string
  from: number
  till: number | null
  register: number
  place: string
  email: string
  language: Language | null
}
