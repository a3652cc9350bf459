import type { StandingMeasure } from '#core/operator/measure.ts'
import { measureIn, measuresWords } from '#core/words/measures.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { sentences } from '#web/ui/sentences.ts'
import { till } from './till.ts'
import type { Trouble } from './trouble.ts'

// What the operator has laid on the register: above any screen, and where a shift was to open.

/** Nobody is ambushed: told from the day it is known, with the step that averts it. */
export function Measures({ of, isShiftOpen }: { of: StandingMeasure[]; isShiftOpen: boolean }) {
  const language = useLanguage()
  const { trouble, open } = useStore(till)
  // What a dialog says is not said again behind it.
  const isSaid = {
    block: blockIn(trouble) !== null,
    warning: open.some(({ state }) => state === 'warned'),
  }
  const shown = of.filter(({ kind, inForce }) => !(inForce && isSaid[kind]))
  return shown.map((measure) => {
    const { title, next } = measureIn(language, measure, { isShiftOpen })
    const isBlocked = measure.kind === 'block' && measure.inForce
    return (
      <Alert
        key={`${measure.kind} ${measure.from}`}
        tone={isBlocked ? 'red' : 'amber'}
        title={title}
        next={sentences(...next)}
      />
    )
  })
}

/** §1.3: no shift opens, why not, and whom to call. */
export function Blocked() {
  const words = useWords(measuresWords)
  const ok = useWords(tillWords).ok
  const reason = blockIn(useStore(till).trouble)
  if (reason === null) return null
  const close = () => till.set({ trouble: null })
  return (
    <Dialog
      class="blocked"
      title={words.blocked}
      onClose={close}
      actions={
        <Button tone="main" onClick={close}>
          {ok}
        </Button>
      }
    >
      {reason !== '' && <p class="blocked-reason">{words.reason(reason)}</p>}
      <p>{words.callOperator}.</p>
    </Dialog>
  )
}

/** Why the shift did not open, where a block is why; null: none is. */
export function blockIn(trouble: Trouble | null): string | null {
  if (trouble?.kind === 'refused' && trouble.code === 'shift.blocked') {
    return trouble.facts.said ?? ''
  }
  const message = trouble?.kind === 'ended' ? trouble.message : null
  return message?.code === 'shift.blocked' ? (message.facts.said ?? '') : null
}
