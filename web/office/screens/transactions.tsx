import { useState } from 'preact/hooks'
import {
  type TransactionView,
  transactionResults,
  transactionSorts,
} from '#core/api/office-trade.ts'
import { financialKindNames } from '#core/iso8583/fields.ts'
import { printedMoment } from '#core/time.ts'
import { answerOfBank, bankWords, operationOfBank } from '#core/words/bank.ts'
import type { Language } from '#core/words/language.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Downloads } from '#web/ui/Downloads.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import { Select } from '#web/ui/Select.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { office, told as toldOf, useEntitled } from '../office.ts'
import { type Filter, faultsOf, hashOf, type Request, requestOf } from '../routes.ts'
import { Views } from './views.tsx'

/** As the bank's own cabinet writes it where nothing was approved. */
export const NO_RRN = '000000000000'

/** The manual's twelve columns (3.2). */
export function columnsIn(language: Language): readonly Column<TransactionView>[] {
  const words = officeWords[language]
  const { columns } = words.list
  const time = (at: number) => printedMoment(at).split(' ')
  return [
    { head: columns.terminal, cell: ({ serial }) => serial, width: 'minmax(116px, 1.1fr)' },
    { head: columns.bank, cell: ({ bank }) => bank, width: 'minmax(80px, 1fr)' },
    {
      head: columns.at,
      cell: ({ at }) =>
        time(at).map((part) => (
          <span key={part} class="line">
            {part}{' '}
          </span>
        )),
      width: '84px',
    },
    { head: columns.receipt, cell: ({ receipt }) => receipt, width: '48px', right: true },
    {
      head: columns.card,
      cell: ({ masked }) => masked && <span class="nowrap">{`**** ${masked.slice(-4)}`}</span>,
      width: '74px',
    },
    {
      head: columns.sum,
      cell: ({ sum }) => (
        <strong>
          <Money sum={sum} />
        </strong>
      ),
      width: '92px',
      right: true,
    },
    {
      head: columns.operation,
      cell: (row) => (
        <>
          {operationOfBank(language, row)}
          {row.undone && <span class="soft"> ({words.row.undone})</span>}
          {row.forgottenAt !== null && <strong> ({words.row.forgotten})</strong>}
          {row.disagrees && <strong> ({words.row.disagrees})</strong>}
        </>
      ),
      width: 'minmax(84px, 0.8fr)',
    },
    { head: columns.code, cell: ({ code }) => code, width: '72px' },
    {
      head: columns.description,
      cell: ({ code }) => answerOfBank(language, code),
      width: 'minmax(110px, 1.3fr)',
    },
    { head: columns.rrn, cell: ({ rrn }) => rrn ?? NO_RRN, width: '108px' },
    { head: columns.auth, cell: ({ auth }) => auth ?? '-', width: '88px' },
    { head: columns.issuer, cell: ({ issuer }) => issuer, width: 'minmax(80px, 1fr)' },
  ]
}

/** Declined stands out, and so does what was undone or forgotten. */
export const toneOf = (row: TransactionView): 'red' | 'amber' | null => {
  const { rrn, reversal, undone, forgottenAt, disagrees } = row
  if (forgottenAt !== null || disagrees !== null) return 'red'
  if (reversal || undone) return 'amber'
  return rrn === null ? 'red' : null
}

