import { useState } from 'preact/hooks'
import { registerRights } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import type { RoleRow, ShopPerson } from '#core/api/register-people.ts'
import { printedMoment } from '#core/time.ts'
import type { PeopleWords } from '#core/words/people/ru.ts'
import { peopleWords } from '#core/words/people.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { roleTitle, tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

/** K3: who works here, and the roles of the shop. */
export function PeopleList() {
  const { session } = useStore(till)
  const words = useWords(peopleWords)
  useKeys({ Escape: () => goBack({ at: 'people' }) })
  return may(session, 'people.edit') ? <Listed /> : <p role="alert">{words.byRight}</p>
}

function Listed() {
  const words = useWords(peopleWords)
  const { roles: titles } = useWords(tillWords)
  const [answer] = useLoad('people', () => register.people({}))
  const [isDisabled, showDisabled] = useState(false)
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const { people, roles } = answer.value
  const shown = people.filter(({ disabledAt }) => (disabledAt !== null) === isDisabled)
  return (
    <>
      <h1>{words.heading}</h1>
      <div class="stock-actions">
        <Button tone="main" onClick={() => go('#/settings/people/new')}>
          {words.add}
        </Button>
        <Button
          tone="quiet"
          aria-pressed={isDisabled}
          onClick={() => showDisabled((before) => !before)}
        >
          {words.disabled}
        </Button>
      </div>
      <Table
        label={words.heading}
        columns={peopleColumns(words, titles)}
        rows={shown}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => `#/settings/people/${encodeURIComponent(name)}`}
        end={shown.length === 0 ? words.none : undefined}
      />
      <section class="people-section">
        <div class="title-row">
          <h2>{words.roles}</h2>
          <Button onClick={() => go('#/settings/roles/new')}>{words.addRole}</Button>
        </div>
        <Table
          label={words.roles}
          columns={roleColumns(words, titles)}
          rows={roles}
          keyOf={({ name }) => name}
          hrefOf={({ name }) => `#/settings/roles/${encodeURIComponent(name)}`}
        />
      </section>
    </>
  )
}

const peopleColumns = (
  words: PeopleWords,
  titles: TillWords['roles'],
): readonly Column<ShopPerson>[] => [
  { head: words.columns.name, cell: ({ name }) => name, width: 'minmax(140px, 2fr)' },
  {
    head: words.columns.role,
    cell: ({ role, disabledAt }) => (
      <>
        {roleTitle(titles, role)}
        {disabledAt !== null && (
          <span class="soft small">
            {' '}
            · {words.isDisabled(printedMoment(disabledAt).slice(0, 10))}
          </span>
        )}
      </>
    ),
    width: 'minmax(140px, 2fr)',
  },
]

const roleColumns = (
  { columns }: PeopleWords,
  titles: TillWords['roles'],
): readonly Column<RoleRow>[] => [
  { head: columns.name, cell: ({ name }) => roleTitle(titles, name), width: 'minmax(140px, 2fr)' },
  { head: columns.people, cell: ({ people }) => people, width: '130px', right: true },
  {
    head: columns.rights,
    cell: ({ rights }) => `${rights.length} / ${registerRights.length}`,
    width: '110px',
    right: true,
  },
  {
    head: columns.limit,
    cell: (role) => (may(role, 'discount') ? `${role.discountPercent} %` : '—'),
    width: '110px',
    right: true,
  },
]
