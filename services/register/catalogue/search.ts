import { folded } from '#core/goods/folding.ts'
import { asLatinKeys, asRussianKeys } from '#core/keyboard.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

/** Shorter words are in no index of three characters. */
const INDEXED = 3
/** With more goods than that the order of the list finds enough of them sooner. */
const MANY = 1000

type Where = { where: string[]; values: (string | number)[] }

/**
 * Every typed word must stand in the name or in a code of the goods. What nothing has is read as
 * typed under the other keyboard.
 */
export function matching(db: Sqlite, search: string): Where {
  const [typed = [], ...others] = [search, asRussianKeys(search), asLatinKeys(search)].map(
    (meant) => [...new Set(folded(meant).split(' ').filter(Boolean))],
  )
  // Of «[kt,» the Latin keyboard leaves two letters, and the Cyrillic one a word.
  const isFound = (words: readonly string[]) => (counted(db, words) ?? 0) > 0
  const isOpen = counted(db, typed) === 0
  const words = isFound(typed)
    ? typed
    : (others.find(isFound) ??
      (isOpen ? others.find((each) => counted(db, each) === null) : null) ??
      typed)
  const many = counted(db, words) ?? MANY
  return many < MANY ? byWords(words) : byReading(words)
}

/** How many goods have the words, `MANY` at most; null: no word is long enough to be counted. */
function counted(db: Sqlite, words: readonly string[]): number | null {
  const phrase = phraseOf(words)
  if (phrase === '') return null
  const row = db
    .prepare(
      `select count(*) n from (select 1 from goods_words where goods_words match ? limit ${MANY})`,
    )
    .get(phrase)
  return Number(row?.n)
}

const phraseOf = (words: readonly string[]): string =>
  words
    .filter((word) => [...word].length >= INDEXED)
    .map((word) => `"${word}"`)
    .join(' ')

function byWords(words: readonly string[]): Where {
  const rest = byReading(words.filter((word) => [...word].length < INDEXED))
  return {
    where: ['id in (select rowid from goods_words where goods_words match ?)', ...rest.where],
    values: [phraseOf(words), ...rest.values],
  }
}

const byReading = (words: readonly string[]): Where => ({
  where: words.map(() => 'instr(search, ?)'),
  values: [...words],
})

/** Folds anew what a version before has folded in its own way. */
export function foldAnew(db: Sqlite): void {
  const rows = db
    .prepare(
      `select id, name, (select group_concat(code, ' ') from goods_code where goods = id) codes
       from goods where id in (select goods from goods_unfolded)`,
    )
    .all()
  if (rows.length === 0) return
  const put = db.prepare('update goods set search = ? where id = ?')
  tx(db, () => {
    for (const { id, name, codes } of rows) put.run(folded(`${name} ${codes ?? ''}`), Number(id))
    db.exec('delete from goods_unfolded')
  })
}
