import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { OperationView } from '#core/api/register.ts'
import { messageIn, operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { CancelUnfinished } from '../forms/cancel-unfinished.tsx'
import { type BankSaid, ResolveRed } from '../forms/resolve-red.tsx'
import { GatherSupport } from '../support/gather-support.tsx'
import { till } from '../till.ts'

/**
 * A receipt of unknown outcome (§3.1, S3.4): first what happened and whom to ask, then the form.
 */
export function RedReceipt({ view }: { view: OperationView }) {
  const [isRead, setRead] = useState(false)
  const [bank, setBank] = useState<BankSaid | null>(null)
  const { session } = useStore(till)
  const language = useLanguage()
  if (!view.message) return null
  const message = messageIn(language, view.message)
  const words = tillWords[language]
  return (
    <div class="red">
      <h1>{operationsWords[language].kinds[view.kind]}</h1>
      {isRead ? (
        <>
          <Alert tone="amber" title={bank ? words.red.bankSaid[bank] : message.next} />
          {!may(session, 'red.resolve') ? null : view.may.includes('cancelUnfinished') ? (
            <CancelUnfinished view={view} onBank={setBank} />
          ) : (
            <ResolveRed view={view} />
          )}
          <GatherSupport asked={{ operation: view.id }} />
        </>
      ) : (
        <Dialog
          title={message.text}
          actions={
            <Button tone="main" onClick={() => setRead(true)}>
              {words.ok}
            </Button>
          }
        >
          <p class="soft">{message.next}.</p>
        </Dialog>
      )}
    </div>
  )
}
