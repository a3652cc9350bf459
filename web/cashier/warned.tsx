import type { OperationView } from '#core/api/register.ts'
import { WARNING_WINDOW } from '#core/register/opening.ts'
import { measuresWords } from '#core/words/measures.ts'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useElapsed, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { till } from './till.ts'

/** §1.2: the operator's warning. Stands on every screen until the register ends it. */
export function Warned() {
  const { open } = useStore(till)
  const view = open.find(({ state }) => state === 'warned')
  return view ? <WarnedDialog key={view.id} view={view} /> : null
}

function WarnedDialog({ view }: { view: OperationView }) {
  const words = useWords(measuresWords)
  const { said, at } = view.message?.facts ?? {}
  const left = useLeft(at)
  return (
    <Dialog class="warned" title={words.warned}>
      {said !== undefined && <p class="warned-reason">{words.reason(said)}</p>}
      {left !== null && (
        <p class="warned-left" role="timer">
          {left > 0 ? words.seconds(left) : words.opening}
        </p>
      )}
      <p class="soft">{words.opensItself}.</p>
    </Dialog>
  )
}

/** Whole seconds up to the register's own deadline, whatever the page's clock says (R17). */
function useLeft(until: number | undefined): number | null {
  const { status, heardAt } = useStore(till)
  const elapsed = useElapsed(200)
  if (until === undefined || !status) return null
  const leftMs = until - (status.now + elapsed - heardAt)
  return Math.ceil(Math.min(Math.max(leftMs, 0), WARNING_WINDOW) / 1000)
}
