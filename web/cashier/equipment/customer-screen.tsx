import { useState } from 'preact/hooks'
import { customerWords } from '#core/words/customer.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLater } from '#web/ui/hooks.ts'
import { useShared } from '#web/ui/hooks-shared.ts'
import { useWords } from '#web/ui/language.ts'
import { askCustomerScreen, customerAnswer } from '../customer/customer-view.ts'
import { newId } from '../till.ts'

// A window of this very browser answers at once, or is not there.
const ANSWER_MS = 2000

/** Opens the customer's screen as a window of its own, or finds the one that is open. */
export const openCustomerScreen = (): void =>
  void open('#/customer-display', 'zpos-customer', 'popup,width=1024,height=600')

/** N13, K4: the customer's screen is opened here, and asked whether it is there. */
export function CustomerScreen() {
  const words = useWords(customerWords)
  const [asked, setAsked] = useState<string | null>(null)
  const [heard, setHeard] = useState<{ width: number; height: number } | 'none' | null>(null)
  useShared(() => {
    const answer = asked === null ? null : customerAnswer(asked)
    if (!answer) return
    setHeard(answer)
    setAsked(null)
  })
  useLater(asked, ANSWER_MS, () => {
    setHeard('none')
    setAsked(null)
  })
  const ask = () => {
    const question = newId()
    setHeard(null)
    setAsked(question)
    askCustomerScreen(question)
  }
  return (
    <section class="equipment-form" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <p class="soft">{words.note}</p>
      {heard === 'none' && <Alert tone="amber" title={words.none} next={words.noneNext} />}
      {heard !== null && heard !== 'none' && (
        <Alert tone="green" title={words.there} next={words.size(heard.width, heard.height)} />
      )}
      <div class="equipment-buttons">
        <Button big onClick={openCustomerScreen}>
          {words.open}
        </Button>
        <Button big busy={asked !== null} onClick={ask}>
          {asked === null ? words.tryIt : words.trying}
        </Button>
      </div>
    </section>
  )
}
