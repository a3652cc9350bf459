import { officeActNames } from '#core/access/acts.ts'
import type { OfficeActView } from '#core/api/office-acts.ts'
import { printedMoment } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import { officeWords } from '#core/words/office.ts'
import { actNameIn, actReasonIn, trailWords } from '#core/words/trail.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Downloads } from '#web/ui/Downloads.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useLanguage } from '#web/ui/language.ts'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import { Select } from '#web/ui/Select.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { office, told as toldOf } from '../office.ts'
import type { ActsFilter } from './routes.ts'

function columnsIn(language: Language): readonly Column<OfficeActView>[] {
  const { columns } = trailWords[language]
  return [
    {
      head: columns.what,
      cell: ({ what }) => <strong>{actNameIn(language, what)}</strong>,
      width: 'minmax(150px, 0.9fr)',
    },
    { head: columns.target, cell: ({ target }) => target, width: 'minmax(130px, 1fr)' },
    {
      head: columns.contract,
      cell: (act) => <OfContract act={act} />,
      width: 'minmax(120px, 1fr)',
    },
    {
      head: columns.reason,
      cell: (act) => <span class="soft">{actReasonIn(language, act)}</span>,
      width: 'minmax(120px, 1.3fr)',
    },
    { head: columns.person, cell: ({ person }) => person, width: 'minmax(130px, 1fr)' },
    { head: columns.origin, cell: ({ origin }) => <code>{origin}</code>, width: '110px' },
    {
      head: columns.at,
      cell: ({ at }) => <span class="nowrap soft">{printedMoment(at)}</span>,
      width: '170px',
      right: true,
    },
  ]
}

const OfContract = ({ act: { contract, company } }: { act: OfficeActView }) =>
  contract === null ? null : (
    <>
      <a href={addressOf(`contracts/${encodeURIComponent(contract)}`)}>{contract}</a>
      <span class="soft small under">{company}</span>
    </>
  )

/** What the office's people and its clients did, by what the address asks for. */
export function Acts({ filter }: { filter: ActsFilter }) {
  const language = useLanguage()
  const words = trailWords[language]
  const { list, refresh } = officeWords[language]
  const search = addressOf('acts', filter)
  const request = requestOf(filter)
  const pages = usePages<OfficeActView, string>(
    { key: 'acts', search, idOf: ({ id }) => String(id) },
    async (before) => {
      const answer = await office.acts(Object.assign({ before }, request))
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      return { rows: answer.value.acts, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        {search !== addressOf('acts') && (
          <Button tone="quiet" onClick={() => goInstead(addressOf('acts'))}>
            {list.clear}
          </Button>
        )}
        {pages.rows.length > 0 && (
          <Downloads path="/api/exports/acts" request={request} label={list.download} />
        )}
        <Button tone="quiet" onClick={pages.again}>
          {refresh}
        </Button>
      </div>
      <Filters filter={filter} />
      <PagedTable
        label={words.heading}
        columns={columnsIn(language)}
        pages={pages}
        keyOf={({ id }) => String(id)}
        none={words.none}
      />
    </>
  )
}

const requestOf = ({ what, person, contract, target, day, dayTo }: ActsFilter) => ({
  what: officeActNames.find((name) => name === what),
  person: person.trim() || undefined,
  contract: contract.trim() || undefined,
  target: target.trim() || undefined,
  day: day || undefined,
  dayTo: dayTo || undefined,
})

function Filters({ filter }: { filter: ActsFilter }) {
  const language = useLanguage()
  const words = trailWords[language]
  const { filter: heading, day, dayTo } = officeWords[language].list
  // In place of the present address: going back leaves the list, not the last letter typed.
  const change = (part: Partial<ActsFilter>) =>
    goInstead(addressOf('acts', Object.assign({}, filter, part)))
  const field = (name: Exclude<keyof ActsFilter, 'what'>, label: string, type: 'text' | 'date') => (
    <Field
      label={label}
      type={type}
      value={filter[name]}
      maxLength={64}
      onText={(text) => change({ [name]: text })}
    />
  )
  const isOpen =
    addressOf('acts', filter) !== addressOf('acts') || matchMedia('(min-width: 641px)').matches
  return (
    <details class="filters" open={isOpen}>
      <summary>{heading}</summary>
      <search class="filters-fields">
        <Select
          label={words.columns.what}
          value={filter.what}
          options={[
            { value: '', text: words.everyAct },
            ...officeActNames.map((name) => ({ value: name, text: actNameIn(language, name) })),
          ]}
          onChoice={(what) => change({ what })}
        />
        {field('person', words.columns.person, 'text')}
        {field('contract', words.columns.contract, 'text')}
        {field('target', words.targetBegins, 'text')}
        {field('day', day, 'date')}
        {field('dayTo', dayTo, 'date')}
      </search>
    </details>
  )
}
