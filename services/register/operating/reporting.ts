import { type JournalPlace, type TillWord, tillWordOf } from '#core/card/till-report.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import { HOUR, MINUTE, SECOND } from '#core/time.ts'
import type { OfficeLink } from '../links/office.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { DeviceWatch } from './device.ts'

/** Until the next look. */
const REST_MS = { more: SECOND, done: MINUTE, turnedAway: 10 * MINUTE }

export type Reporting = ReturnType<typeof openReporting>

/**
 * Tells the office what became of operations with a card (0054): whatever the journal has behind
 * the place that the office holds. Nothing of it is kept here, so that no kill and no copy put back
 * on either side leaves anything out.
 */
export function openReporting(ports: {
  store: RegisterStore
  device: Pick<DeviceWatch, 'known'>
  /** Null: this till has no office. */
  office: OfficeLink | null
  /** The bank's terminal; null: cards are not taken. */
  terminal: string | null
}) {
  const { store, device, office, terminal } = ports
  /** What the office holds, by its own word; undefined: not asked in this life. */
  let held: JournalPlace | null | undefined
  /** Up to here there is nothing that the office does not know. */
  let seen = 0
  let storedTold = 0
  /** An office of another past, or a memory of one: all is told again, and known again. */
  const goOnFrom = (place: JournalPlace | null): void => {
    held = place
    seen = place && store.isOwnPlace(place) ? place.seq : 0
  }
  /** The operator's acknowledgement that the device showed, where it was believed. */
  const storedNow = (): SignedHead | null => {
    const known = device.known()
    const proof = known?.proof ?? null
    return proof && proof.statement.number === known?.stored ? proof : null
  }
  const wordsOf = (operations: readonly string[]): TillWord[] =>
    operations.flatMap((id) => {
      const operation = store.operation(id)
      return (operation && tillWordOf(operation)) ?? []
    })
  const tell = async (link: OfficeLink, steps: Steps): Promise<number> => {
    const after = held ?? null
    const stored = storedNow()
    const words = wordsOf(steps?.operations ?? [])
    const told = { terminal: terminal ?? '', after, upTo: steps?.upTo ?? after, words, stored }
    const answer = await link.report(told)
    if (answer.kind === 'refused') return REST_MS.turnedAway
    if (answer.kind !== 'done') return REST_MS.done
    if (!answer.value.taken) {
      goOnFrom(answer.value.held)
      return REST_MS.more
    }
    held = answer.value.held
    if (steps) seen = steps.upTo.seq
    storedTold = stored?.statement.number ?? storedTold
    return REST_MS.more
  }
  return {
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (!office || terminal === null) return HOUR
      // Told with no place and no word, the office only says which place it holds.
      if (held === undefined) return tell(office, null)
      const steps = store.cardStepsAfter(seen)
      const isNews = (storedNow()?.statement.number ?? 0) > storedTold
      if (!steps && !isNews) return REST_MS.done
      if (steps?.operations.length === 0 && !isNews) {
        seen = steps.upTo.seq
        return REST_MS.more
      }
      return tell(office, steps)
    },
  }
}

type Steps = ReturnType<RegisterStore['cardStepsAfter']>
