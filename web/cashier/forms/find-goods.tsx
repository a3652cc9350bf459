import type { RefObject } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Goods } from '#core/api/register.ts'
import type { Thousandths } from '#core/money.ts'
import { operationsWords } from '#core/words/operations.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { CutName } from '#web/ui/CutName.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLatest, useLoad } from '#web/ui/hooks.ts'
import { useInSight, useSeen } from '#web/ui/hooks-sight.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { isUnitCode } from '../marking/units.ts'
import { register } from '../register.ts'
import { scanned } from '../scans.ts'
import { pictureAddress } from '../tile-picture.ts'

/** As many as a large screen shows, and again as many each time that their end is seen. */
const TILES = 60
const MOST_TILES = 1000
const FOUND = 50
const NO_GOODS: readonly Goods[] = []
// A wedge as slow as a hand may type behind what stands in the field.
const CODE = /^\d{4,}$|\d{8,}$/

/**
 * Finding goods by name, code, group. Enter takes an exact code, as a scanner does, or the goods
 * that are marked; with several found it marks the first, and the arrows another.
 */
export function FindGoods(props: {
  field: RefObject<HTMLInputElement | null>
  text: string
  onText: (text: string) => void
  /** `quantity`: null where it has to be weighed, left out where nothing tells it. */
  onPut: (item: Goods, quantity?: Thousandths | null) => void
  /** A line of no goods of the catalogue. */
  onFree: () => void
}) {
  const { text, onPut } = props
  const words = useWords(tillWords).sale
  const [group, setGroup] = useState('')
  const [tiles, setTiles] = useState(TILES)
  const [marked, setMarked] = useState<number | null>(null)
  const asked = text.trim()
  const [found] = useLoad(`${group}/${asked}/${tiles}`, () =>
    register.goods(asked === '' ? { group, limit: tiles } : { search: asked, limit: FOUND }),
  )
  const goods = found?.kind === 'done' ? found.value.goods : NO_GOODS
  const onText = (typed: string) => {
    setMarked(null)
    props.onText(typed)
  }
  const choose = (item: Goods, quantity?: Thousandths | null) => {
    // The next goods may be typed already.
    if (props.field.current?.value.trim() === asked) onText('')
    onPut(item, quantity)
  }
  const enter = async () => {
    const item = marked === null ? undefined : goods[marked]
    const code = CODE.exec(asked)?.[0]
    if (item) choose(item)
    else if (isUnitCode(asked)) scanned(asked)
    else if (code !== undefined) scanned(code)
    else if (asked !== '') {
      const meant = await exactly(asked)
      if (meant) choose(meant.goods, meant.quantity)
      else setMarked(0)
    }
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void enter()
    else if (event.key === 'Escape' && text !== '') onText('')
    else if (!isMove(event.key, marked)) return
    else setMarked(movedTo(event.key, { from: marked, among: goods.length }))
    event.preventDefault()
  }
  const onGroup = (name: string) => {
    setGroup(name)
    setTiles(TILES)
  }
  const isMore = asked === '' && goods.length === tiles && tiles < MOST_TILES
  return (
    <section class="find" aria-label={words.goods}>
      <Field
        label={words.search}
        bare
        type="search"
        icon="search"
        placeholder={words.searchHint}
        value={text}
        onText={onText}
        field={props.field}
        onKeyDown={pressed}
      />
      <span class="key-hint key-hint-search" aria-hidden="true">
        F2
      </span>
      {asked === '' && <Groups group={group} onGroup={onGroup} />}
      <GoodsTiles
        goods={goods}
        marked={marked}
        onPut={choose}
        onFree={asked === '' && group === '' ? props.onFree : undefined}
        empty={found !== undefined && asked !== ''}
        onEnd={isMore ? () => setTiles(tiles + TILES) : undefined}
      />
    </section>
  )
}

/** The arrows go among the tiles; within the text they are the caret's until goods are marked. */
const isMove = (key: string, marked: number | null): boolean =>
  key === 'ArrowDown' ||
  (marked !== null && (key === 'ArrowUp' || key === 'ArrowLeft' || key === 'ArrowRight'))

