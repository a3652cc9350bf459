import type { DocumentBrief } from '#core/api/operator.ts'
import { kindNames, kinds } from '#core/document/kinds.ts'
import { printedMoment } from '#core/time.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad, usePages } from '#web/ui/hooks.ts'
import { Money } from '#web/ui/Money.tsx'
import { Select } from '#web/ui/Select.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { operator, told as toldOf } from '../operator.ts'
import { type Filter, faultsOf, hashOf, requestOf } from '../routes.ts'

const columns: readonly Column<DocumentBrief>[] = [
  { head: 'Тип', cell: (row) => kinds[row.kind].title, width: 'minmax(120px, 1.3fr)' },
  { head: 'Номер', cell: (row) => `№ ${row.number}`, width: '90px' },
  {
    head: 'Время',
    cell: (row) => <span class="soft nowrap">{printedMoment(row.at)}</span>,
    width: '170px',
  },
  { head: 'Касса', cell: (row) => row.registerNumber, width: '110px' },
  { head: 'Кассир', cell: (row) => row.cashier, width: 'minmax(80px, 1fr)' },
  {
    head: 'Сумма',
    cell: (row) =>
      row.sum > 0 && (
        <strong>
          <Money sum={row.sum} />
        </strong>
      ),
    width: '130px',
    right: true,
  },
]

/** C1: a client's documents, newest first, by what they are looked for. */
export function Documents({ filter }: { filter: Filter }) {
  const { rows, told, isEmpty, onEnd, again } = usePages<DocumentBrief, string>(
    { key: 'documents', search: hashOf(filter), idOf: ({ uid }) => uid },
    async (before) => {
      const answer = await operator.documents({ ...requestOf(filter), before })
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      return { rows: answer.value.documents, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>Кассовые документы</h1>
        {isFiltered(filter) && (
          <Button tone="quiet" onClick={() => location.replace('#/documents')}>
            Сбросить отбор
          </Button>
        )}
        <Button tone="quiet" onClick={again}>
          Обновить
        </Button>
      </div>
      <Filters filter={filter} />
      {told !== undefined && (
        <Alert tone="red" title={told}>
          <Button onClick={again}>Повторить</Button>
        </Alert>
      )}
      {(rows.length > 0 || isEmpty) && (
        <div class="documents">
          <Table
            label="Кассовые документы"
            columns={columns}
            rows={rows}
            keyOf={(row) => row.uid}
            hrefOf={(row) => `#/documents/${row.uid}`}
            end={onEnd ? 'Загружаем…' : isEmpty ? 'Документов нет' : undefined}
            onEnd={onEnd}
          />
        </div>
      )}
    </>
  )
}

const isFiltered = (filter: Filter) => hashOf(filter) !== '#/documents'

const anyKind = { value: '', text: 'Все типы' }
const everyKind = kindNames.map((kind) => ({ value: kind, text: kinds[kind].title }))

function Filters({ filter }: { filter: Filter }) {
  const [answer] = useLoad('registers', () => operator.registers({}))
  const registers = answer?.kind === 'done' ? answer.value.registers : []
  const faults = faultsOf(filter)
  // In place of the present address: «Назад» leaves the list, not the last letter typed.
  const change = (part: Partial<Filter>) => location.replace(hashOf({ ...filter, ...part }))
  const field = (name: 'number' | 'uid' | 'sum', label: string) => (
    <Field
      label={label}
      value={filter[name]}
      error={faults[name]}
      {...(name !== 'uid' && { inputMode: 'decimal' as const })}
      maxLength={40}
      onText={(text) => change({ [name]: text })}
    />
  )
  return (
    <details class="filters" open={isFiltered(filter) || matchMedia('(min-width: 641px)').matches}>
      <summary>Отбор</summary>
      <search class="filters-fields">
        <Select
          label="Касса"
          value={filter.device}
          options={[
            { value: '', text: 'Все кассы' },
            ...registers.map(({ device, registerNumber, place }) => ({
              value: device,
              text: `${registerNumber}, ${place}`,
            })),
          ]}
          onChoice={(device) => change({ device })}
        />
        <Select
          label="Тип"
          value={filter.kind}
          options={[anyKind, ...everyKind]}
          onChoice={(kind) => change({ kind })}
        />
        <Field label="День" type="date" value={filter.day} onText={(day) => change({ day })} />
        {field('number', 'Номер')}
        {field('sum', 'Сумма')}
        {field('uid', 'УИ')}
      </search>
    </details>
  )
}
