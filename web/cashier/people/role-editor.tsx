import { useState } from 'preact/hooks'
import { type RegisterRight, registerRights } from '#core/access/rights.ts'
import { may, roleNames, usualRoles } from '#core/access/roles.ts'
import type { RoleRow } from '#core/api/register-people.ts'
import { peopleWords } from '#core/words/people.ts'
import { rightsWords } from '#core/words/rights.ts'
import { roleTitle, tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useKeys, useLedToFault, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { useForm } from '../form-state.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { Told } from './person-editor.tsx'

const LIST = '#/settings/people'

/** K3, R26: a set of rights that the shop gives a name. */
export function NewRole() {
  const { session } = useStore(till)
  const words = useWords(peopleWords)
  useKeys({ Escape: () => goBack({ at: 'new-role' }) })
  const [request] = useState(newId)
  if (!may(session, 'people.edit')) return <p role="alert">{words.byRight}</p>
  const { rights, discountPercent } = usualRoles.cashier
  return (
    <>
      <h1>{words.newRole}</h1>
      <Editor
        begun={{ name: '', rights, discountPercent }}
        save={(role) => register.addRole({ request, ...role })}
        onAnew={() => {}}
        isNew
      />
    </>
  )
}

/** K3, R26: what somebody of a role may. */
export function OneRole({ name }: { name: string }) {
  const { session } = useStore(till)
  const words = useWords(peopleWords)
  useKeys({ Escape: () => goBack({ at: 'role', name }) })
  return may(session, 'people.edit') ? <Opened name={name} /> : <p role="alert">{words.byRight}</p>
}

function Opened({ name }: { name: string }) {
  const { roles: titles } = useWords(tillWords)
  const [answer, again] = useLoad(name, () => register.people({}))
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const role = answer.value.roles.find((each) => each.name === name)
  if (!role) {
    return <p role="alert">{answerOf({ kind: 'refused', code: 'role.unknown', facts: {} })}</p>
  }
  return (
    <>
      <div class="title-row">
        <h1>{roleTitle(titles, name)}</h1>
        {!roleNames.some((usual) => usual === name) && <Removing role={role} />}
      </div>
      <Editor
        key={role.revision}
        begun={role}
        save={(form) => register.changeRole({ ...form, revision: role.revision })}
        onAnew={again}
      />
    </>
  )
}

function Removing({ role: { name, revision } }: { role: RoleRow }) {
  const words = useWords(peopleWords)
  const [isAsked, ask] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const close = () => {
    ask(false)
    setTrouble(null)
  }
  const remove = async () => {
    const answer = await register.removeRole({ name, revision })
    if (answer.kind !== 'done') return setTrouble(answer)
    go(LIST)
  }
  return (
    <>
      <Button tone="quiet" onClick={() => ask(true)}>
        {words.removeRole}
      </Button>
      {isAsked && (
        <Dialog
          title={words.removeRoleAsk(name)}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{words.keep}</Button>
              <Button tone="danger" onClick={remove}>
                {words.removeRole}
              </Button>
            </>
          }
        >
          <Told trouble={trouble} />
        </Dialog>
      )}
    </>
  )
}

type Form = Pick<RoleRow, 'name' | 'rights' | 'discountPercent'>

type EditorProps = {
  begun: Form
  save: (form: Form) => ReturnType<typeof register.addRole | typeof register.changeRole>
  onAnew: () => void
  isNew?: boolean
}

function Editor({ begun, save: send, onAnew, isNew = false }: EditorProps) {
  const words = useWords(peopleWords)
  const { typed, faults, tries, trouble, busy, put, save } = useForm({
    name: begun.name,
    rights: begun.rights,
    limit: String(begun.discountPercent),
  })
  const form = useLedToFault(tries)
  const trySave = () =>
    save({
      check: ({ name, rights, limit }) => ({
        name: name.trim() === '' ? words.missing : undefined,
        limit:
          rights.includes('discount') && percentIn(limit) === null ? words.limitWrong : undefined,
      }),
      send: ({ name, rights, limit }) =>
        send({ name, rights, discountPercent: percentIn(limit) ?? 0 }),
      saved: () => go(LIST),
    })
  return (
    <form
      ref={form}
      class="people-section"
      onSubmit={(event) => {
        event.preventDefault()
        void trySave()
      }}
    >
      <Told trouble={trouble} onAnew={onAnew} />
      <div class="people-form">
        {isNew && (
          <Field
            label={words.roleName}
            value={typed.name}
            onText={(name) => put({ name })}
            maxLength={64}
            error={faults.name}
          />
        )}
      </div>
      <Rights chosen={typed.rights} onChoice={(rights) => put({ rights })} />
      <div class="people-form">
        {typed.rights.includes('discount') && (
          <Field
            label={words.limit}
            inputMode="numeric"
            value={typed.limit}
            onText={(limit) => put({ limit })}
            hint={words.limitHint}
            error={faults.limit}
          />
        )}
        <p class="soft small">{words.roleDoes}</p>
        <Button tone="main" big wide type="submit" busy={busy}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}

/** Whole percent 0…100; null: it is none. */
const percentIn = (text: string): number | null =>
  /^\s*(\d{1,2}|100)\s*$/.test(text) ? Number(text) : null

function Rights(props: {
  chosen: readonly RegisterRight[]
  onChoice: (rights: readonly RegisterRight[]) => void
}) {
  const words = useWords(peopleWords)
  const titles = useWords(rightsWords)
  const { chosen } = props
  const turn = (right: RegisterRight, on: boolean) =>
    props.onChoice(registerRights.filter((each) => (each === right ? on : chosen.includes(each))))
  return (
    <fieldset class="role-rights">
      <legend>{words.rights}</legend>
      {registerRights.map((right) => (
        <label key={right} class="role-right">
          <input
            type="checkbox"
            checked={chosen.includes(right)}
            onChange={(event) => turn(right, event.currentTarget.checked)}
          />
          {titles[right]}
        </label>
      ))}
    </fieldset>
  )
}
