import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { OperationView } from '#core/api/register.ts'
import { titleOf } from '#core/document/kinds.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { Money } from '#web/ui/Money.tsx'
import { answerWaiting } from './operations.ts'
import { NO_ANSWER } from './register.ts'
import { till } from './till.ts'

/** §1.1: the СКО is lost. Stands on every screen until the operation goes on or is given up. */
export function Waiting() {
  const { open, answering } = useStore(till)
  // On its way again it is not `waiting`, yet the dialog stays until it is known how that ended.
  const waiting = open.find((view) => view.state === 'waiting' || view.id === answering)
  return waiting ? <WaitingDialog key={waiting.id} view={waiting} /> : null
}

function WaitingDialog({ view }: { view: OperationView }) {
  const [asked, setAsked] = useState<'continue' | 'giveUp' | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const { live, session } = useStore(till)
  const isOver = told === NO_ANSWER && live
  const answer = async (word: 'continue' | 'giveUp') => {
    setAsked(word)
    setTold(await answerWaiting(view.id, word))
    setAsked(null)
  }
  return (
    <Dialog
      title="Произошла потеря связи с СКО! Проверьте подключение и нажмите Продолжить"
      actions={
        <>
          <Button
            tone="main"
            busy={asked === 'continue'}
            disabled={asked === 'giveUp'}
            onClick={() => answer('continue')}
          >
            Продолжить
          </Button>
          {may(session, 'red.resolve') && (
            <Button
              busy={asked === 'giveUp'}
              disabled={asked === 'continue'}
              onClick={() => answer('giveUp')}
            >
              Отказаться
            </Button>
          )}
        </>
      }
    >
      <p class="soft">
        {titleOf(view.kind)}
        {view.sum > 0 && (
          <>
            {' на '}
            <Money sum={view.sum} />
          </>
        )}
        . Операция сохранена: она не потеряется и не проведётся дважды.
      </p>
      <p class="waiting-told" role="status">
        {asked === 'continue' ? 'Связываемся с СКО…' : !isOver && told}
      </p>
    </Dialog>
  )
}
