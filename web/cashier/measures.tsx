import type { Status } from '#core/api/register.ts'
import type { StandingMeasure } from '#core/operator/measure.ts'
import { measureIn, measuresWords } from '#core/words/measures.ts'
import { uploadIn } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { sentences } from '#web/ui/sentences.ts'
import { till } from './till.ts'
import { blockIn } from './trouble.ts'

// What the operator has laid on the register: above any screen, and where a shift was to open.

/** Nobody is ambushed: told from the day it is known, with the step that averts it. */
export function Measure(props: {
  measure: StandingMeasure
  /** What is known to come after it. */
  ahead: readonly StandingMeasure[]
  isShiftOpen: boolean
  /** Documents do not go because of it. */
  upload: Status['upload']
}) {
  const { measure, ahead, isShiftOpen, upload } = props
  const language = useLanguage()
  const { title, next } = measureIn(language, measure, { isShiftOpen, ahead })
  const failed = upload && uploadIn(language, upload)
  const stuck = failed ? [tillWords[language].messages.upload(failed.text), failed.next] : []
  const isBlocked = measure.kind === 'block' && measure.inForce
  return (
    <Alert tone={isBlocked ? 'red' : 'amber'} title={title} next={sentences(...next, ...stuck)} />
  )
}

/** §1.3: no shift opens, why not, and whom to call. */
export function Blocked() {
  const words = useWords(measuresWords)
  const ok = useWords(tillWords).ok
  const reason = blockIn(useStore(till).trouble)
  if (reason === null) return null
  const close = () => till.set({ trouble: null })
  return (
    <Dialog
      class="blocked"
      title={words.blocked}
      onClose={close}
      actions={
        <Button tone="main" onClick={close}>
          {ok}
        </Button>
      }
    >
      {reason !== '' && <p class="blocked-reason">{words.reason(reason)}</p>}
      <p>{words.callOperator}.</p>
    </Dialog>
  )
}
