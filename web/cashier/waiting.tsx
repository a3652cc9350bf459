import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { OperationView } from '#core/api/register.ts'
import { formatMoney } from '#core/money.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { answerWaiting } from './operations.ts'
import { till } from './till.ts'
import { answerOf } from './trouble.ts'

/** §1.1: the СКО is lost. Stands on every screen until the operation goes on or is given up. */
export function Waiting() {
  const { open, answering } = useStore(till)
  // On its way again it is not `waiting`, yet the dialog stays until it is known how that ended.
  const waiting = open.find((view) => view.state === 'waiting' || view.id === answering)
  return waiting ? <WaitingDialog key={waiting.id} view={waiting} /> : null
}

function WaitingDialog({ view }: { view: OperationView }) {
  const [asked, setAsked] = useState<'continue' | 'giveUp' | null>(null)
  const [told, setTold] = useState<Trouble | 'away' | null>(null)
  const language = useLanguage()
  const { live, session } = useStore(till)
  const isLost = told !== null && told !== 'away' && told.kind !== 'refused'
  const isOver = isLost && live
  const words = tillWords[language].waiting
  const said = told === 'away' ? words.stillAway : told && answerOf(told, language)
  const answer = async (word: 'continue' | 'giveUp') => {
    setAsked(word)
    setTold(await answerWaiting(view.id, word))
    setAsked(null)
  }
  return (
    <Dialog
      title={words.title}
      actions={
        <>
          <Button
            tone="main"
            busy={asked === 'continue'}
            disabled={asked === 'giveUp'}
            onClick={() => answer('continue')}
          >
            {words.continue}
          </Button>
          {may(session, 'red.resolve') && (
            <Button
              busy={asked === 'giveUp'}
              disabled={asked === 'continue'}
              onClick={() => answer('giveUp')}
            >
              {words.giveUp}
            </Button>
          )}
        </>
      }
    >
      <p class="soft">
        {words.kept(
          operationsWords[language].kinds[view.kind],
          view.sum > 0 ? formatMoney(view.sum) : null,
        )}
      </p>
      <p class="waiting-told" role="status">
        {asked === 'continue' ? words.calling : !isOver && said}
      </p>
    </Dialog>
  )
}
