import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { Goods } from '#core/api/register.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Field } from '#web/ui/Field.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { register } from '../register.ts'
import { scanned } from '../scans.ts'

const TILES = 200
// A wedge as slow as a hand may type behind what stands in the field.
const CODE = /^\d{4,}$|\d{8,}$/

/** Finding goods by name, code, group. Enter on digits asks for the code, as a scanner does. */
export function FindGoods(props: {
  field: RefObject<HTMLInputElement | null>
  text: string
  onText: (text: string) => void
  onPut: (item: Goods) => void
}) {
  const { text, onText, onPut } = props
  const words = useWords(tillWords).sale
  const [group, setGroup] = useState('')
  const asked = text.trim()
  const [found] = useLoad(`${group}/${asked}`, () =>
    register.goods(asked === '' ? { group, limit: TILES } : { search: asked, limit: 50 }),
  )
  const goods = found?.kind === 'done' ? found.value.goods : []
  const enter = async () => {
    const code = CODE.exec(asked)?.[0]
    if (code !== undefined) {
      scanned(code)
      return
    }
    const only = asked === '' ? null : await onlyMatch(asked)
    if (!only) return
    // The next goods may be typed already.
    if (props.field.current?.value.trim() === asked) onText('')
    onPut(only)
  }
  const choose = (item: Goods) => {
    onText('')
    onPut(item)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void enter()
    if (event.key !== 'Escape' || text === '') return
    onText('')
    event.preventDefault()
  }
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
      {asked === '' && <Groups group={group} onGroup={setGroup} />}
      <GoodsTiles goods={goods} onPut={choose} empty={found !== undefined && asked !== ''} />
    </section>
  )
}

/** The goods that Enter means: the tiles on the screen may still be of the letters before. */
async function onlyMatch(search: string): Promise<Goods | null> {
  const answer = await register.goods({ search, limit: 2 })
  if (answer.kind !== 'done' || answer.value.goods.length !== 1) return null
  return answer.value.goods[0] ?? null
}

function Groups({ group, onGroup }: { group: string; onGroup: (name: string) => void }) {
  const words = useWords(tillWords).sale
  const [answer] = useLoad('groups', () => register.goodsGroups({}))
  const groups = answer?.kind === 'done' ? answer.value.groups : []
  return (
    <fieldset class="groups">
      <legend class="unseen">{words.groups}</legend>
      <button type="button" aria-pressed={group === ''} onClick={() => onGroup('')}>
        {words.allGroups}
      </button>
      {groups.map(({ name }) => (
        <button
          key={name}
          type="button"
          aria-pressed={group === name}
          onClick={() => onGroup(name)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}

function GoodsTiles(props: {
  goods: readonly Goods[]
  onPut: (item: Goods) => void
  empty: boolean
}) {
  const words = useWords(tillWords).sale
  const { units } = useWords(operationsWords)
  if (props.goods.length === 0) {
    return <p class="find-empty soft">{props.empty ? words.nothingFound : ''}</p>
  }
  return (
    <div class="goods">
      {props.goods.map((item) => (
        <button key={item.id} type="button" class="goods-tile" onClick={() => props.onPut(item)}>
          <span class="goods-name">{item.name}</span>
          <span class="goods-price">
            <Money sum={item.price} />
            {item.unit !== 'piece' && <span class="soft small">{words.per(units[item.unit])}</span>}
          </span>
        </button>
      ))}
    </div>
  )
}
