import { updatesWords } from '#core/words/updates.ts'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { till } from '../till.ts'

/** U2: the register is away for its own update, and nothing can be done here meanwhile. */
export function Updating() {
  const words = useWords(updatesWords)
  const { updating } = useStore(till)
  if (updating === null) return null
  return (
    <Dialog title={`${words.installing(updating)}…`}>
      <p role="status">{words.installingDoes}.</p>
    </Dialog>
  )
}
