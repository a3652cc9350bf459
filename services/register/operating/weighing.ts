import type { ScaleSetup, Weighed } from '#core/api/register-equipment.ts'
import { openScale } from '../links/scale.ts'

export type Weighing = ReturnType<typeof openWeighing>

// Longer nobody holds goods over a scale.
const DEADLINE_MS = 4000

/** The till's scale; it is asked by one at a time, and what it said is kept for nobody. */
export function openWeighing(scale: () => ScaleSetup | null) {
  const weigh = openScale({ deadlineMs: DEADLINE_MS })
  let isAsked = false
  /** Null: somebody else is weighing. */
  const weighOn = async ({ place }: ScaleSetup): Promise<Weighed | null> => {
    if (isAsked) return null
    isAsked = true
    return weigh(place).finally(() => {
      isAsked = false
    })
  }
  return {
    scale,
    weighOn,
    weigh: async (): Promise<Weighed | null> => {
      const setup = scale()
      return setup ? weighOn(setup) : { heard: 'none', grams: null }
    },
  }
}
