import { useState } from 'preact/hooks'
import { listedKinds } from '#core/document/kinds.ts'
import { operationsWords } from '#core/words/operations.ts'
import { receiptSearchWords } from '#core/words/receipt-search.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead, useFocus, useKeys, useLoad } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { register } from '../register.ts'
import { filterIn, type ListFilter, queryOf, toldOf } from './filter.ts'

/** Asks that as well: of the address as it is now, which this picture may not have heard of. */
function ask(change: Partial<ListFilter>): void {
  const [, query = ''] = location.hash.split('?', 2)
  goInstead(`#/receipts${queryOf(Object.assign(filterIn(query), change))}`)
}

/** The heading of the list with what it may be asked; what is asked stands below, to take away. */
export function ReceiptFilters({ filter }: { filter: ListFilter }) {
  const words = useWords(receiptSearchWords)
  const { receipts } = useWords(tillWords)
  const [isOpen, setOpen] = useState(false)
  const field = useFocus()
  useKeys({ F2: () => field.current?.focus() })
  return (
    <>
      <div class="title-row">
        <h1>{receipts.heading}</h1>
        <div class="receipts-tools">
          <Field
            label={receipts.search}
            bare
            type="search"
            icon="search"
            placeholder={receipts.searchHint}
            value={filter.search}
            onText={(search) => ask({ search })}
            maxLength={64}
            field={field}
          />
          <Button icon="settings" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {words.filters}
          </Button>
        </div>
      </div>
      {isOpen && <FilterFields filter={filter} />}
      <Asked filter={filter} />
    </>
  )
}

function FilterFields({ filter }: { filter: ListFilter }) {
  const words = useWords(receiptSearchWords)
  const { kinds } = useWords(operationsWords)
  const [answer] = useLoad('cashiers', () => register.receiptCashiers({}))
  const names = answer?.kind === 'done' ? answer.value.cashiers : []
  const known = filter.cashier === '' || names.includes(filter.cashier)
  return (
    <div class="receipt-filters">
      <Field label={words.from} type="date" value={filter.from} onText={(from) => ask({ from })} />
      <Field
        label={words.until}
        type="date"
        value={filter.until}
        onText={(until) => ask({ until })}
      />
      <Select
        label={words.kind}
        value={filter.kind}
        options={[
          { value: '', text: words.anyKind },
          ...listedKinds.map((kind) => ({ value: kind, text: kinds[kind] })),
        ]}
        onChoice={(kind) => ask({ kind })}
      />
      <Select
        label={words.cashier}
        value={filter.cashier}
        options={[
          { value: '', text: words.anybody },
          ...(known ? names : [filter.cashier, ...names]).map((name) => ({
            value: name,
            text: name,
          })),
        ]}
        onChoice={(cashier) => ask({ cashier })}
      />
      <Field
        label={words.goods}
        placeholder={words.goodsHint}
        maxLength={64}
        value={filter.goods}
        onText={(goods) => ask({ goods })}
      />
      <Field
        label={words.card}
        placeholder={words.cardHint}
        inputMode="numeric"
        maxLength={4}
        value={filter.card}
        onText={(card) => ask({ card: card.replace(/\D/g, '') })}
      />
    </div>
  )
}

/** Each thing asked is a button that takes it away. */
function Asked({ filter }: { filter: ListFilter }) {
  const words = useWords(receiptSearchWords)
  const { kinds } = useWords(operationsWords)
  const asked = toldOf(filter, words.told, kinds)
  if (asked.length === 0) return null
  return (
    <ul class="asked" aria-label={words.asked}>
      {asked.map(({ text, fields }) => (
        <li key={text}>
          <button
            type="button"
            class="asked-one"
            aria-label={words.takeAway(text)}
            onClick={() => ask(Object.fromEntries(fields.map((field) => [field, ''])))}
          >
            {text}
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
      {asked.length > 1 && (
        <li>
          <Button tone="quiet" onClick={() => ask(filterIn(''))}>
            {words.takeAllAway}
          </Button>
        </li>
      )}
    </ul>
  )
}
