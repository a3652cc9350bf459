import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
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
  const { live } = useStore(till)
  const isLost = told !== null && told !== 'away' && told.kind !== 'refused'
  const isOver = isLost && live
  const said = told === 'away' ? 'Связи с СКО по-прежнему нет.' : told && answerOf(told, language)
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
          <Button
            busy={asked === 'giveUp'}
            disabled={asked === 'continue'}
            onClick={() => answer('giveUp')}
          >
            Отказаться
          </Button>
        </>
      }
    >
      <p class="soft">
        {operationsWords[language].kinds[view.kind]}
        {view.sum > 0 && (
          <>
            {' на '}
            <Money sum={view.sum} />
          </>
        )}
        . Операция сохранена: она не потеряется и не проведётся дважды.
      </p>
      <p class="waiting-told" role="status">
        {asked === 'continue' ? 'Связываемся с СКО…' : !isOver && said}
      </p>
    </Dialog>
  )
}
