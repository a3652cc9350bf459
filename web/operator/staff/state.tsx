import type { RegisterState } from '#core/operator/health.ts'
import type { Moment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { staffWords } from '#core/words/staff.ts'
import { useWords } from '#web/ui/language.ts'
import { ageIn } from '#web/ui/moment.ts'

/** What a register is in; grey «not heard» is another thing than red. */
export function States({ states }: { states: readonly RegisterState[] }) {
  const words = useWords(staffWords).states
  return (
    <span class="states">
      {states.map((state) => (
        <span key={state} class={`state state-${state}`}>
          {words[state]}
        </span>
      ))}
    </span>
  )
}

type Told = { red: number | null; redSince: Moment | null }

/** Red receipts of a register and how long the oldest waits, where there are any. */
export function RedReceipts({ told: { red, redSince }, now }: { told: Told; now: Moment }) {
  const { red: name, unsentSince } = useWords(staffWords).register
  const { age } = useWords(controlsWords)
  if (red === null || redSince === null) return null
  const waits = ageIn(age, Math.max(0, now - redSince))
  return <span class="small under bad">{`${name}: ${unsentSince(red, waits)}`}</span>
}