/** C4: what the bank booked, by what it is looked for. */
export function Transactions({ filter }: { filter: Filter }) {
  const search = hashOf(filter)
  const language = useLanguage()
  const all = officeWords[language]
  const words = all.list
  const [heardAt, setHeardAt] = useState<number | null | undefined>(undefined)
  const request = requestOf(filter, words.faults)
  const pages = usePages<TransactionView, string>(
    { key: 'transactions', search, idOf: ({ id }) => String(id) },
    async (before) => {
      if (request === null) return { rows: [], next: null }
      const answer = await office.transactions(Object.assign({ before }, request))
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      setHeardAt(answer.value.heardAt)
      return { rows: answer.value.transactions, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        {search !== '#/transactions' && (
          <Button tone="quiet" onClick={() => location.replace('#/transactions')}>
            {words.clear}
          </Button>
        )}
        {request !== null && pages.rows.length > 0 && <TransactionFiles request={request} />}
        <Button tone="quiet" onClick={pages.again}>
          {all.refresh}
        </Button>
      </div>
      <Views search={search} request={request} />
      <Filters filter={filter} />
      {heardAt !== undefined && (
        <p class="soft small">
          {heardAt === null ? words.silent : words.asOf(printedMoment(heardAt))}
        </p>
      )}
      {request === null && <Alert tone="amber" title={words.notFiltered} />}
      {request !== null && (
        <div class="transactions">
          <PagedTable
            label={words.heading}
            columns={columnsIn(language)}
            pages={pages}
            keyOf={({ id }) => String(id)}
            hrefOf={({ id }) => `#/transactions/${id}`}
            toneOf={toneOf}
            none={words.none}
          />
        </div>
      )}
    </>
  )
}

/** The same transactions as a file. */
function TransactionFiles({ request }: { request: Request }) {
  const { download } = useWords(officeWords).list
  if (!useEntitled('transactions.export')) return null
  return <Downloads path="/api/exports/transactions" request={request} label={download} />
}

function Filters({ filter }: { filter: Filter }) {
  const [answer] = useLoad('terminals', () => office.terminals({}))
  const terminals = answer?.kind === 'done' ? answer.value.terminals : []
  const language = useLanguage()
  const words = officeWords[language].list
  const { kinds, reversal } = bankWords[language]
  const faults = faultsOf(filter, words.faults)
  // In place of the present address: going back leaves the list, not the last letter typed.
  const change = (part: Partial<Filter>) =>
    location.replace(hashOf(Object.assign({}, filter, part)))
  const field = (name: 'receipt' | 'card' | 'rrn' | 'sum', label: string) => (
    <Field
      label={label}
      value={filter[name]}
      error={faults[name]}
      inputMode={name === 'sum' ? 'decimal' : 'numeric'}
      placeholder={name === 'card' ? words.cardHint : ''}
      maxLength={20}
      onText={(text) => change({ [name]: text })}
    />
  )
  const day = (name: 'day' | 'dayTo') => (
    <Field
      label={words[name]}
      type="date"
      value={filter[name]}
      onText={(text) => change({ [name]: text })}
    />
  )
  const select = (name: 'terminal' | 'kind' | 'result', label: string, options: Option[]) => (
    <Select
      label={label}
      value={filter[name]}
      options={options}
      onChoice={(value) => change({ [name]: value })}
    />
  )
  const isOpen = hashOf(filter) !== '#/transactions' || matchMedia('(min-width: 641px)').matches
  return (
    <details class="filters" open={isOpen}>
      <summary>{words.filter}</summary>
      <search class="filters-fields">
        {select('terminal', words.columns.terminal, [
          { value: '', text: words.everyTerminal },
          ...terminals.map(({ terminal, serial }) => ({ value: terminal, text: serial })),
        ])}
        {select('kind', words.columns.operation, [
          { value: '', text: words.everyKind },
          ...financialKindNames.map((kind) => ({ value: kind, text: kinds[kind] })),
          { value: 'reversal', text: reversal },
        ])}
        {select('result', words.result, [
          { value: '', text: words.everyResult },
          ...transactionResults.map((value) => ({ value, text: words[value] })),
        ])}
        {day('day')}
        {day('dayTo')}
        {field('receipt', words.columns.receipt)}
        {field('card', words.columns.card)}
        {field('sum', words.columns.sum)}
        {field('rrn', words.columns.rrn)}
        <Select
          label={words.sort}
          value={filter.sort || 'at-down'}
          options={transactionSorts.map((value) => ({ value, text: words.sorts[value] }))}
          onChoice={(sort) => change({ sort: sort === 'at-down' ? '' : sort })}
        />
      </search>
    </details>
  )
}

type Option = { value: string; text: string }
