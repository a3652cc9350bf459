import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { RoleRow, ShopPerson } from '#core/api/register-people.ts'
import { printedMoment } from '#core/time.ts'
import { peopleWords } from '#core/words/people.ts'
import { roleTitle, tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useKeys, useLedToFault, useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { useForm } from '../form-state.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { answerOf, refusalIn } from '../trouble.ts'
import { NewPin } from './new-pin.tsx'

const LIST = '#/settings/people'

/** K3: somebody who comes to work here. */
export function NewPerson() {
  const { session } = useStore(till)
  const words = useWords(peopleWords)
  useKeys({ Escape: () => goBack({ at: 'new-person' }) })
  return may(session, 'people.edit') ? <Adding /> : <p role="alert">{words.byRight}</p>
}

function Adding() {
  const words = useWords(peopleWords)
  const [answer] = useLoad('roles', () => register.people({}))
  const [request] = useState(newId)
  const { typed, faults, tries, trouble, busy, put, save } = useForm({
    name: '',
    role: 'cashier',
    pin: '',
  })
  const form = useLedToFault(tries)
  const name = useFocus()
  const trySave = () =>
    save({
      check: (now) => ({
        name: now.name.trim() === '' ? words.missing : undefined,
        pin: now.pin === '' ? words.missing : undefined,
      }),
      send: (now) => register.addPerson({ request, ...now }),
      saved: () => go(LIST),
    })
  return (
    <>
      <h1>{words.newHeading}</h1>
      <form ref={form} class="people-form" onSubmit={submitting(trySave)}>
        <Told trouble={trouble} />
        <Field
          label={words.name}
          value={typed.name}
          onText={(text) => put({ name: text })}
          maxLength={64}
          error={faults.name}
          field={name}
        />
        <RoleChoice
          roles={answer?.kind === 'done' ? answer.value.roles : []}
          chosen={typed.role}
          onChoice={(role) => put({ role })}
        />
        <NewPin
          label={words.pin}
          pin={typed.pin}
          fault={faults.pin}
          onPin={(pin) => put({ pin })}
        />
        <Button tone="main" big wide type="submit" busy={busy}>
          {words.save}
        </Button>
      </form>
    </>
  )
}

const submitting = (save: () => Promise<unknown>) => (event: Event) => {
  event.preventDefault()
  void save()
}

/** K3: somebody who works here, or did. */
export function OnePerson({ name }: { name: string }) {
  const { session } = useStore(till)
  const words = useWords(peopleWords)
  useKeys({ Escape: () => goBack({ at: 'person', name }) })
  return may(session, 'people.edit') ? <Opened name={name} /> : <p role="alert">{words.byRight}</p>
}

function Opened({ name }: { name: string }) {
  const words = useWords(peopleWords)
  const [answer, again] = useLoad(name, () => register.people({}))
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const { people, roles } = answer.value
  const person = people.find((each) => each.name === name)
  if (!person) {
    return <p role="alert">{answerOf({ kind: 'refused', code: 'person.unknown', facts: {} })}</p>
  }
  const { disabledAt, revision } = person
  return (
    <>
      <div class="title-row">
        <h1>{name}</h1>
        {disabledAt === null && <Disabling person={person} onDone={again} />}
      </div>
      {disabledAt === null ? (
        <Editor key={revision} person={person} roles={roles} onAnew={again} />
      ) : (
        <>
          <Alert tone="amber" title={words.isDisabled(printedMoment(disabledAt).slice(0, 16))} />
          <ComingBack key={revision} person={person} onDone={again} />
        </>
      )}
    </>
  )
}

type Changing = { person: ShopPerson; roles: readonly RoleRow[]; onAnew: () => void }

function Editor({ person, roles, onAnew }: Changing) {
  const words = useWords(peopleWords)
  const { name, role, revision } = person
  const { typed, faults, tries, trouble, busy, put, save } = useForm({
    newName: name,
    role,
    pin: '',
  })
  const form = useLedToFault(tries)
  const trySave = () =>
    save({
      check: ({ newName }) => ({ newName: newName.trim() === '' ? words.missing : undefined }),
      send: ({ newName, role: chosen, pin }) =>
        register.changePerson({
          name,
          revision,
          role: chosen,
          pin: pin === '' ? undefined : pin,
          newName: newName === name ? undefined : newName,
        }),
      saved: () => go(LIST),
    })
  return (
    <form ref={form} class="people-form" onSubmit={submitting(trySave)}>
      <Told trouble={trouble} onAnew={onAnew} />
      <Field
        label={words.name}
        hint={words.nameKept}
        value={typed.newName}
        onText={(newName) => put({ newName })}
        maxLength={64}
        error={faults.newName}
      />
      <RoleChoice roles={roles} chosen={typed.role} onChoice={(chosen) => put({ role: chosen })} />
      <NewPin
        label={words.newPin}
        hint={words.pinKept}
        pin={typed.pin}
        fault={faults.pin}
        onPin={(pin) => put({ pin })}
      />
      <p class="soft small">{words.ends}</p>
      <Button tone="main" big wide type="submit" busy={busy}>
        {words.save}
      </Button>
    </form>
  )
}

function ComingBack({ person, onDone }: { person: ShopPerson; onDone: () => void }) {
  const words = useWords(peopleWords)
  const { name, revision } = person
  const { typed, faults, tries, trouble, busy, put, save } = useForm({ pin: '' })
  const form = useLedToFault(tries)
  const trySave = () =>
    save({
      check: ({ pin }) => ({ pin: pin === '' ? words.missing : undefined }),
      send: ({ pin }) => register.enablePerson({ name, revision, pin }),
      saved: onDone,
    })
  return (
    <form ref={form} class="people-form" onSubmit={submitting(trySave)}>
      <Told trouble={trouble} onAnew={onDone} />
      <NewPin
        label={words.newPin}
        pin={typed.pin}
        fault={faults.pin}
        onPin={(pin) => put({ pin })}
      />
      <Button tone="main" big wide type="submit" busy={busy}>
        {words.enable}
      </Button>
    </form>
  )
}

function Disabling({ person, onDone }: { person: ShopPerson; onDone: () => void }) {
  const words = useWords(peopleWords)
  const [isAsked, ask] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const { name, revision } = person
  const close = () => {
    ask(false)
    setTrouble(null)
  }
  const disable = async () => {
    const answer = await register.disablePerson({ name, revision })
    if (answer.kind !== 'done') return setTrouble(answer)
    close()
    onDone()
  }
  return (
    <>
      <Button tone="quiet" onClick={() => ask(true)}>
        {words.disable}
      </Button>
      {isAsked && (
        <Dialog
          title={words.disableAsk(name)}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{words.keep}</Button>
              <Button tone="danger" onClick={disable}>
                {words.disable}
              </Button>
            </>
          }
        >
          <p>{words.disableDoes}</p>
          <Told trouble={trouble} />
        </Dialog>
      )}
    </>
  )
}

/** What became of a try; whoever looks at something old may look again. */
export function Told({ trouble, onAnew }: { trouble: Trouble | null; onAnew?: () => void }) {
  const words = useWords(peopleWords)
  const language = useLanguage()
  if (!trouble) return null
  const isOld = ['person.changed', 'role.changed'].includes(refusalIn(trouble) ?? '')
  return (
    <Alert tone="red" {...troubleOf('register', trouble, language)}>
      {isOld && onAnew && <Button onClick={onAnew}>{words.anew}</Button>}
    </Alert>
  )
}

function RoleChoice(props: {
  roles: readonly RoleRow[]
  chosen: string
  onChoice: (role: string) => void
}) {
  const words = useWords(peopleWords)
  const { roles: titles } = useWords(tillWords)
  return (
    <Select
      label={words.role}
      value={props.chosen}
      options={props.roles.map(({ name }) => ({ value: name, text: roleTitle(titles, name) }))}
      onChoice={props.onChoice}
    />
  )
}
