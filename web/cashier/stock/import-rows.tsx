import type { ChangedRow, FaultyRow } from '#core/api/register-import.ts'
import type { FileColumn } from '#core/goods/file-columns.ts'
import { formatMoney } from '#core/money.ts'
import type { ImportWords } from '#core/words/import/ru.ts'
import { importWords } from '#core/words/import.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { stockWords } from '#core/words/stock.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { register } from '../register.ts'
import { answerOf } from '../trouble.ts'

const nameWidth = 'minmax(120px, 2fr)'

/** Every row that cannot be taken, and why. */
export function FaultsTable({ id }: { id: string }) {
  const words = useWords(importWords)
  const { rows, told, onEnd } = usePages<FaultyRow, number>(
    { key: '', search: id, idOf: ({ line }) => `${line}` },
    async (after) => {
      const answer = await register.importFaults({ id, after })
      return answer.kind === 'done' ? answer.value : { told: answerOf(answer) }
    },
  )
  const columns: Column<FaultyRow>[] = [
    { head: words.line, cell: ({ line }) => line, width: '90px' },
    { head: words.columns.name, cell: ({ name }) => name || '—', width: nameWidth },
    { head: words.fault, cell: (row) => <Faults row={row} words={words} />, width: '3fr' },
  ]
  return (
    <Table
      label={words.faultsHeading}
      columns={columns}
      rows={rows}
      keyOf={({ line }) => `${line}`}
      end={told}
      onEnd={onEnd}
    />
  )
}

const Faults = ({ row, words }: { row: FaultyRow; words: ImportWords }) => (
  <ul class="import-told">
    {row.faults.map((each) => (
      <li key={each.field}>
        <strong>{words.columns[each.field]}</strong>: {words.faults[each.fault](each)}
      </li>
    ))}
  </ul>
)

/** Goods that become others by the file, field by field. */
export function ChangesTable({ id }: { id: string }) {
  const words = useWords(importWords)
  const { rows, told, onEnd } = usePages<ChangedRow, number>(
    { key: '', search: id, idOf: ({ line }) => `${line}` },
    async (after) => {
      const answer = await register.importChanges({ id, after })
      return answer.kind === 'done' ? answer.value : { told: answerOf(answer) }
    },
  )
  const columns: Column<ChangedRow>[] = [
    { head: words.line, cell: ({ line }) => line, width: '90px' },
    { head: words.columns.name, cell: ({ name }) => name, width: nameWidth },
    { head: words.change, cell: (row) => <Changes row={row} words={words} />, width: '3fr' },
  ]
  return (
    <>
      <h2>{words.changesHeading}</h2>
      <Table
        label={words.changesHeading}
        columns={columns}
        rows={rows}
        keyOf={({ line }) => `${line}`}
        end={told}
        onEnd={onEnd}
      />
    </>
  )
}

function Changes({ row: { before, after }, words }: { row: ChangedRow; words: ImportWords }) {
  const fields = Object.keys(after) as (keyof typeof after & FileColumn)[]
  return (
    <ul class="import-told">
      {fields.map((field) => (
        <li key={field}>
          <strong>{words.columns[field]}</strong>: {shown(before, field, words)} →{' '}
          {shown(after, field, words)}
        </li>
      ))}
    </ul>
  )
}

type Fields = ChangedRow['after']

function shown(fields: Fields, field: keyof Fields, { noVat, yes }: ImportWords): string {
  switch (field) {
    case 'price':
      return formatMoney(fields.price ?? 0)
    case 'codes':
      return fields.codes?.join(' ') || '—'
    case 'unit':
      return fields.unit ? wordsNow(operationsWords).units[fields.unit] : '—'
    case 'vat':
      return fields.vat === null ? noVat : `${fields.vat} %`
    case 'favourite':
      return fields.favourite ? yes : '—'
    case 'marking':
      return fields.marking ? wordsNow(markingWords).kinds[fields.marking] : '—'
    case 'colour':
      return fields.colour ? wordsNow(stockWords).colours[fields.colour] : '—'
    case 'picture':
      return fields.picture ?? '—'
    case 'name':
    case 'group':
      return fields[field] ?? '—'
    default:
      return field satisfies never
  }
}
