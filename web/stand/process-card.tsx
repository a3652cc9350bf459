import { useState } from 'preact/hooks'
import type { ProcessView, WayIn } from '#core/api/stand.ts'
import { printedMoment } from '#core/time.ts'
import type { StandWords } from '#core/words/stand/ru.ts'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import { Badge } from './badge.tsx'
import { stand, told } from './stand.ts'

/** One process of the chain, and the two buttons that decide whether it lives. */
export function ProcessCard({ process }: { process: ProcessView }) {
  const [busy, setBusy] = useState(false)
  const words = useWords(standWords).process
  const { name, page, address, signIn, pid, state, since, restarts, rssMb } = process
  const title = words.titles[name]
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
        {signIn.map((way) => (
          <li key={JSON.stringify(way)}>{wayInto(way, words)}</li>
        ))}
      </ul>
      <div class="process-foot">
        <p class="small soft">
          {[
            words.since(printedMoment(since).slice(11)),
            pid !== null && words.pid(pid),
            rssMb !== null && words.memory(rssMb),
            restarts > 0 && words.restarts(restarts),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {state === 'stopped' ? (
          <Button tone="main" busy={busy} onClick={() => void act('start')}>
            {words.start}
          </Button>
        ) : (
          <Button busy={busy} onClick={() => void act('kill')}>
            {words.kill}
          </Button>
        )}
      </div>
    </article>
  )
}

function wayInto(way: WayIn, words: StandWords['process']): string {
  switch (way.by) {
    case 'pin':
      return words.byPin(way.name, way.pin, words.roles[way.role])
    case 'password':
      return words.byPassword(way.email, way.password)
    case 'device':
      return words.byDevice(way.pin)
    case 'terminal':
      return words.byTerminal(way.terminal, way.feed)
    default:
      return way satisfies never
  }
}

function State({ process: { state, healthy } }: { process: ProcessView }) {
  const { states } = useWords(standWords).process
  switch (state) {
    case 'running':
      return healthy ? (
        <Badge tone="green" text={states.running} />
      ) : (
        <Badge tone="amber" text={states.silent} />
      )
    case 'starting':
      return <Badge tone="amber" text={states.starting} />
    case 'stopped':
      return <Badge tone="red" text={states.stopped} />
    default:
      return state satisfies never
  }
}
