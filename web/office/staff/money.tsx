import type { EntryView } from '#core/api/office-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { officeWords } from '#core/words/office.ts'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { office, told } from '../office.ts'
import { groundOf } from '../screens/orders.tsx'
import { ActForm } from './act-form.tsx'

const SHOWN = 200

/** The last entries of all accounts; a payment that was wrong is undone by a counter-entry. */
export function Entries() {
  const all = useWords(officeWords)
  const words = all.staff
  const [answer, again] = useLoad('all entries', () => office.entries({ limit: SHOWN }))
  const columns: readonly Column<EntryView>[] = [
    { head: all.orders.number, cell: ({ id }) => id, width: '70px' },
    {
      head: all.orders.at,
      cell: ({ at }) => <span class="nowrap">{printedMoment(at).slice(0, 16)}</span>,
      width: '150px',
    },
    { head: words.account, cell: ({ account }) => account, width: '110px' },
    {
      head: all.orders.entry,
      cell: ({ kind, undone }) =>
        `${all.orders.entryKinds[kind]}${undone ? ` (${all.row.undone})` : ''}`,
    },
    { head: words.note, cell: groundOf },
    { head: words.sum, cell: ({ sum }) => <Money sum={sum} />, width: '120px', right: true },
  ]
  return (
    <>
      <h1>{words.nav.entries}</h1>
      <section class="card">
        <ActForm
          act={words.undo}
          danger
          fields={{ entry: { label: words.entryNumber }, reason: { label: words.reason } }}
          send={({ entry, reason }) =>
            /^[1-9]\d{0,8}$/.test(entry.trim())
              ? office.undo({ entry: Number(entry), reason })
              : null
          }
          onDone={again}
        />
      </section>
      <Loaded answer={answer} told={told} again={again}>
        {({ entries }) => (
          <Table
            label={words.nav.entries}
            columns={columns}
            rows={entries}
            keyOf={({ id }) => String(id)}
            end={entries.length === 0 ? all.orders.noEntries : undefined}
          />
        )}
      </Loaded>
    </>
  )
}
