import { useState } from 'preact/hooks'
import { cabinetWords } from '#core/words/cabinet.ts'
import { controlsWords } from '#core/words/controls.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead, useStore } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { isEntitled, operator, told as toldOf, visit } from '../operator.ts'
import { ViewDialog } from './viewing.tsx'

type Row = { unp: string; company: string; registers: number }

const columnsIn = (
  words: StaffWords['clients'],
  onView: ((row: Row) => void) | null,
): readonly Column<Row>[] => [
  { head: words.company, cell: ({ company }) => company, width: 'minmax(0, 1fr)' },
  { head: words.unp, cell: ({ unp }) => <code>{unp}</code>, width: '140px' },
  {
    head: words.registers,
    cell: ({ registers }) => <span class="nowrap">{words.counted(registers)}</span>,
    width: '100px',
    right: true,
  },
  ...(onView
    ? [
        {
          head: words.view,
          cell: (row: Row) => (
            <Button
              class="row-button"
              aria-label={words.look(row.company)}
              onClick={() => onView(row)}
            >
              {words.view}
            </Button>
          ),
          width: '220px',
          right: true,
        },
      ]
    : []),
]

/** C2: all clients. */
export function Clients({ search }: { search: string }) {
  const all = useWords(staffWords)
  const words = all.clients
  const { session } = useStore(visit)
  const [viewed, setViewed] = useState<Row | null>(null)
  const { loading, retry } = useWords(controlsWords)
  const { rows, told, isEmpty, onEnd, again } = usePages<Row, string>(
    { key: 'clients', search, idOf: ({ unp }) => unp },
    async (after) => {
      const answer = await operator.clients({ search: search.trim() || undefined, after })
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      return { rows: answer.value.clients, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <search class="staff-filters">
        <Field
          label={all.search}
          bare
          icon="search"
          type="search"
          maxLength={64}
          placeholder={words.searchHint}
          value={search}
          onText={(typed) => goInstead(addressOf('clients', { search: typed }))}
        />
      </search>
      {told !== undefined && (
        <Alert tone="red" title={told}>
          <Button onClick={again}>{retry}</Button>
        </Alert>
      )}
      {(rows.length > 0 || isEmpty) && (
        <Table
          label={words.heading}
          columns={columnsIn(words, isEntitled(session, 'client.view') ? setViewed : null)}
          rows={rows}
          keyOf={({ unp }) => unp}
          hrefOf={({ unp }) => addressOf('fleet', { unp })}
          end={onEnd ? loading : isEmpty ? words.none : undefined}
          onEnd={onEnd}
        />
      )}
      {viewed && (
        <ViewDialog unp={viewed.unp} company={viewed.company} onClose={() => setViewed(null)} />
      )}
    </>
  )
}
