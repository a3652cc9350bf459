import { Alert } from '#web/ui/Alert.tsx'
import { useInSight, useStore } from '#web/ui/hooks.ts'
import { type Missed, setMissed, till } from './till.ts'

const LONGEST = 48

/** H2: codes that did nothing, each with the reason, until somebody has read them. */
export function MissedScans() {
  const { missed } = useStore(till)
  const place = useInSight<HTMLDivElement>(missed.length === 0 ? null : `${missed.length}`)
  if (missed.length === 0) return null
  const title = missed.length === 1 ? 'Код не принят' : `Не принято кодов: ${missed.length}`
  return (
    <div ref={place} class="missed">
      <Alert tone="red" title={title} onClose={() => setMissed([])}>
        <ul class="missed-codes">
          {counted(missed).map(({ code, why, times }) => (
            <li key={`${code} ${why}`}>
              <code>{shown(code)}</code>
              {times > 1 && <strong> × {times}</strong>} — {why}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  )
}

/** The same code for the same reason stands once, where it came last; the newest first. */
function counted(missed: readonly Missed[]): (Missed & { times: number })[] {
  const rows = new Map<string, Missed & { times: number }>()
  for (const { code, why } of missed) {
    const key = `${code} ${why}`
    const times = (rows.get(key)?.times ?? 0) + 1
    rows.delete(key)
    rows.set(key, { code, why, times })
  }
  return [...rows.values()].toReversed()
}

/** Control characters made visible; a long code is known by its beginning. */
function shown(code: string): string {
  const seen = code.replace(/\p{Cc}/gu, '·')
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST)}…` : seen
}
