import { useState } from 'preact/hooks'
import type { Refused } from '#core/api/contract.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { sentenceOf, type Trouble, troubleOf } from '#web/ui/trouble.ts'

/** N10: a second person lets something pass, by her PIN, for this one operation alone. */
export function PermitDialog(props: {
  /** The right that the cashier lacks, and who has it. */
  wanting: Refused
  /** What it is asked for, where the refusal does not say it. */
  what?: string
  ask: (user: string, pin: string) => Promise<'granted' | Trouble>
  onGranted: () => void
  onClose: () => void
}) {
  const { wanting, what, onGranted, onClose } = props
  const language = useLanguage()
  const words = useWords(sellingWords).permit
  const holders = wanting.facts.holders ?? []
  const [user, setUser] = useState(holders[0] ?? '')
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const field = useFocus('always')
  const { title } = troubleOf('register', wanting, language)
  const ask = async () => {
    if (pin === '' || busy) return
    setBusy(true)
    const answer = await props.ask(user, pin)
    setBusy(false)
    setPin('')
    if (answer === 'granted') onGranted()
    else setTrouble(answer)
  }
  return (
    <Dialog
      class="number-dialog"
      title={words.heading}
      onClose={onClose}
      actions={
        <>
          <Button tone="main" busy={busy} disabled={holders.length === 0} onClick={ask}>
            {words.grant}
          </Button>
          <Button onClick={onClose}>{words.leave}</Button>
        </>
      }
    >
      {what !== undefined && <p class="permit-what">{what}</p>}
      <p>{title}</p>
      {holders.length === 0 ? (
        <p role="alert">{words.nobody}</p>
      ) : (
        <>
          <div class="permit-by">
            <Select
              label={words.who}
              value={user}
              options={holders.map((value) => ({ value, text: value }))}
              onChoice={setUser}
            />
            <Field
              label={tillWords[language].signIn.pin}
              type="password"
              inputMode="numeric"
              value={pin}
              maxLength={16}
              onText={setPin}
              onEnter={() => void ask()}
              error={trouble ? sentenceOf('register', trouble, language) : undefined}
              field={field}
            />
          </div>
          <Keypad text={pin} onText={setPin} />
        </>
      )}
    </Dialog>
  )
}
