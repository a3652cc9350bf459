import { actNames, knownAct } from '#core/access/acts.ts'
import type { ActView } from '#core/api/operator-cabinet/acts.ts'
import { findingKinds } from '#core/operator/finding.ts'
import { printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { Language } from '#core/words/language.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { actReasonIn } from '#core/words/trail.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import { Select } from '#web/ui/Select.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { operator, told as toldOf } from '../operator.ts'
import { type ActsFilter, isRegisterText } from './routes.ts'

function columnsIn(language: Language): readonly Column<ActView>[] {
  const words = staffWords[language].acts
  return [
    {
      head: words.what,
      cell: ({ what }) => <strong>{nameOf(what, words)}</strong>,
      width: 'minmax(150px, 0.9fr)',
    },
    { head: words.target, cell: (act) => <Target act={act} />, width: 'minmax(150px, 1.2fr)' },
    {
      head: words.reason,
      cell: (act) => <span class="soft">{actReasonIn(language, act)}</span>,
      width: 'minmax(120px, 1.4fr)',
    },
    { head: words.person, cell: ({ person }) => person, width: 'minmax(120px, 1fr)' },
    { head: words.origin, cell: ({ origin }) => <code>{origin}</code>, width: '110px' },
    {
      head: words.at,
      cell: ({ at }) => <span class="nowrap soft">{printedMoment(at)}</span>,
      width: '170px',
      right: true,
    },
  ]
}

function nameOf(what: string, { names }: StaffWords['acts']): string {
  const known = knownAct(what)
  return known ? names[known] : what
}

function Target({ act: { what, register, company, target } }: { act: ActView }) {
  const { acts: words, findings } = useWords(staffWords)
  // Whoever looks at documents that were not taken looks at one kind of them.
  const kind = what === 'looked' ? findingKinds.find((each) => each === target) : undefined
  return (
    <>
      {register !== null && (
        <a href={addressOf(`fleet/${register}`)}>{words.ofRegister(register)}</a>
      )}
      {target !== null && <span class="under">{kind ? findings.kinds[kind] : target}</span>}
      {company !== null && <span class="soft small under">{company}</span>}
    </>
  )
}

/** Whole digits of a register's number, or what to type instead. */
const registerFault = ({ register }: ActsFilter, words: StaffWords['acts']) =>
  isRegisterText(register) ? undefined : words.faults.register

/** Every act of the operator's people and of clients, searched by what the address says. */
export function Acts({ filter }: { filter: ActsFilter }) {
  const language = useLanguage()
  const all = staffWords[language]
  const words = all.acts
  const search = addressOf('acts', filter)
  const isWrong = registerFault(filter, words) !== undefined
  const pages = usePages<ActView, string>(
    { key: 'acts', search, idOf: ({ id }) => String(id) },
    async (before) => {
      if (isWrong) return { rows: [], next: null }
      const answer = await operator.acts(requestOf(filter, before))
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
            {all.clear}
          </Button>
        )}
        <Button tone="quiet" onClick={pages.again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <Filters filter={filter} />
      <div class="acts">
        <PagedTable
          label={words.heading}
          columns={columnsIn(language)}
          pages={pages}
          keyOf={({ id }) => String(id)}
          none={words.none}
        />
      </div>
    </>
  )
}

function requestOf({ person, what, register, unp, day }: ActsFilter, before: string | undefined) {
  return {
    person: person.trim() || undefined,
    what: knownAct(what) ?? undefined,
    register: register.trim() === '' ? undefined : Number(register),
    unp: unp.trim() || undefined,
    day: day || undefined,
    before,
  }
}

function Filters({ filter }: { filter: ActsFilter }) {
  const words = useWords(staffWords).acts
  const change = (part: Partial<ActsFilter>) =>
    goInstead(addressOf('acts', Object.assign({}, filter, part)))
  const field = (name: 'person' | 'register' | 'unp', label: string, error?: string) => (
    <Field
      label={label}
      value={filter[name]}
      error={error}
      maxLength={64}
      onText={(text) => change({ [name]: text })}
    />
  )
  return (
    <search class="acts-filters">
      <Select
        label={words.what}
        value={filter.what}
        options={[
          { value: '', text: words.everyAct },
          ...actNames.map((name) => ({ value: name, text: words.names[name] })),
        ]}
        onChoice={(what) => change({ what })}
      />
      {field('person', words.person)}
      {field('register', words.register, registerFault(filter, words))}
      {field('unp', words.unp)}
      <Field label={words.day} type="date" value={filter.day} onText={(day) => change({ day })} />
    </search>
  )
}
