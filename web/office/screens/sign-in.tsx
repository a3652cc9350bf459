import { useState } from 'preact/hooks'
import { officeWords } from '#core/words/office.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { begin, office, told } from '../office.ts'

export function SignIn() {
  const { heading, signIn: words } = useWords(officeWords)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Trouble | null>(null)
  const field = useFocus()
  const enter = async (event: Event) => {
    event.preventDefault()
    if (email === '' || password === '' || busy) return
    setBusy(true)
    const answer = await office.signIn({ email, password })
    setBusy(false)
    if (answer.kind === 'done') begin(answer.value)
    else setRefusal(answer)
  }
  return (
    <main class="sign-in">
      <form class="sign-in-card" onSubmit={enter}>
        <h1>
          <span class="brand">zPOS</span> {heading}
        </h1>
        <Field
          label={words.email}
          type="email"
          autocomplete="username"
          value={email}
          onText={setEmail}
          maxLength={128}
          field={field}
        />
        <Field
          label={words.password}
          type="password"
          autocomplete="current-password"
          value={password}
          onText={setPassword}
          maxLength={128}
        />
        {refusal !== null && (
          <p class="field-error" role="alert">
            {told(refusal)}
          </p>
        )}
        <Button
          type="submit"
          tone="main"
          big
          wide
          busy={busy}
          disabled={email === '' || password === ''}
        >
          {words.enter}
        </Button>
        <LanguageSwitch onChoose={speak} />
      </form>
    </main>
  )
}
