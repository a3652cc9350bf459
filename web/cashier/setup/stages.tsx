import { firstStepsWords } from '#core/words/first-steps.ts'
import { useWords } from '#web/ui/language.ts'

const stages = ['connect', 'administrator', 'steps'] as const

/** K7: how far the first start has come. */
export function Stages({ now }: { now: (typeof stages)[number] }) {
  const words = useWords(firstStepsWords)
  return (
    <ol class="stages" aria-label={words.way}>
      {stages.map((stage, place) => (
        <li key={stage} aria-current={stage === now ? 'step' : undefined}>
          <span class="stage-number" aria-hidden="true">
            {place + 1}
          </span>
          <span class="stage-name">{words.stages[stage]}</span>
        </li>
      ))}
    </ol>
  )
}
