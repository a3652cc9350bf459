import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useInSight } from '#web/ui/hooks-sight.ts'
import { useWords } from '#web/ui/language.ts'
import { counted } from './missed.ts'
import { setMissed, till } from './till.ts'

const LONGEST = 48

/** H2: codes that did nothing, each with the reason, until somebody has read them. */
export function MissedScans() {
  const { missed } = useStore(till)
  const words = useWords(tillWords).missed
  const place = useInSight<HTMLDivElement>(missed.length === 0 ? null : `${missed.length}`)
  if (missed.length === 0) return null
  const title = missed.length === 1 ? words.one : words.many(missed.length)
  return (
    <div ref={place} class="missed">
      <Alert tone="red" title={title} onClose={() => setMissed([])}>
        <ul class="missed-codes">
          {counted(missed).map(({ code, why, times }) => (
            <li key={`${why} ${code}`}>
              <code>{shown(code)}</code>
              {times > 1 && <strong> × {times}</strong>} — {words.reasons[why]}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  )
}

/** Control characters made visible; a long code is known by its beginning. */
function shown(code: string): string {
  const seen = code.replace(/\p{Cc}/gu, '·')
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST)}…` : seen
}
