import { addDays, type Day } from '#core/billing/calendar.ts'
import { currentRun, WARNED_DAYS, willBeRenewed } from '#core/billing/state.ts'
import { paidUntil } from '#core/billing/subscription.ts'
import type { Patience } from '#core/matter.ts'
import type { Kopecks } from '#core/money.ts'
import { DAY, HOUR, MINUTE, minskDay } from '#core/time.ts'
import type { OfficeMatter } from '#core/words/mail.ts'
import type { Addressee, StandingMatter } from '#services/runtime/matters.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { holdingsOf } from './holdings.ts'

type Matter = StandingMatter<OfficeMatter>

/** Money that comes and goes on one morning is nobody's letter. */
const ofMoney: Patience = { beforeMs: HOUR, afterMs: MINUTE }
const atOnce: Patience = { beforeMs: 0, afterMs: 0 }
/** What is older when it is first seen is history: of a long feed, of an older version. */
const NEWS_DAYS = 7

/** SQL: who is told, of the contract `c`. */
const people = `(select json_agg(json_build_object('email', email,
                                                   'language', coalesce(language, 'ru'))
                                 order by email)
                 from account a where a.contract = c.number and a.role = 'client'
                   and disabled_at is null) as people`
type Told = { people: Addressee[] | null }

/** What clients are told of by mail: subscriptions, what they will cost, days out of balance. */
export const officeMatters = async (sql: Sql, now: number): Promise<Matter[]> => [
  ...(await endingMatters(sql, minskDay(now))),
  ...(await lapsedMatters(sql, minskDay(now))),
  ...(await repricedMatters(sql, minskDay(now))),
  ...(await unbalancedMatters(sql, now)),
]

const endingKey = (serial: string, until: Day) => `ending ${serial} ${until}`

async function endingMatters(sql: Sql, today: Day): Promise<Matter[]> {
  const rows = await sql.query<{ serial: string; account: string } & Told>(
    `select serial, s.account, ${people}
     from subscription s join contract c on c.account = s.account
     where ended_on is null and paid_until <= $1 and c.ended_at is null
     order by s.account, serial`,
    [addDays(today, WARNED_DAYS)],
  )
  const matters: Matter[] = []
  for (const { serial, account, people: to } of rows) {
    const holdings = await holdingsOf(sql, account)
    const current = currentRun(holdings, serial)
    if (!current || (current.renews && willBeRenewed(holdings, current))) continue
    const until = paidUntil(current)
    const kind = current.renews ? 'ending-no-funds' : 'ending'
    const facts = { kind, serial, account, until } as const
    matters.push({ key: endingKey(serial, until), facts, patience: ofMoney, to: to ?? [] })
  }
  return matters
}

type LapsedRow = Told & { serial: string; run: number; account: string; until: Day }

async function lapsedMatters(sql: Sql, today: Day): Promise<Matter[]> {
  const rows = await sql.query<LapsedRow>(
    `select s.serial, run, s.account, paid_until as until, ${people}
     from subscription s join contract c on c.account = s.account
     join equipment e on e.serial = s.serial
     where end_reason = 'lapsed' and e.retired_at is null and c.ended_at is null
       and not exists(select from subscription l where l.serial = s.serial and l.run > s.run)
       and (paid_until >= $1 or exists(select from matter where key = ${lapsedKey}))
     order by s.serial`,
    [addDays(today, -NEWS_DAYS)],
  )
  return rows.map(({ serial, run, account, until, people: to }) => ({
    key: `lapsed ${serial} ${run}`,
    facts: { kind: 'lapsed', serial, account, on: until },
    patience: atOnce,
    to: to ?? [],
    replaces: endingKey(serial, until),
  }))
}

const lapsedKey = `'lapsed ' || s.serial || ' ' || run`

/** Of a price that was a slip nobody hears; that its day has come is no news an hour later. */
const ofPrice: Patience = { beforeMs: HOUR, afterMs: 0 }

type RepricedRow = Told & {
  account: string
  id: number
  tariff: string
  price: Kopecks
  before: Kopecks
  from: Day
  isUndone: boolean
}

/**
 * Prices ahead of tariffs that a client is renewed by. Whoever has heard of one hears its end,
 * whatever became of the subscription meanwhile.
 */
async function repricedMatters(sql: Sql, today: Day): Promise<Matter[]> {
  const isUndone = (p: string) => `exists(select from tariff_price u where u.undoes = ${p}.id)`
  const rows = await sql.query<RepricedRow>(
    `with concerned as (
       select s.account, p.id from tariff_price p
       join subscription s on coalesce(s.next, s.tariff) = p.tariff
       join contract c on c.account = s.account and c.ended_at is null
       where p.undoes is null and p.from_day > $1 and not ${isUndone('p')}
         and s.ended_on is null and s.renews
       union
       select split_part(key, ' ', 2), split_part(key, ' ', 3)::bigint
       from matter where key like 'repriced %')
     select c.account, p.id, t.name as tariff, p.price, p.from_day as "from",
            ${isUndone('p')} as "isUndone", coalesce((
              select q.price from tariff_price q
              where q.tariff = p.tariff and q.undoes is null and q.from_day < p.from_day
                and not ${isUndone('q')}
              order by q.from_day desc limit 1), t.price) as before, ${people}
     from concerned k join contract c on c.account = k.account
     join tariff_price p on p.id = k.id join tariff t on t.tariff = p.tariff
     where p.from_day > t.from_day
     order by c.account, p.id`,
    [today],
  )
  return rows.map(({ account, id, tariff, price, before, from, isUndone, people: to }) => {
    const fate = isUndone ? 'undone' : from > today ? 'ahead' : 'in-force'
    return {
      key: `repriced ${account} ${id}`,
      facts: { kind: 'repriced', tariff, price, before, from, fate },
      patience: ofPrice,
      to: to ?? [],
      isOver: fate !== 'ahead',
    }
  })
}

type UnbalancedRow = Told & { terminal: string; bank: string; day: number; at: number }

/** A day that a bank closed anew, in balance, is over; the others stay remembered as told. */
async function unbalancedMatters(sql: Sql, now: number): Promise<Matter[]> {
  const key = `'unbalanced ' || d.terminal || ' ' || d.day || ' ' || d.closed_at`
  const rows = await sql.query<UnbalancedRow>(
    `select terminal, bank, day, closed_at as at, ${people}
     from bank_day d join contract c on c.unp = d.unp and c.ended_at is null
     where code <> '500' and (closed_at >= $1 or exists(select from matter where key = ${key}))
       and not exists(select from bank_day l where l.terminal = d.terminal and l.day = d.day
                        and l.closed_at > d.closed_at)
     order by terminal, day`,
    [now - NEWS_DAYS * DAY],
  )
  const byKey = new Map<string, Matter>()
  for (const { terminal, bank, day, at, people: to } of rows) {
    const of = `unbalanced ${terminal} ${day} ${at}`
    const facts = { kind: 'unbalanced', terminal, bank, day, at } as const
    // A client may have several contracts.
    const known: Matter = byKey.get(of) ?? { key: of, facts, patience: atOnce, to: [] }
    known.to.push(...(to ?? []))
    byKey.set(of, known)
  }
  return [...byKey.values()]
}
