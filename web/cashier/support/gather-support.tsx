import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import { supportWords } from '#core/words/support.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { gatherForSupport, type SupportQuestion } from '../register.ts'
import { till } from '../till.ts'

/** K6: saves what happened as a file for whoever helps from afar; shown to whoever has the right. */
export function GatherSupport({ asked }: { asked: SupportQuestion }) {
  const words = useWords(supportWords)
  const { session } = useStore(till)
  const [busy, setBusy] = useState(false)
  const [got, setGot] = useState<{ kind: 'saved'; name: string } | Trouble | null>(null)
  if (!may(session, 'support')) return null
  const gather = async () => {
    setBusy(true)
    setGot(null)
    setGot(await gatherForSupport(asked))
    setBusy(false)
  }
  const trouble = got !== null && got.kind !== 'saved' ? troubleOf('register', got) : null
  return (
    <div class="gather-support">
      <Button icon="into" busy={busy} onClick={gather}>
        {words.gather}
      </Button>
      {busy && <p role="status">{words.gathering}</p>}
      {got?.kind === 'saved' && <Alert tone="green" title={words.gathered(got.name)} />}
      {trouble && <Alert tone="amber" title={trouble.title} next={trouble.next} />}
    </div>
  )
}
