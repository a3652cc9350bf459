import type { Moment } from './time.ts'

// Somebody who is told of a matter by mail is told once when it has begun and once when it is over,
// however often it comes and goes in between.

/** `seen`: nobody has been told yet; `told`: who is to know does; `passing`: it may be over. */
export const matterPhases = ['seen', 'told', 'passing'] as const
export type MatterPhase = (typeof matterPhases)[number]

/** What is remembered of a matter, and since when it has been in its phase. */
export type RememberedMatter = { phase: MatterPhase; since: Moment }

/** How long a matter stands before anybody is told, and how long it is gone before it is over. */
export type Patience = { beforeMs: number; afterMs: number }

/** What is remembered from now on (null: nothing), and what is told. */
export type MatterStep = { remembered: RememberedMatter | null; tell: 'begun' | 'over' | null }

/** Follows one matter: whether it stands at the moment `now`, and what was remembered of it. */
export function followMatter(
  known: RememberedMatter | null,
  { stands, now }: { stands: boolean; now: Moment },
  { beforeMs, afterMs }: Patience,
): MatterStep {
  const quiet = (remembered: RememberedMatter | null): MatterStep => ({ remembered, tell: null })
  const told: MatterStep = { remembered: { phase: 'told', since: now }, tell: 'begun' }
  if (known === null) {
    if (!stands) return quiet(null)
    return beforeMs > 0 ? quiet({ phase: 'seen', since: now }) : told
  }
  switch (known.phase) {
    case 'seen':
      if (!stands) return quiet(null)
      return now - known.since >= beforeMs ? told : quiet(known)
    case 'told':
      if (stands) return quiet(known)
      return afterMs > 0 ? quiet({ phase: 'passing', since: now }) : over
    case 'passing':
      // Come back before anybody was told that it had gone: who knows of it still knows.
      if (stands) return quiet({ phase: 'told', since: now })
      return now - known.since >= afterMs ? over : quiet(known)
    default:
      return known.phase satisfies never
  }
}

const over: MatterStep = { remembered: null, tell: 'over' }
