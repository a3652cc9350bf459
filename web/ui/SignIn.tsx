import { useState } from 'preact/hooks'
import { accountWords } from '#core/words/account.ts'
import { Button } from './Button.tsx'
import { Field } from './Field.tsx'
import { useFocus } from './hooks.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { speak, useWords } from './language.ts'
import type { Trouble } from './trouble.ts'

type Typed = { email: string; password: string; code: string | undefined }

/** Signing in to a cabinet; the code of a second factor is asked for where the server wants one. */
export function SignIn<Session>(props: {
  heading: string
  signIn: (typed: Typed) => Promise<{ kind: 'done'; value: Session } | Trouble>
  begin: (session: Session) => void
  told: (trouble: Trouble) => string
}) {
  const { heading, signIn, begin, told } = props
  const words = useWords(accountWords).signIn
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Trouble | null>(null)
  const field = useFocus()
  const enter = async (event: Event) => {
    event.preventDefault()
    if (email === '' || password === '' || busy) return
    setBusy(true)
    const answer = await signIn({ email, password, code: code.trim() || undefined })
    setBusy(false)
    if (answer.kind === 'done') begin(answer.value)
    else setRefusal(answer)
  }
  const asksCode = refusal?.kind === 'refused' && /^code\./.test(refusal.code)
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
        {(asksCode || code !== '') && (
          <Field
            label={words.code}
            hint={words.codeHint}
            autocomplete="one-time-code"
            value={code}
            onText={setCode}
            maxLength={32}
          />
        )}
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
