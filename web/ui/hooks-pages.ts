import { useLayoutEffect, useRef, useState } from 'preact/hooks'

// Long lists, page by page.

/** A page of a list and where the next one begins; null: there is none. */
export type Page<T, C> = { rows: readonly T[]; next: C | null }
/** A long list as far as it has come; `onEnd` asks for more, where there is more to ask for. */
export type Pages<T> = {
  rows: readonly T[]
  /** Why there is no more of it. */
  told: string | undefined
  isEmpty: boolean
  again: () => void
  onEnd: (() => Promise<void>) | undefined
}
type Shown<T, C> = Page<T, C> & { told: string | undefined; search: string | null }

/** The first page of a list as it came last, and what was asked for then. */
export type Kept<T, C> = { first: (Page<T, C> & { of: string }) | null }

type Asked<T, C> = {
  key: string
  search: string
  idOf: (row: T) => string
  /** Shown at once where the same is asked for again, and asked for anew behind it. */
  kept?: Kept<T, C> | undefined
}

/**
 * A long list, newest first, page by page. A new `search` begins it again; a new `key` alone asks
 * for the first page and puts it before what is shown, so that the reader is not thrown back. What
 * `load` tells in place of a page stops the list until `again`; what is shown stays.
 */
export function usePages<T, C extends string | number>(
  { key, search, idOf, kept }: Asked<T, C>,
  load: (before: C | undefined) => Promise<Page<T, C> | { told: string }>,
): Pages<T> {
  const of = ofAsked({ key, search })
  const [shown, show] = useState<Shown<T, C>>(() => {
    const first = kept?.first?.of === of ? kept.first : null
    return first ? shownOf(first, search) : { ...NOTHING, search: null }
  })
  const [times, setTimes] = useState(0)
  const asked = useRef<C | null>(null)
  useLayoutEffect(() => {
    let wanted = true
    load(undefined).then((page) => {
      if (!wanted) return
      if (kept && 'rows' in page) kept.first = { ...page, of }
      show((old) => {
        const now = begun({ page, search }, old, idOf)
        // Nothing new: what is asked for at the end of it still belongs there.
        if (now !== old) asked.current = null
        return now
      })
    })
    return () => {
      wanted = false
    }
  }, [of, times])
  const { rows, next, told } = shown
  const onEnd = async () => {
    if (next === null || asked.current === next) return
    asked.current = next
    const page = await load(next)
    if (asked.current !== next) return
    asked.current = null
    show((old) =>
      'told' in page ? { ...old, ...page } : { ...old, ...page, rows: [...old.rows, ...page.rows] },
    )
  }
  const isEmpty = shown.search !== null && rows.length === 0 && told === undefined
  return {
    rows,
    told,
    isEmpty,
    again: () => setTimes((count) => count + 1),
    onEnd: next === null || told !== undefined ? undefined : onEnd,
  }
}

const NOTHING = { rows: [], next: null, told: undefined }

/** What tells one list from another. */
export const ofAsked = ({ key, search }: { key: string; search: string }): string =>
  `${key} ${search}`

const shownOf = <T, C>({ rows, next }: Page<T, C>, search: string): Shown<T, C> => ({
  rows,
  next,
  told: undefined,
  search,
})

/** The list after its first page was asked for: a new one, or the old one with news before it. */
export function begun<T, C>(
  { page, search }: { page: Page<T, C> | { told: string }; search: string },
  old: Shown<T, C>,
  idOf: (row: T) => string,
): Shown<T, C> {
  const isKept = old.search === search
  if ('told' in page) return { ...(isKept ? old : NOTHING), search, ...page }
  if (!isKept) return shownOf(page, search)
  const rows = page.rows.map(asBefore(old.rows, idOf))
  const last = rows.at(-1)
  const place = last ? old.rows.findIndex((row) => idOf(row) === idOf(last)) : -1
  const isLast = place < 0 || page.next === null
  const all = isLast ? rows : [...rows, ...old.rows.slice(place + 1)]
  const next = isLast ? page.next : old.next
  const isSame = all.length === old.rows.length && all.every((row, at) => row === old.rows[at])
  return isSame && next === old.next && old.told === undefined
    ? old
    : shownOf({ rows: all, next }, search)
}

/** A row that says what it said before is the same one: nothing of it is drawn again. */
function asBefore<T>(before: readonly T[], idOf: (row: T) => string): (row: T) => T {
  const known = new Map(before.map((row) => [idOf(row), row]))
  return (row) => {
    const was = known.get(idOf(row))
    return was !== undefined && JSON.stringify(was) === JSON.stringify(row) ? was : row
  }
}
