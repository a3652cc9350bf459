import { useState } from 'preact/hooks'
import { type StaffRoleName, staffRoleNames } from '#core/access/roles.ts'
import type { StaffPerson } from '#core/api/operator-cabinet/staff.ts'
import { printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { operator, told } from '../operator.ts'
import { InviteDialog, PersonDialog } from './person-dialog.tsx'

const columnsIn = (
  words: StaffWords['people'],
  onOpen: (person: StaffPerson) => void,
): readonly Column<StaffPerson>[] => [
  {
    head: words.person,
    cell: (person) => (
      <button type="button" class="person-link" onClick={() => onOpen(person)}>
        {person.email}
      </button>
    ),
    width: 'minmax(160px, 1.4fr)',
  },
  {
    head: words.role,
    cell: ({ staffRole }) => (staffRole ? words.roles[staffRole] : words.noRole),
    width: 'minmax(110px, 1fr)',
  },
  {
    head: words.state,
    cell: (person) => stateIn(person, words),
    width: 'minmax(110px, 1fr)',
  },
  {
    head: words.factor,
    cell: ({ secondFactor }) => (secondFactor ? words.on : <span class="soft">{words.off}</span>),
    width: '130px',
  },
  {
    head: words.lastSignIn,
    cell: ({ lastSignedInAt }) => (
      <span class="nowrap soft">
        {lastSignedInAt === null ? words.never : printedMoment(lastSignedInAt).slice(0, 16)}
      </span>
    ),
    width: '150px',
    right: true,
  },
]

function stateIn({ disabledAt, sessions, invitedUntil }: StaffPerson, words: StaffWords['people']) {
  if (disabledAt !== null) return <strong class="bad">{words.disabled}</strong>
  if (sessions > 0) return words.sessions(sessions)
  return invitedUntil === null ? <span class="soft">{words.notHere}</span> : words.invited
}

/** R26: the operator's own people, their roles and sessions. */
export function People() {
  const words = useWords(staffWords).people
  const [answer, again] = useLoad('staff', () => operator.staff({}))
  const [open, setOpen] = useState<StaffPerson | 'new' | null>(null)
  const close = () => {
    setOpen(null)
    again()
  }
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button onClick={() => setOpen('new')}>{words.invite}</Button>
        <Button tone="quiet" onClick={again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {({ people }) => (
          <Table
            label={words.heading}
            columns={columnsIn(words, setOpen)}
            rows={people}
            keyOf={({ email }) => email}
          />
        )}
      </Loaded>
      <Roles />
      {open === 'new' && <InviteDialog onClose={close} />}
      {open !== null && open !== 'new' && <PersonDialog person={open} onClose={close} />}
    </>
  )
}

/** What each role may, so that nobody has to guess. */
function Roles() {
  const { people: words } = useWords(staffWords)
  return (
    <section class="panel" aria-labelledby="roles">
      <h2 id="roles">{words.aboutRoles}</h2>
      <dl class="roles">
        {staffRoleNames.map((name: StaffRoleName) => (
          <div key={name}>
            <dt>{words.roles[name]}</dt>
            <dd>{words.roleMeans[name]}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
