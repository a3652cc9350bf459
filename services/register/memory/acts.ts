import type { ShopAct, ShopActFacts, ShopActName } from '#core/register/act.ts'
import { shopActNames, wordsIn, wordsOfAct } from '#core/register/act.ts'
import type { Moment } from '#core/time.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

/** A line of the journal of acts; `isWhole`: it follows from the line before, as it was written. */
export type ActLine = ShopAct & { seq: number; at: Moment; isWhole: boolean }

export type ShopActFilter = {
  /** Moments, the second excluded. */
  from?: Moment | undefined
  until?: Moment | undefined
  person?: string | undefined
  what?: ShopActName | undefined
  /** Every word must stand there, or one that begins so. */
  search?: string | undefined
}

const GENESIS = '0'.repeat(64)

/** The journal of acts (K6): appended to, never changed, read the newest first. */
export function openActs(db: Sqlite, now: () => Moment) {
  db.exec(
    `create virtual table if not exists temp.act_vocabulary using fts5vocab(main, act_word, row)`,
  )
  const last = db.prepare('select seq, at, hash from act order by seq desc limit 1')
  const insert = db.prepare(
    'insert into act(seq, at, person, what, body, hash) values (?, ?, ?, ?, ?, ?)',
  )
  const index = db.prepare('insert into act_word(rowid, words) values (?, ?)')
  const people = db.prepare(
    // Each next name by the index: as many steps as there are people.
    `with recursive name(person) as (
       select min(person) from act
       union all select (select min(person) from act where act.person > name.person)
       from name where name.person is not null
     ) select person from name where person is not null`,
  )
  const append = (act: ShopAct): void => {
    const before = last.get()
    const seq = Number(before?.seq ?? 0) + 1
    // A clock that was put back must not part a day in two.
    const at = Math.max(now(), Number(before?.at ?? 0))
    const body = JSON.stringify(act.facts)
    const line = { seq, at, person: act.person, what: act.what, body }
    const hash = hashOf(String(before?.hash ?? GENESIS), line)
    insert.run(seq, at, act.person, act.what, body, hash)
    index.run(seq, [...tagsOf(act), ...wordsOfAct(act)].join(' '))
  }
  return {
    /** Stands or falls with the transaction that it is called in. */
    record: (act: ShopAct): void => {
      if (db.isTransaction) append(act)
      else tx(db, () => append(act))
    },
    /** At most `limit` lines before the line `before`, the newest first. */
    page: (filter: ShopActFilter, { before, limit }: { before: number | null; limit: number }) =>
      page(db, filter, { before, limit }),
    /** Everybody who ever did anything. */
    people: (): string[] => people.all().map((row) => String(row.person)),
  }
}

export type Acts = ReturnType<typeof openActs>

type Row = Record<string, unknown>

const hashOf = (before: string, { seq, at, person, what, body }: Row): string =>
  sha256(`${before}${JSON.stringify([seq, at, person, what, body])}`)

/** The first line of the journal of acts that does not follow from those before it, or null. */
export function brokenAct(db: Sqlite): number | null {
  let hash = GENESIS
  for (const row of db.prepare('select * from act order by seq').iterate()) {
    hash = hashOf(hash, row)
    if (hash !== row.hash) return Number(row.seq)
  }
  return null
}

/** Words of the index that nobody can ask for: who did it, and what it was. */
const tagsOf = ({
  person,
  what,
}: {
  person?: string | null | undefined
  what?: string | undefined
}) => [
  ...(person == null ? [] : [`\ue000${sha256(person).slice(0, 16)}`]),
  ...(what === undefined ? [] : [`\ue000${what.replaceAll('-', '')}`]),
]

function page(
  db: Sqlite,
  filter: ShopActFilter,
  { before, limit }: { before: number | null; limit: number },
): ActLine[] {
  const { person, what, search = '' } = filter
  const words = wordsIn(search)
  const bounds = boundsOf(db, filter, before)
  if (search.trim() !== '' && words.length === 0) return []
  const where = ['seq >= ?', 'seq < ?']
  const values: (string | number)[] = [bounds.from, bounds.until]
  if (words.length > 0) {
    const tags = tagsOf({ person, what }).map((tag) => `"${tag}"`)
    const match = [...tags, ...words.map((word) => matchOf(db, word))].join(' AND ')
    where.push(
      `seq in (select rowid from act_word where act_word match ? and rowid >= ? and rowid < ?
         order by rowid desc limit ?)`,
    )
    values.push(match, bounds.from, bounds.until, limit)
  } else {
    if (person !== undefined) where.push('person = ?')
    if (person !== undefined) values.push(person)
    if (what !== undefined) where.push('what = ?')
    if (what !== undefined) values.push(what)
  }
  const sql = `select seq, at, person, what, body, hash,
      coalesce((select hash from act b where b.seq = act.seq - 1), '${GENESIS}') before
    from act where ${where.join(' and ')} order by seq desc limit ?`
  return db
    .prepare(sql)
    .all(...values, limit)
    .map(readLine)
}

// Words that begin alike and are looked up one by one.
const MOST_WORDS = 500

/**
 * The word, and all that begin with it, each by its own list: such lists are read only as far as
 * the page goes, where the index would put those of a beginning together first. A single letter
 * would stand for a great part of all.
 */
function matchOf(db: Sqlite, word: string): string {
  if (word.length < 2) return `"${word}"`
  const begin = `select term from temp.act_vocabulary where term >= ? and term < ? limit ?`
  const terms = db.prepare(begin).all(word, `${word}\u{10ffff}`, MOST_WORDS + 1)
  if (terms.length > MOST_WORDS) return `"${word}"*`
  const each = [word, ...terms.map(({ term }) => String(term))]
  return `(${[...new Set(each)].map((term) => `"${term}"`).join(' OR ')})`
}

/** Acts stand in the order of their time: a span of days is a span of lines. */
function boundsOf(db: Sqlite, { from, until }: ShopActFilter, before: number | null) {
  const first = 'select seq from act where at >= ? order by at, seq limit 1'
  const at = (moment: Moment | undefined): number =>
    moment === undefined ? 0 : Number(db.prepare(first).get(moment)?.seq ?? END)
  const end = until === undefined ? END : at(until)
  return { from: at(from), until: Math.min(end, before ?? END) }
}

const END = Number.MAX_SAFE_INTEGER

function readLine(row: Row): ActLine {
  const { seq, at, person, what, body, hash, before } = row
  return {
    seq: Number(seq),
    at: Number(at),
    person: person === null ? null : String(person),
    what: shopActNames.find((name) => name === what) ?? 'noticed',
    facts: JSON.parse(String(body)) as ShopActFacts,
    isWhole: hashOf(String(before), row) === hash,
  }
}
