import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { DocumentBrief, operatorCabinetApi } from '#core/api/operator.ts'
import { kindNames } from '#core/document/kinds.ts'
import { printedMoment } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad, usePages } from '#web/ui/hooks.ts'
import { wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Select } from '#web/ui/Select.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { operator, told as toldOf } from '../operator.ts'
import { type Filter, faultsOf, hashOf, requestOf } from '../routes.ts'

type Head = Reply<(typeof operatorCabinetApi)['registers']>['registers'][number]

const columns: readonly Column<DocumentBrief>[] = [
  {
    head: 'Тип',
    cell: (row) => wordsNow(operationsWords).kinds[row.kind],
    width: 'minmax(120px, 1.3fr)',
  },
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
  const search = hashOf(filter)
  const [known, setKnown] = useState<{ search: string; heads: readonly Head[] } | null>(null)
  const request = requestOf(filter)
  const ask = async (before: string | undefined) => {
    const answer = await operator.documents({ ...request, before })
    if (answer.kind !== 'done') return { told: toldOf(answer) }
    return { rows: answer.value.documents, next: answer.value.next }
  }
  const { rows, told, isEmpty, onEnd, again } = usePages<DocumentBrief, string>(
    { key: 'documents', search, idOf: ({ uid }) => uid },
    async (before) => {
      if (request === null) return { rows: [], next: null }
      const page = await ask(before)
      if (before !== undefined || 'told' in page || page.rows.length > 0) return page
      const answer = await operator.registers({})
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      const wanted = ({ device }: Head) => filter.device === '' || device === filter.device
      setKnown({ search, heads: answer.value.registers.filter(wanted) })
      // Asked again after the heads: what lies before them was there when nothing was found.
      return ask(undefined)
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
      {request === null && <Alert tone="amber" title={NOT_FILTERED} />}
      {request !== null && (rows.length > 0 || isEmpty) && (
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
          {isEmpty && known?.search === search && <Heads heads={known.heads} />}
        </div>
      )}
    </>
  )
}

const NOT_FILTERED = 'Отбор не применён: исправьте отмеченное поле'

/** More of them would be no answer but a list: that is what «Кассы» is for. */
const MOST_HEADS = 5

/** How far the operator's knowledge goes, so that «none» is told from «not yet arrived». */
function Heads({ heads }: { heads: readonly Head[] }) {
  if (heads.length > MOST_HEADS) {
    return <p class="heads">Выберите кассу, чтобы увидеть её последний принятый документ.</p>
  }
  const only = heads.length === 1
  return (
    <div class="heads">
      {heads.map((head) => (
        <p key={head.device}>{toldOfHead(head, only)}</p>
      ))}
      {heads.some(({ lastAt }) => lastAt !== null) && (
        <p>
          Всё, что было раньше, оператор уже получил. Более поздние документы могли ещё не дойти.
        </p>
      )}
    </div>
  )
}

function toldOfHead({ registerNumber, number, lastAt }: Head, only: boolean): string {
  const register = only ? 'кассы' : `кассы ${registerNumber}`
  if (lastAt === null) return `От ${register} ещё не принят ни один документ`
  return `Последний принятый документ ${register} № ${number}, ${printedMoment(lastAt)}`
}

const isFiltered = (filter: Filter) => hashOf(filter) !== '#/documents'

const anyKind = { value: '', text: 'Все типы' }
const everyKind = () => {
  const { kinds } = wordsNow(operationsWords)
  return kindNames.map((kind) => ({ value: kind, text: kinds[kind] }))
}

type Typing = { placeholder?: string; inputMode?: 'decimal' | 'numeric' }

function Filters({ filter }: { filter: Filter }) {
  const [answer] = useLoad('registers', () => operator.registers({}))
  const registers = answer?.kind === 'done' ? answer.value.registers : []
  const faults = faultsOf(filter)
  // In place of the present address: «Назад» leaves the list, not the last letter typed.
  const change = (part: Partial<Filter>) => location.replace(hashOf({ ...filter, ...part }))
  const field = (name: 'time' | 'number' | 'uid' | 'sum', label: string, more: Typing = {}) => (
    <Field
      label={label}
      value={filter[name]}
      error={faults[name]}
      {...more}
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
          options={[anyKind, ...everyKind()]}
          onChoice={(kind) => change({ kind })}
        />
        <Field label="День" type="date" value={filter.day} onText={(day) => change({ day })} />
        {field('time', 'Время', { placeholder: 'ЧЧ:ММ' })}
        {field('number', 'Номер', { inputMode: 'numeric' })}
        {field('sum', 'Сумма', { inputMode: 'decimal' })}
        {field('uid', 'УИ', { placeholder: 'Можно начало' })}
      </search>
    </details>
  )
}
