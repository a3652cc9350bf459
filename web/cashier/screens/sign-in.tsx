import { useState } from 'preact/hooks'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useLoad } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { NO_ANSWER, register } from '../register.ts'
import { signIn } from '../session.ts'

const PIN_LENGTH = 16
const roles = { cashier: 'Кассир', administrator: 'Администратор' } as const

/** N1: a tile of a user, then the PIN. */
export function SignIn() {
  const [answer, again] = useLoad('users', () => register.users({}))
  const [user, setUser] = useState<string | null>(null)
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <p class="brand">zPOS</p>
        <h1>Кто работает?</h1>
        {answer?.kind === 'done' ? (
          <div class="tiles-users">
            {answer.value.users.map(({ name, role }) => (
              <button
                key={name}
                type="button"
                class="user"
                aria-pressed={user === name}
                aria-description={roles[role]}
                aria-label={name}
                onClick={() => setUser(name)}
              >
                <span class="user-letter" data-note={name.slice(0, 1)} />
                <span>
                  <strong>{name}</strong>
                  <span class="soft small" data-note={roles[role]} />
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
  const [told, setTold] = useState<string | null>(null)
  const field = useFocus()
  const enter = async () => {
    if (pin === '' || busy) return
    setBusy(true)
    const refusal = await signIn(user, pin)
    setBusy(false)
    setPin('')
    setTold(refusal)
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
          {told}
        </p>
      )}
      <Keypad text={pin} onText={(text) => setPin(text.slice(0, PIN_LENGTH))} />
      <Button tone="main" big wide type="submit" busy={busy} disabled={pin === ''}>
        Войти
      </Button>
    </form>
  )
}
