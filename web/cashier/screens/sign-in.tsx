import { useState } from 'preact/hooks'
import { controlsWords } from '#core/words/controls.ts'
import { roleTitle, tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { elapsedNow, useElapsed, useFocus, useLater, useLoad, useStore } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useLanguage, useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { MissedScans } from '../missed-scans.tsx'
import { register } from '../register.ts'
import { signIn } from '../session.ts'
import { FirstAdministrator } from '../setup/first-administrator.tsx'
import { till } from '../till.ts'
import { answerOf, toldOf } from '../trouble.ts'

const PIN_LENGTH = 16

/** N1: a tile of a user, then the PIN. */
export function SignIn() {
  const [answer, again] = useLoad('users', () => register.users({}))
  const [user, setUser] = useState<string | null>(null)
  const { trouble } = useStore(till)
  const language = useLanguage()
  const { roles, signIn: words } = tillWords[language]
  if (answer?.kind === 'done' && answer.value.users.length === 0) {
    return <FirstAdministrator onKnown={again} />
  }
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <p class="brand">zPOS</p>
        <h1>{words.who}</h1>
        <MissedScans />
        {trouble?.kind === 'not-begun' && <Alert tone="amber" {...toldOf(trouble, language)} />}
        {answer?.kind === 'done' ? (
          <div class="tiles-users">
            {answer.value.users.map(({ name, role }) => (
              <button
                key={name}
                type="button"
                class="user"
                aria-pressed={user === name}
                aria-description={roleTitle(roles, role)}
                aria-label={name}
                onClick={() => setUser(name)}
              >
                <span class="user-letter" data-note={name.slice(0, 1)} />
                <span>
                  <strong>{name}</strong>
                  <span class="soft small" data-note={roleTitle(roles, role)} />
                </span>
              </button>
            ))}
          </div>
        ) : (
          answer && (
            <p role="alert">
              {answerOf(answer)} <Button onClick={again}>{controlsWords[language].retry}</Button>
            </p>
          )
        )}
        {user !== null && <PinForm key={user} user={user} />}
        <LanguageSwitch onChoose={speak} />
      </div>
    </main>
  )
}

function PinForm({ user }: { user: string }) {
  const words = useWords(tillWords).signIn
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told>(null)
  const field = useFocus()
  const waitMs = waitIn(told)
  useLater(waitMs > 0 ? told : null, waitMs, () => {
    setTold('again')
    field.current?.focus()
  })
  const enter = async () => {
    if (pin === '' || busy || waitMs > 0) return
    setBusy(true)
    const refusal = await signIn(user, pin)
    setBusy(false)
    setPin('')
    setTold(refusal && { answer: refusal, heardAt: elapsedNow() })
    field.current?.focus()
  }
  return (
    <form
      class="pin"
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      <Field
        label={words.pin}
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={PIN_LENGTH}
        value={pin}
        onText={setPin}
        field={field}
      />
      {told !== null && (
        <p class="field-error" role="alert">
          <Said told={told} />
        </p>
      )}
      <Keypad text={pin} onText={(text) => setPin(text.slice(0, PIN_LENGTH))} />
      <Button tone="main" big wide type="submit" busy={busy} disabled={pin === '' || waitMs > 0}>
        {words.enter}
      </Button>
    </form>
  )
}

/** `heardAt`: page time. `again`: the lock-out is over. */
type Told = { answer: Trouble; heardAt: number } | 'again' | null

/** How long the register wants no further try. */
const waitIn = (told: Told): number =>
  told && told !== 'again' && told.answer.kind === 'refused' ? (told.answer.facts.waitMs ?? 0) : 0

function Said({ told }: { told: NonNullable<Told> }) {
  const language = useLanguage()
  if (told === 'again') return tillWords[language].signIn.again
  const text = answerOf(told.answer, language)
  const waitMs = waitIn(told)
  return waitMs > 0 ? <Countdown text={text} waitMs={waitMs} until={told.heardAt + waitMs} /> : text
}

/** The seconds go on in their place without being read out again each second. */
function Countdown({ text, waitMs, until }: { text: string; waitMs: number; until: number }) {
  const leftMs = Math.max(0, until - useElapsed(250))
  const [before, after] = text.split(String(Math.ceil(waitMs / 1000)))
  return (
    <>
      {before}
      <span role="timer">{Math.ceil(leftMs / 1000)}</span>
      {after}
    </>
  )
}
