import { useState } from 'preact/hooks'
import type { ProcessView } from '#core/api/stand.ts'
import { printedMoment } from '#core/time.ts'
import { Button } from '#web/ui/Button.tsx'
import { Badge } from './badge.tsx'
import { stand, told } from './stand.ts'

/** One process of the chain, and the two buttons that decide whether it lives. */
export function ProcessCard({ process }: { process: ProcessView }) {
  const [busy, setBusy] = useState(false)
  const { name, title, page, address, signIn, pid, state, since, restarts, rssMb } = process
  const act = async (verb: 'kill' | 'start') => {
    setBusy(true)
    await told(stand[verb]({ name }))
    setBusy(false)
  }
  return (
    <article class="process" aria-label={title}>
      <div class="process-title">
        <h2>{title}</h2>
        <State process={process} />
      </div>
      {page === null ? <code>{address}</code> : <a href={page}>{address}</a>}
      <ul class="small soft">
        {signIn.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div class="process-foot">
        <p class="small soft">
          {[
            `с ${printedMoment(since).slice(11)}`,
            pid !== null && `процесс ${pid}`,
            rssMb !== null && `${rssMb} МБ`,
            restarts > 0 && `перезапусков: ${restarts}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {state === 'stopped' ? (
          <Button tone="main" busy={busy} onClick={() => void act('start')}>
            Запустить
          </Button>
        ) : (
          <Button busy={busy} onClick={() => void act('kill')}>
            Убить (SIGKILL)
          </Button>
        )}
      </div>
    </article>
  )
}

function State({ process: { state, healthy } }: { process: ProcessView }) {
  switch (state) {
    case 'running':
      return healthy ? <Badge tone="green" text="работает" /> : <Badge tone="amber" text="молчит" />
    case 'starting':
      return <Badge tone="amber" text="запускается" />
    case 'stopped':
      return <Badge tone="red" text="убит" />
    default:
      return state satisfies never
  }
}
