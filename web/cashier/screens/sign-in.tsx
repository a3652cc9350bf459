import { useState } from 'preact/hooks'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { elapsedNow, useElapsed, useFocus, useLater, useLoad, useStore } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { NOT_BEGUN } from '../operations.ts'
import { NO_ANSWER, register } from '../register.ts'
import { signIn } from '../session.ts'
import { till } from '../till.ts'

const PIN_LENGTH = 16
export const roleTitles = { cashier: 'Кассир', administrator: 'Администратор' } as const

/** N1: a tile of a user, then the PIN. */
export function SignIn() {
  const [answer, again] = useLoad('users', () => register.users({}))
  const [user, setUser] = useState<string | null>(null)
  const { trouble } = useStore(till)
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <p class="brand">zPOS</p>
        <h1>Кто работает?</h1>
        {trouble?.code === NOT_BEGUN && (
          <Alert tone="amber" title={trouble.title} next={trouble.next} />
        )}
        {answer?.kind === 'done' ? (
          <div class="tiles-users">
            {answer.value.users.map(({ name, role }) => (
              <button
                key={name}
                type="button"
                class="user"
                aria-pressed={user === name}
                aria-description={roleTitles[role]}
                aria-label={name}
                onClick={() => setUser(name)}
              >
                <span class="user-letter" data-note={name.slice(0, 1)} />
                <span>
                  <strong>{name}</strong>
                  <span class="soft small" data-note={roleTitles[role]} />
                </span>
              </button>
            ))}
          </div>
        ) : (
          answer && (
            <p role="alert">
              {NO_ANSWER} <Button onClick={again}>Повторить</Button>
            </p>
          )
        )}
        {user !== null && <PinForm key={user} user={user} />}
      </div>
    </main>
  )
}

function PinForm({ user }: { user: string }) {
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const field = useFocus()
  const waitMs = told?.waitMs ?? 0
  useLater(waitMs > 0 ? told : null, waitMs, () => {
    setTold({ text: 'Можно пробовать снова: введите PIN.', waitMs: 0, until: 0 })
    field.current?.focus()
  })
  const enter = async () => {
    if (pin === '' || busy || waitMs > 0) return
    setBusy(true)
    const refusal = await signIn(user, pin)
    setBusy(false)
    setPin('')
    setTold(refusal === null ? null : toldBy(refusal))
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
        label="PIN"
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
          {waitMs > 0 ? <Countdown {...told} /> : told.text}
        </p>
      )}
      <Keypad text={pin} onText={(text) => setPin(text.slice(0, PIN_LENGTH))} />
      <Button tone="main" big wide type="submit" busy={busy} disabled={pin === '' || waitMs > 0}>
        Войти
      </Button>
    </form>
  )
}

/** `until`: page time from which the next try counts. */
type Told = { text: string; waitMs: number; until: number }

// The register names the seconds of a lock-out in its words alone.
const SECONDS = /\d+(?= с(?:\.|$| ))/

function toldBy(text: string): Told {
  const waitMs = Number(SECONDS.exec(text)?.[0] ?? 0) * 1000
  return { text, waitMs, until: elapsedNow() + waitMs }
}

/** The seconds go on without being read out again each second. */
function Countdown({ text, until }: Told) {
  const leftMs = Math.max(0, until - useElapsed(250))
  const [before, after] = text.split(SECONDS)
  return (
    <>
      {before}
      <span role="timer">{Math.ceil(leftMs / 1000)}</span>
      {after}
    </>
  )
}
