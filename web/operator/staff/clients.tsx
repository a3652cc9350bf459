import { useState } from 'preact/hooks'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { operator, told as toldOf, useEntitled } from '../operator.ts'
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
  const mayView = useEntitled('client.view')
  const [viewed, setViewed] = useState<Row | null>(null)
  const pages = usePages<Row, string>(
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
        <Button tone="quiet" onClick={pages.again}>
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
      <PagedTable
        label={words.heading}
        columns={columnsIn(words, mayView ? setViewed : null)}
        pages={pages}
        keyOf={({ unp }) => unp}
        hrefOf={({ unp }) => addressOf('fleet', { unp })}
        none={words.none}
      />
      {viewed && (
        <ViewDialog unp={viewed.unp} company={viewed.company} onClose={() => setViewed(null)} />
      )}
    </>
  )
}
