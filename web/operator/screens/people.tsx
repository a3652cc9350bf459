import { useState } from 'preact/hooks'
import { type ClientRole, clientRoleNames } from '#core/access/roles.ts'
import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { clientWords } from '#core/words/client.ts'
import { controlsWords } from '#core/words/controls.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { isEntitled, operator, type Session, told } from '../operator.ts'

type Person = Reply<(typeof operatorCabinetApi)['people']>['people'][number]

/** Who of the client's people may what, and one's own password. */
export function People({ session }: { session: Session }) {
  const words = useWords(clientWords).people
  return (
    <>
      <div class="title-row">
        <h1>{words.section}</h1>
      </div>
      <div class="people">
        {isEntitled(session, 'client.people') && <Listed own={session.email} />}
        <OwnPassword />
      </div>
    </>
  )
}

function Listed({ own }: { own: string }) {
  const words = useWords(clientWords).people
  const [answer, again] = useLoad('people', () => operator.people({}))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [leaving, setLeaving] = useState<Person | null>(null)
  const act = async (work: Promise<{ kind: 'done' } | Trouble>) => {
    const done = await work
    setTrouble(done.kind === 'done' ? null : done)
    setLeaving(null)
    again()
  }
  const change = (person: Person) => void act(operator.changePerson(person))
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <Alert tone="red" title={told(answer)}>
        <Button onClick={again}>{wordsNow(controlsWords).retry}</Button>
      </Alert>
    )
  }
  const { people, invitations } = answer.value
  return (
    <section class="card people-list" aria-labelledby="people">
      <h2 id="people">{words.heading}</h2>
      <p class="soft small">{words.rolesHow}</p>
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
              onClick={() => void act(operator.withdrawInvitation({ email }))}
            >
              {words.withdraw}
            </Button>
          </li>
        ))}
      </ul>
      <Invite onInvited={again} />
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
  const words = useWords(clientWords).people
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

function Invite({ onInvited }: { onInvited: () => void }) {
  const words = useWords(clientWords).people
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<ClientRole>('viewer')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [made, setMade] = useState<{ email: string; link: string } | null>(null)
  const invite = async (event: Event) => {
    event.preventDefault()
    const answer = await operator.invite({ email, role })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind !== 'done') return
    setMade({ email, link: `${location.origin}/#/join/${answer.value.token}` })
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
          <span class="soft small">{words.linkHow(made.email)}</span>
        </div>
      )}
    </form>
  )
}

function OwnPassword() {
  const words = useWords(clientWords).people
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [heard, setHeard] = useState<{ kind: 'done' } | Trouble | null>(null)
  const change = async (event: Event) => {
    event.preventDefault()
    const answer = await operator.changePassword({ current, password })
    setHeard(answer)
    if (answer.kind !== 'done') return
    setCurrent('')
    setPassword('')
  }
  return (
    <form class="card people-password" onSubmit={(event) => void change(event)}>
      <h2>{words.passwordHeading}</h2>
      <Field
        label={words.current}
        type="password"
        autocomplete="current-password"
        value={current}
        maxLength={128}
        onText={setCurrent}
      />
      <NewPassword value={password} onText={setPassword} />
      {heard && heard.kind !== 'done' && <Alert tone="red" title={told(heard)} />}
      {heard?.kind === 'done' && <p role="status">{words.changed}</p>}
      <Button type="submit" disabled={current === '' || password.length < SHORTEST}>
        {words.change}
      </Button>
    </form>
  )
}

/** As the contract has it; the server says so too. */
const SHORTEST = 10

const NewPassword = ({ value, onText }: { value: string; onText: (text: string) => void }) => {
  const words = useWords(clientWords).people
  return (
    <Field
      label={words.password}
      hint={words.passwordHint}
      type="password"
      value={value}
      maxLength={128}
      onText={onText}
    />
  )
}

/** Whoever holds the link of an invitation sets a password, and signs in with it. */
export function JoinClient({ token }: { token: string }) {
  const words = useWords(clientWords).people
  const [answer] = useLoad(token, () => operator.clientInvitation({ token }))
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const accept = async (event: Event) => {
    event.preventDefault()
    const joined = await operator.joinClient({ token, password })
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
