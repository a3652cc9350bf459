import { useState } from 'preact/hooks'
import { cabinetWords } from '#core/words/cabinet.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead, useFocus } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told } from '../operator.ts'

const SHORTEST = 10

/** Where an invitation leads: choosing a password. */
export function Invitation({ token }: { token: string }) {
  const words = useWords(staffWords).invitation
  const { heading } = useWords(cabinetWords)
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const field = useFocus()
  const isFit = password.length >= SHORTEST && password === again
  const choose = async (event: Event) => {
    event.preventDefault()
    if (!isFit) return
    const answer = await operator.acceptInvitation({ token, password })
    if (answer.kind === 'done') setChosen(answer.value.email)
    else setTrouble(answer)
  }
  return (
    <main class="sign-in">
      <form class="sign-in-card" onSubmit={choose}>
        <h1>
          <span class="brand">zPOS</span> {heading}
        </h1>
        {chosen === null ? (
          <>
            <p>{words.about}</p>
            <Field
              label={words.password}
              hint={words.longEnough(SHORTEST)}
              type="password"
              autocomplete="new-password"
              value={password}
              maxLength={128}
              field={field}
              onText={setPassword}
            />
            <Field
              label={words.again}
              type="password"
              autocomplete="new-password"
              value={again}
              maxLength={128}
              error={again !== '' && again !== password ? words.differs : undefined}
              onText={setAgain}
            />
            {trouble && (
              <p class="field-error" role="alert">
                {told(trouble)}
              </p>
            )}
            <Button type="submit" tone="main" big wide disabled={!isFit}>
              {words.choose}
            </Button>
          </>
        ) : (
          <>
            <Alert tone="green" title={words.done(chosen)} />
            <Button tone="main" big wide onClick={() => goInstead('#/')}>
              {words.signIn}
            </Button>
          </>
        )}
        <LanguageSwitch onChoose={speak} />
      </form>
    </main>
  )
}
