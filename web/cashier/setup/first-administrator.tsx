import { useState } from 'preact/hooks'
import { firstStepsWords } from '#core/words/first-steps.ts'
import { peopleWords } from '#core/words/people.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useLedToFault, useLoad } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useLanguage, useWords } from '#web/ui/language.ts'
import { useForm } from '../form-state.ts'
import { NewPinTwice, pinTwiceFaults } from '../people/new-pin.tsx'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'
import { chooseLanguage, signIn } from '../session.ts'
import { newId } from '../till.ts'
import { Stages } from './stages.tsx'

/** K7: a till that knows nobody is told who keeps its people. `onKnown`: somebody was. */
export function FirstAdministrator({ onKnown }: { onKnown: () => void }) {
  const { administrator: words } = useWords(firstStepsWords)
  const [answer] = useLoad('administrator', () => register.setup({}))
  if (!answer) return null
  const isHere = answer.kind !== 'done' || answer.value.administrator !== 'elsewhere'
  return (
    <main class="setup">
      <div class="setup-head">
        <p class="brand">zPOS</p>
        <LanguageSwitch onChoose={speak} />
      </div>
      <Stages now="administrator" />
      <h1>{words.heading}</h1>
      {isHere ? <Naming onKnown={onKnown} /> : <Alert tone="amber" {...words.elsewhere} />}
    </main>
  )
}

const empty = { name: '', pin: '', again: '' }

function Naming({ onKnown }: { onKnown: () => void }) {
  const { administrator: words } = useWords(firstStepsWords)
  const people = useWords(peopleWords)
  const language = useLanguage()
  const [request] = useState(newId)
  const { typed, faults, tries, trouble, busy, put, save } = useForm(empty)
  const form = useLedToFault(tries)
  const field = useFocus()
  const enter = async (name: string) => {
    // Where she is not let in at once, the screen of signing in says why.
    if (await signIn(name, typed.pin)) return onKnown()
    chooseLanguage(language)
    go('#/first-steps')
  }
  const trySave = () =>
    save({
      check: (now) =>
        Object.assign(
          pinTwiceFaults(now, { missing: people.missing, repeatWrong: words.repeatWrong }),
          { name: now.name.trim() === '' ? people.missing : undefined },
        ),
      send: ({ name, pin }) => register.firstAdministrator({ request, name, pin }),
      saved: ({ name }) => void enter(name),
    })
  return (
    <>
      <p>{words.lead}</p>
      <form
        ref={form}
        class="people-form"
        onSubmit={(event) => {
          event.preventDefault()
          void trySave()
        }}
      >
        <Told trouble={trouble} />
        <Field
          label={words.name}
          hint={words.nameHint}
          value={typed.name}
          onText={(name) => put({ name })}
          maxLength={64}
          error={faults.name}
          field={field}
        />
        <NewPinTwice
          labels={{ pin: words.pin, again: words.repeat }}
          typed={typed}
          faults={faults}
          put={put}
        />
        <Button tone="main" big wide type="submit" busy={busy}>
          {words.save}
        </Button>
      </form>
    </>
  )
}
