import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import { supportWords } from '#core/words/support.ts'
import { Button } from '#web/ui/Button.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { gatherForSupport, type SupportQuestion } from '../register.ts'
import { till } from '../till.ts'

/** K6: saves what happened as a file for whoever helps from afar; for whoever has the right. */
export function GatherSupport({ asked }: { asked: SupportQuestion }) {
  const words = useWords(supportWords)
  const { session } = useStore(till)
  const [busy, setBusy] = useState(false)
  if (!may(session, 'support')) return null
  const gather = async () => {
    setBusy(true)
    till.set({ notice: words.gathering })
    const got = await gatherForSupport(asked)
    setBusy(false)
    if (got.kind === 'saved') till.set({ notice: words.gathered(got.name) })
    else till.set({ notice: null, trouble: got })
  }
  return (
    <div class="gather-support">
      <Button icon="into" busy={busy} onClick={gather}>
        {words.gather}
      </Button>
    </div>
  )
}
