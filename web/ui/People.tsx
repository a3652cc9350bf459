import { useState } from 'preact/hooks'
import { type ClientRole, clientRoleNames } from '#core/access/roles.ts'
import type { cabinetPeopleApi } from '#core/api/cabinet/people.ts'
import type { Client, Reply } from '#core/api/contract.ts'
import { printedMoment } from '#core/time.ts'
import { accountWords } from '#core/words/account.ts'
import { Alert } from './Alert.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Field } from './Field.tsx'
import { useLoad } from './hooks.ts'
import { useWords } from './language.ts'
import { NoAnswer } from './NoAnswer.tsx'
import { NewPassword, SHORTEST } from './OwnAccount.tsx'
import { Select } from './Select.tsx'
import type { Trouble } from './trouble.ts'

type Person = Reply<(typeof cabinetPeopleApi)['people']>['people'][number]

type Props = {
  api: Client<typeof cabinetPeopleApi>
  told: (trouble: Trouble) => string
  /** Whose roles they are. */
  cabinet: 'operator' | 'office'
}

/** Who of the client's people may what; `own`: the e-mail of whoever looks. */
export function ClientPeople({ api, told, cabinet, own }: Props & { own: string }) {
  const words = useWords(accountWords).people
  const [answer, again] = useLoad('people', () => api.people({}))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [leaving, setLeaving] = useState<Person | null>(null)
  const act = async (work: Promise<{ kind: 'done' } | Trouble>) => {
    const done = await work
    setTrouble(done.kind === 'done' ? null : done)
    setLeaving(null)
    again()
  }
  const change = (person: Person) => void act(api.changePerson(person))
  if (!answer) return null
  if (answer.kind !== 'done') {
    return <NoAnswer told={told(answer)} again={again} />
  }
  const { people, invitations } = answer.value
  return (
    <section class="card people-list" aria-labelledby="people">
      <h2 id="people">{words.heading}</h2>
      <p class="soft small">{words.rolesHow[cabinet]}</p>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      <ul>
        {people.map((person) => (
          <li key={person.email}>
            <strong class="people-who">{person.email}</strong>
            <RoleChoice
              email={person.email}
              role={person.role}
              onRole={(role) => change({ ...person, role })}
            />
            <span class={person.disabled ? 'state state-silent' : 'state state-working'}>
              {person.disabled ? words.disabled : words.active}
            </span>
            <Button
              tone="quiet"
              disabled={person.email === own}
              aria-label={words.of(person.disabled ? words.enable : words.disable, person.email)}
              onClick={() =>
                person.disabled ? change({ ...person, disabled: false }) : setLeaving(person)
              }
            >
              {person.disabled ? words.enable : words.disable}
            </Button>
          </li>
        ))}
        {invitations.map(({ email, role, until }) => (
          <li key={`invited ${email}`}>
            <span class="people-who">{email}</span>
            <span>{words.roles[role]}</span>
            <span class="soft small">{words.waiting(printedMoment(until).slice(0, 16))}</span>
            <Button
              tone="quiet"
              aria-label={words.of(words.withdraw, email)}
              onClick={() => void act(api.withdrawInvitation({ email }))}
            >
              {words.withdraw}
            </Button>
          </li>
        ))}
      </ul>
      <Invite api={api} told={told} onInvited={again} />
      {leaving && (
        <Dialog
          title={words.disableAsk(leaving.email)}
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button tone="danger" onClick={() => change({ ...leaving, disabled: true })}>
                {words.disable}
              </Button>
              <Button onClick={() => setLeaving(null)}>{words.cancel}</Button>
            </>
          }
        >
          <p class="soft">{words.disableHow}</p>
        </Dialog>
      )}
    </section>
  )
}

const roleIn = (value: string): ClientRole =>
  clientRoleNames.find((name) => name === value) ?? 'viewer'

function RoleChoice(props: {
  email?: string
  role: ClientRole
  onRole: (role: ClientRole) => void
}) {
  const words = useWords(accountWords).people
  const { email, role, onRole } = props
  return (
    <Select
      label={email === undefined ? words.role : words.of(words.role, email)}
      value={role}
      options={clientRoleNames.map((name) => ({ value: name, text: words.roles[name] }))}
      onChoice={(value) => onRole(roleIn(value))}
    />
  )
}

function Invite(props: Omit<Props, 'cabinet'> & { onInvited: () => void }) {
  const { api, told, onInvited } = props
  const words = useWords(accountWords).people
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<ClientRole>('viewer')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [made, setMade] = useState<{ email: string; link: string; mailed: boolean } | null>(null)
  const invite = async (event: Event) => {
    event.preventDefault()
    const answer = await api.invite({ email, role })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind !== 'done') return
    const { token, mailed } = answer.value
    setMade({ email, link: `${location.origin}/#/join/${token}`, mailed })
    setEmail('')
    onInvited()
  }
  return (
    <form class="people-invite" onSubmit={(event) => void invite(event)}>
      <h3>{words.inviteHeading}</h3>
      <Field label={words.email} type="email" value={email} maxLength={128} onText={setEmail} />
      <RoleChoice role={role} onRole={setRole} />
      <Button type="submit" disabled={email === ''}>
        {words.invite}
      </Button>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      {made && (
        <div class="people-link" role="status">
          <label class="field-label" for="invitation">
            {words.link}
          </label>
          <input
            id="invitation"
            class="field-input"
            readOnly
            value={made.link}
            onFocus={(event) => event.currentTarget.select()}
          />
          {made.mailed && <span>{words.mailed(made.email)}</span>}
          <span class="soft small">{words.linkHow(made.email)}</span>
        </div>
      )}
    </form>
  )
}

/** Whoever holds the link of an invitation sets a password, and signs in with it. */
export function JoinClient({ api, told, token }: Omit<Props, 'cabinet'> & { token: string }) {
  const words = useWords(accountWords).people
  const [answer] = useLoad(token, () => api.clientInvitation({ token }))
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const accept = async (event: Event) => {
    event.preventDefault()
    const joined = await api.joinClient({ token, password })
    if (joined.kind === 'done') location.replace('#/home')
    else setTrouble(joined)
  }
  if (!answer) return null
  const wrong = answer.kind === 'done' ? trouble : answer
  return (
    <main class="sign-in">
      <form class="sign-in-card" onSubmit={(event) => void accept(event)}>
        {answer.kind === 'done' && (
          <>
            <h1>{words.joinHeading(answer.value.client)}</h1>
            <p>{words.joinHow(answer.value.email, words.roles[answer.value.role])}</p>
            <NewPassword value={password} onText={setPassword} />
          </>
        )}
        {wrong && <Alert tone="red" title={told(wrong)} />}
        {answer.kind === 'done' && (
          <Button type="submit" tone="main" big wide disabled={password.length < SHORTEST}>
            {words.join}
          </Button>
        )}
      </form>
    </main>
  )
}
