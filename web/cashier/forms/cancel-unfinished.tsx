import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useHearer } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { hear } from '../operations.ts'
import { register } from '../register.ts'
import { answerTakers } from '../scans.ts'
import { till } from '../till.ts'
import { AnswerField, CarriedAnswer, HowToAsk } from './carried-answer.tsx'
import { Answers, type BankSaid, Known } from './resolve-red.tsx'

/** S3.9: money may have left the card and there is no document: the bank must give it back. */
export function CancelUnfinished(props: {
  view: OperationView
  /** D19: told what the bank says, as soon as it is known; null: it says nothing. */
  onBank: (said: BankSaid | null) => void
}) {
  const { view, onBank } = props
  const language = useLanguage()
  const words = useWords(tillWords)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Trouble | null>(null)
  const [carried, setCarried] = useState('')
  const isFiscal = view.may.includes('answer')
  useHearer(answerTakers, async (code) => {
    if (isFiscal) setCarried(code)
    return isFiscal ? null : 'elsewhere'
  })
  const cancel = async () => {
    setBusy(true)
    const answer = await register.cancelUnfinished({ id: view.id })
    setBusy(false)
    setAsked(false)
    if (answer.kind === 'done') {
      hear(answer.value)
      // The receipt itself says what becomes of the money.
      till.set({ trouble: null, notice: words.red.cancelled })
    } else setWrong(answer)
  }
  return (
    <div class="resolve">
      <div class="resolve-known">
        <Known view={view} />
        <Answers id={view.id} onBank={onBank} onWord={setCarried} />
        {isFiscal && <HowToAsk view={view} />}
      </div>
      <section class="resolve-form" aria-label={words.red.cancelling}>
        <p>{view.kind === 'sale' ? words.red.cancelSaleHow : words.red.cancelRefundHow}</p>
        {wrong && <Alert tone="red" {...troubleOf('register', wrong, language)} />}
        {carried === '' && (
          <Button tone="danger" big onClick={() => setAsked(true)}>
            {words.red.cancel}
          </Button>
        )}
        {isFiscal && <AnswerField text={carried} onText={setCarried} />}
        {carried !== '' && (
          <CarriedAnswer view={view} text={carried} onClear={() => setCarried('')} />
        )}
      </section>
      {asked && (
        <Dialog
          title={words.red.cancelAsk}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button tone="danger" busy={busy} onClick={cancel}>
                {words.yes}
              </Button>
              <Button disabled={busy} onClick={() => setAsked(false)}>
                {words.no}
              </Button>
            </>
          }
        >
          <p class="soft">{words.red.cancelPaper}</p>
        </Dialog>
      )}
    </div>
  )
}
