import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { ShopActRow } from '#core/api/register-acts.ts'
import { type ShopActName, shopActNames } from '#core/register/act.ts'
import { printedMoment } from '#core/time.ts'
import type { ActsWords } from '#core/words/acts/ru.ts'
import { actDetails, actsWords } from '#core/words/acts.ts'
import { controlsWords } from '#core/words/controls.ts'
import type { Language } from '#core/words/language.ts'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useKeys, useStore } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

/** K6: who did what when, the newest first. */
export function ActsList() {
  const { session } = useStore(till)
  const words = useWords(actsWords)
  useKeys({ Escape: () => goBack({ at: 'acts' }) })
  return may(session, 'journal.read') ? <Listed /> : <p role="alert">{words.byRight}</p>
}

type Filter = { search: string; from: string; to: string; person: string; what: string }
const everything: Filter = { search: '', from: '', to: '', person: '', what: '' }

/** What is asked of the register; a filter that says nothing is left out. */
const askedOf = ({ search, from, to, person, what }: Filter) => ({
  search: search.trim() === '' ? undefined : search.trim(),
  from: from === '' ? undefined : from,
  to: to === '' ? undefined : to,
  person: person === '' ? undefined : person,
  what: shopActNames.find((name) => name === what),
})

function Listed() {
  const words = useWords(actsWords)
  const language = useLanguage()
  const { loading } = useWords(controlsWords)
  const [filter, setFilter] = useState(everything)
  const [people, setPeople] = useState<readonly string[]>([])
  const asked = askedOf(filter)
  const { rows, told, isEmpty, onEnd } = usePages<ShopActRow, number>(
    { key: 'acts', search: JSON.stringify(asked), idOf: ({ seq }) => `${seq}` },
    async (before) => {
      const answer = await register.acts({ ...asked, before })
      if (answer.kind !== 'done') return { told: answerOf(answer) }
      setPeople(answer.value.people)
      return { rows: answer.value.acts, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Downloads asked={asked} />
      </div>
      <Filters
        filter={filter}
        people={people}
        onChange={(change) => setFilter((before) => ({ ...before, ...change }))}
      />
      <Table
        label={words.heading}
        columns={columnsIn(words, language)}
        rows={rows}
        keyOf={({ seq }) => `${seq}`}
        toneOf={({ isWhole }) => (isWhole ? null : 'red')}
        end={told ?? (onEnd ? loading : isEmpty ? words.none : undefined)}
        onEnd={onEnd}
      />
    </>
  )
}

/** The same as a file: the browser fetches it while it is made. */
function Downloads({ asked }: { asked: ReturnType<typeof askedOf> }) {
  const { download } = useWords(actsWords)
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return (
    <span class="acts-files">
      {(['csv', 'xlsx'] as const).map((as) => (
        <a
          key={as}
          class="button button-quiet"
          href={`/api/exports/acts?${new URLSearchParams([...query, ['as', as]])}`}
          download
          aria-label={`${download} ${as.toUpperCase()}`}
        >
          {as.toUpperCase()}
        </a>
      ))}
    </span>
  )
}

function Filters(props: {
  filter: Filter
  people: readonly string[]
  onChange: (change: Partial<Filter>) => void
}) {
  const words = useWords(actsWords)
  const { filter, people, onChange } = props
  const field = useFocus()
  useKeys({ F2: () => field.current?.focus() })
  const names = (titles: Record<ShopActName, string>) =>
    shopActNames.map((value) => ({ value, text: titles[value] }))
  return (
    <div class="acts-filters">
      <Field
        label={words.search}
        type="search"
        icon="search"
        placeholder={words.searchHint}
        maxLength={64}
        value={filter.search}
        onText={(search) => onChange({ search })}
        field={field}
      />
      <Field
        label={words.from}
        type="date"
        value={filter.from}
        onText={(from) => onChange({ from })}
      />
      <Field label={words.to} type="date" value={filter.to} onText={(to) => onChange({ to })} />
      <Select
        label={words.person}
        value={filter.person}
        options={[
          { value: '', text: words.anybody },
          ...people.map((name) => ({ value: name, text: name })),
        ]}
        onChoice={(person) => onChange({ person })}
      />
      <Select
        label={words.what}
        value={filter.what}
        options={[{ value: '', text: words.anything }, ...names(words.titles)]}
        onChoice={(what) => onChange({ what })}
      />
    </div>
  )
}

const columnsIn = (words: ActsWords, language: Language): readonly Column<ShopActRow>[] => [
  {
    head: words.columns.at,
    cell: ({ at }) => <span class="nowrap">{printedMoment(at)}</span>,
    width: '170px',
  },
  {
    head: words.columns.person,
    cell: ({ person }) => person ?? <span class="soft">{words.nobody}</span>,
    width: 'minmax(90px, 1fr)',
  },
  { head: words.columns.what, cell: ({ what }) => words.titles[what], width: 'minmax(140px, 2fr)' },
  {
    head: words.columns.details,
    cell: ({ facts, isWhole }) => <Details facts={facts} isWhole={isWhole} language={language} />,
    width: 'minmax(160px, 3fr)',
  },
]

function Details({
  facts,
  isWhole,
  language,
}: Pick<ShopActRow, 'facts' | 'isWhole'> & { language: Language }) {
  const words = actsWords[language]
  const text = actDetails(language, facts).join('; ')
  return (
    <>
      {facts.operation === undefined ? text : <a href={`#/receipts/${facts.operation}`}>{text}</a>}
      {!isWhole && <strong class="acts-broken">{words.broken}</strong>}
    </>
  )
}