/** The tile that an arrow leads to; null: back into the text. */
function movedTo(key: string, { from, among }: { from: number | null; among: number }) {
  if (among === 0) return null
  if (from === null) return 0
  const row = tilesInRow()
  const by = { ArrowDown: row, ArrowUp: -row, ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0
  const to = from + by
  return to < 0 ? null : Math.min(to, among - 1)
}

function tilesInRow(): number {
  const tiles = [...document.querySelectorAll<HTMLElement>('.goods > button')]
  const count = tiles.findIndex((tile) => tile.offsetTop !== tiles[0]?.offsetTop)
  return count < 0 ? Math.max(1, tiles.length) : count
}

type Meant = { goods: Goods; quantity?: Thousandths | null }

/**
 * What Enter means while nothing is marked: the tiles may still be of the letters before. Digits
 * are a code or nothing; a part of one says nothing of the goods (D8).
 */
async function exactly(search: string): Promise<Meant | null> {
  if (/^\d+$/.test(search)) {
    const answer = await register.goodsByCode({ code: search })
    return answer.kind === 'done' ? answer.value : null
  }
  const answer = await register.goods({ search, limit: 2 })
  if (answer.kind !== 'done' || answer.value.goods.length !== 1) return null
  const [only] = answer.value.goods
  return only ? { goods: only } : null
}

function Groups({ group, onGroup }: { group: string; onGroup: (name: string) => void }) {
  const words = useWords(tillWords).sale
  const [answer] = useLoad('groups', () => register.goodsGroups({}))
  const choose = useLatest(onGroup)
  return useMemo(() => {
    const groups = answer?.kind === 'done' ? answer.value.groups : []
    const button = (name: string, text: string) => (
      <button
        key={name}
        type="button"
        aria-pressed={group === name}
        onClick={() => choose.current(name)}
      >
        {text}
      </button>
    )
    return (
      <fieldset class="groups">
        <legend class="unseen">{words.groups}</legend>
        {button('', words.allGroups)}
        {groups.map(({ name }) => button(name, name))}
      </fieldset>
    )
  }, [answer, group, words])
}

function GoodsTiles(props: {
  goods: readonly Goods[]
  marked: number | null
  onPut: (item: Goods) => void
  empty: boolean
  onFree: (() => void) | undefined
  onEnd: (() => void) | undefined
}) {
  const { goods, marked } = props
  const words = useWords(tillWords).sale
  const selling = useWords(sellingWords)
  const end = useSeen(props.onEnd)
  const latest = useLatest(props)
  const isFree = props.onFree !== undefined
  // The same element is left alone: a line that is rung up draws none of the tiles.
  const tiles = useMemo(
    () => (
      <div class="goods">
        {isFree && (
          <button type="button" class="free-tile" onClick={() => latest.current.onFree?.()}>
            <Icon name="plus" size={22} />
            {selling.free.heading}
          </button>
        )}
        {goods.map((item, place) => (
          <Tile
            key={item.id}
            item={item}
            isMarked={place === marked}
            onPut={() => latest.current.onPut(item)}
          />
        ))}
        <p ref={end} class="goods-end" />
      </div>
    ),
    [goods, marked, isFree, selling],
  )
  if (goods.length > 0) return tiles
  return <p class="find-empty soft">{props.empty ? words.nothingFound : ''}</p>
}

const tileClass = ({ colour }: Goods): string =>
  colour === null ? 'goods-tile' : `goods-tile tile-${colour}`

function Tile({ item, isMarked, onPut }: { item: Goods; isMarked: boolean; onPut: () => void }) {
  const words = useWords(tillWords).sale
  const { units } = useWords(operationsWords)
  const tile = useInSight<HTMLButtonElement>(isMarked ? 'marked' : null)
  const put = useLatest(onPut)
  // Where an arrow leads from one tile to another, the rest stay as they are.
  return useMemo(
    () => (
      <button
        ref={tile}
        type="button"
        class={tileClass(item)}
        aria-current={isMarked}
        onClick={() => put.current()}
      >
        <span class="goods-name">
          <CutName name={item.name} most={40} />
        </span>
        <span class="goods-foot">
          <span class="goods-price">
            <Money sum={item.price} />
            {item.unit !== 'piece' && <span class="soft small">{words.per(units[item.unit])}</span>}
          </span>
          {item.picture !== null && (
            <img
              class="goods-picture"
              src={pictureAddress(item.picture)}
              alt=""
              width={56}
              height={56}
              decoding="async"
            />
          )}
        </span>
      </button>
    ),
    [item, isMarked, words, units],
  )
}
