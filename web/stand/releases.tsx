import { useState } from 'preact/hooks'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import { stand } from './stand.ts'

/** U1: the next version of the till, packed from the tree. */
export function Releases() {
  const words = useWords(standWords).releases
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const release = async () => {
    setBusy(true)
    const answer = await stand.release({})
    const version = answer.kind === 'done' ? answer.value.version : null
    setSaid(version === null ? words.failed : words.done(version))
    setBusy(false)
  }
  return (
    <section aria-label={words.heading}>
      <div class="section-head">
        <h2>{words.heading}</h2>
        <Button busy={busy} onClick={() => void release()}>
          {words.release}
        </Button>
      </div>
      <div class="panel">
        <p class="soft small">{words.does}.</p>
        {said && <p role="status">{said}.</p>}
      </div>
    </section>
  )
}
