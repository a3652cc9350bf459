import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { kindNames } from '#core/document/kinds.ts'
import { printedMoment } from '#core/time.ts'
import type { CabinetWords } from '#core/words/cabinet/ru.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Downloads } from '#web/ui/Downloads.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import { Select } from '#web/ui/Select.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { operator, told as toldOf, useEntitled } from '../operator.ts'
import { type Filter, faultsOf, hashOf, requestOf } from '../routes.ts'

type Head = Reply<(typeof operatorCabinetApi)['registers']>['registers'][number]

const columnsIn = (words: CabinetWords): readonly Column<DocumentBrief>[] => [
  {
    head: words.list.kind,
    cell: (row) => (
      <>
        {row.kind ? wordsNow(operationsWords).kinds[row.kind] : words.document.unreadable}
        {row.kind && row.marks.length > 0 && (
          <span class="soft"> ({row.marks.map((mark) => words.marks[mark]).join(', ')})</span>
        )}
      </>
    ),
    width: 'minmax(120px, 1.3fr)',
  },
  { head: words.list.number, cell: (row) => words.number(row.number), width: '90px' },
  {
    head: words.list.time,
    cell: (row) => <span class="soft nowrap">{printedMoment(row.at)}</span>,
    width: '170px',
  },
  { head: words.list.register, cell: (row) => row.registerNumber, width: '110px' },
  { head: words.list.cashier, cell: (row) => row.cashier, width: 'minmax(80px, 1fr)' },
  {
    head: words.list.sum,
    cell: (row) =>
      row.sum !== null &&
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
  const all = useWords(cabinetWords)
  const words = all.list
  const [known, setKnown] = useState<{ search: string; heads: readonly Head[] } | null>(null)
  const request = requestOf(filter, words.faults)
  const mayExport = useEntitled('documents.export')
  const ask = async (before: string | undefined) => {
    const answer = await operator.documents({ ...request, before })
    if (answer.kind !== 'done') return { told: toldOf(answer) }
    return { rows: answer.value.documents, next: answer.value.next }
  }
  const pages = usePages<DocumentBrief, string>(
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
        <h1>{words.heading}</h1>
        {isFiltered(filter) && (
          <Button tone="quiet" onClick={() => location.replace('#/documents')}>
            {words.clear}
          </Button>
        )}
        {request !== null && pages.rows.length > 0 && mayExport && (
          <Downloads
            path="/api/exports/documents"
            request={request}
            label={wordsNow(clientWords).exports.download}
          />
        )}
        <Button tone="quiet" onClick={pages.again}>
          {all.refresh}
        </Button>
      </div>
      <Filters filter={filter} />
      {request === null && <Alert tone="amber" title={words.notFiltered} />}
      {request !== null && (
        <div class="documents">
          <PagedTable
            label={words.heading}
            columns={columnsIn(all)}
            pages={pages}
            keyOf={(row) => row.uid}
            hrefOf={(row) => `#/documents/${row.uid}`}
            none={words.none}
          />
          {pages.isEmpty && known?.search === search && <Heads heads={known.heads} />}
        </div>
      )}
    </>
  )
}

/** More of them would be no answer but a list: that is what the screen of registers is for. */
const MOST_HEADS = 5

/** How far the operator's knowledge goes, so that «none» is told from «not yet arrived». */
function Heads({ heads }: { heads: readonly Head[] }) {
  const words = useWords(cabinetWords).list
  if (heads.length > MOST_HEADS) {
    return <p class="heads">{words.chooseRegister}</p>
  }
  const only = heads.length === 1
  return (
    <div class="heads">
      {heads.map((head) => (
        <p key={head.device}>{toldOfHead(words, head, only)}</p>
      ))}
      {heads.some(({ lastAt }) => lastAt !== null) && <p>{words.earlier}</p>}
    </div>
  )
}

function toldOfHead(words: CabinetWords['list'], head: Head, only: boolean): string {
  const { number, lastAt } = head
  const register = only ? null : head.registerNumber
  return lastAt === null
    ? words.noneOf(register)
    : words.lastOf(register, number, printedMoment(lastAt))
}

const isFiltered = (filter: Filter) => hashOf(filter) !== '#/documents'

const everyKind = () => {
  const { kinds } = wordsNow(operationsWords)
  return kindNames.map((kind) => ({ value: kind, text: kinds[kind] }))
}

type Typing = { placeholder?: string; inputMode?: 'decimal' | 'numeric' }

function Filters({ filter }: { filter: Filter }) {
  const [answer] = useLoad('registers', () => operator.registers({}))
  const registers = answer?.kind === 'done' ? answer.value.registers : []
  const words = useWords(cabinetWords).list
  const faults = faultsOf(filter, words.faults)
  // In place of the present address: going back leaves the list, not the last letter typed.
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
      <summary>{words.filter}</summary>
      <search class="filters-fields">
        <Select
          label={words.register}
          value={filter.device}
          options={[
            { value: '', text: words.everyRegister },
            ...registers.map(({ device, registerNumber, place }) => ({
              value: device,
              text: `${registerNumber}, ${place}`,
            })),
          ]}
          onChoice={(device) => change({ device })}
        />
        <Select
          label={words.kind}
          value={filter.kind}
          options={[{ value: '', text: words.everyKind }, ...everyKind()]}
          onChoice={(kind) => change({ kind })}
        />
        <Field label={words.day} type="date" value={filter.day} onText={(day) => change({ day })} />
        <Field
          label={useWords(clientWords).exports.dayTo}
          type="date"
          value={filter.dayTo}
          error={faults.dayTo}
          onText={(dayTo) => change({ dayTo })}
        />
        {field('time', words.time, { placeholder: words.timeHint })}
        {field('number', words.number, { inputMode: 'numeric' })}
        {field('sum', words.sum, { inputMode: 'decimal' })}
        {field('uid', words.uid, { placeholder: words.uidHint })}
      </search>
    </details>
  )
}
