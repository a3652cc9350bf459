import { useMemo, useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { StockRow } from '#core/api/register-stock.ts'
import { controlsWords } from '#core/words/controls.ts'
import { importWords } from '#core/words/import.ts'
import { operationsWords } from '#core/words/operations.ts'
import type { StockWords } from '#core/words/stock/ru.ts'
import { stockWords } from '#core/words/stock.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useHearer, useKeys, useStore } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { register } from '../register.ts'
import { type Taker, takers } from '../scans.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { goodsPage, keptGoods, listOf } from './goods-pages.ts'

const columnsIn = ({ columns }: StockWords): readonly Column<StockRow>[] => [
  { head: columns.name, cell: (row) => row.name, width: 'minmax(160px, 3fr)' },
  { head: columns.code, cell: ({ codes }) => <Codes codes={codes} />, width: 'minmax(130px, 1fr)' },
  { head: columns.group, cell: ({ group }) => group, width: 'minmax(100px, 1fr)' },
  {
    head: columns.price,
    cell: ({ price, unit }) => (
      <>
        <strong>
          <Money sum={price} />
        </strong>
        <span class="soft small"> / {wordsNow(operationsWords).units[unit]}</span>
      </>
    ),
    width: '130px',
    right: true,
  },
]

function Codes({ codes }: Pick<StockRow, 'codes'>) {
  const [first, ...others] = codes
  return (
    <span class="soft nowrap">
      {first ?? '—'}
      {others.length > 0 && ` +${others.length}`}
    </span>
  )
}

const hrefOf = ({ id }: StockRow): string => `#/settings/goods/${id}`

/** K1: what the shop sells, by name; a scan opens the goods, or begins new ones with the code. */
export function GoodsList() {
  const { session } = useStore(till)
  const words = useWords(stockWords)
  useKeys({ Escape: () => goBack({ at: 'stock' }) })
  if (!session || !may(session, 'goods.edit')) return <p role="alert">{words.byRight}</p>
  return <Listed user={session.user} />
}

function Listed({ user }: { user: string }) {
  const words = useWords(stockWords)
  const files = useWords(importWords)
  const { loading } = useWords(controlsWords)
  const columns = useMemo(() => columnsIn(words), [words])
  const [text, setText] = useState('')
  const [isRetired, showRetired] = useState(false)
  const field = useFocus()
  const search = text.trim()
  const asked = { user, retired: isRetired ? 'yes' : 'no', search } as const
  const { rows, told, isEmpty, onEnd } = usePages<StockRow, string>(
    { ...listOf(asked), idOf: ({ id }) => `${id}`, kept: search === '' ? keptGoods : undefined },
    (after) => goodsPage(asked, after),
  )
  const nothing = search !== '' ? words.notFound : isRetired ? words.noneRetired : words.none
  useHearer(takers, openScanned)
  useKeys({ F2: () => field.current?.focus() })
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Field
          label={words.search}
          bare
          type="search"
          icon="search"
          placeholder={words.searchHint}
          value={text}
          onText={setText}
          field={field}
        />
      </div>
      <div class="stock-actions">
        <Button tone="main" onClick={() => go('#/settings/goods/new')}>
          {words.add}
        </Button>
        <Button
          tone="quiet"
          aria-pressed={isRetired}
          onClick={() => showRetired((before) => !before)}
        >
          {words.retired}
        </Button>
        <Button tone="quiet" onClick={() => go('#/settings/goods/import')}>
          {files.heading}
        </Button>
        <Exports />
      </div>
      <Table
        label={words.heading}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => `${id}`}
        hrefOf={hrefOf}
        end={told ?? (onEnd ? loading : isEmpty ? nothing : undefined)}
        onEnd={onEnd}
      />
    </>
  )
}

/** The goods on sale as a file, which the browser fetches while it is made. */
function Exports() {
  const words = useWords(importWords)
  return (['csv', 'xlsx'] as const).map((as) => (
    <a key={as} class="button button-quiet" href={`/api/exports/goods?as=${as}`} download>
      {words.export} {as.toUpperCase()}
    </a>
  ))
}

const openScanned: Taker = async (code) => {
  const found = await register.goodsByCode({ code })
  if (found.kind === 'done') go(`#/settings/goods/${found.value.goods.id}`)
  else if (found.kind === 'refused') go(`#/settings/goods/new/${encodeURIComponent(code)}`)
  else return 'no-answer'
  return null
}
