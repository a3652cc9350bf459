import type { Patience } from '#core/matter.ts'
import type { MeasureKind } from '#core/operator/measure.ts'
import { MINUTE } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { MeasureMatter } from '#core/words/mail.ts'
import type { StandingMatter } from '#services/runtime/matters.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { measureStands } from './measures.ts'

/** A measure laid and lifted in the same minute was a slip; its lifting is an act, told at once. */
const patience: Patience = { beforeMs: MINUTE, afterMs: 0 }

/** What clients are told of by mail: warnings and blocks, from when they are known (S1.5, S1.6). */
export async function clientMatters(
  sql: Sql,
  now: number,
): Promise<StandingMatter<MeasureMatter>[]> {
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
  const byKey = new Map<string, StandingMatter<MeasureMatter>>()
  for (const { id, email, language, kind, reason, from, till, register, place } of rows) {
    const key = `measure ${id}`
    const facts: MeasureMatter = { kind, register, place, reason, from, till }
    const matter = byKey.get(key) ?? { key, facts, patience, to: [] }
    byKey.set(key, matter)
    matter.to.push({ email, language: language ?? 'ru' })
  }
  return [...byKey.values()]
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
