import type { RegisterState } from '#core/operator/health.ts'
import { staffWords } from '#core/words/staff.ts'
import { useWords } from '#web/ui/language.ts'

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
