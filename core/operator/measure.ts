import type { Moment } from '../time.ts'

// What the operator lays on a register (manual §1.2, 1.3): a warning, or a block.

export const measureKinds = ['warning', 'block'] as const
export type MeasureKind = (typeof measureKinds)[number]

/** In force from the one moment up to the other; `till` null: until it is lifted. */
export type Measure = { kind: MeasureKind; reason: string; from: Moment; till: Moment | null }

/** The longest reason, in characters. */
export const LONGEST_REASON = 500

/** As it stands at a moment: what has not ended, and whether its date has come. */
export type StandingMeasure = Measure & { inForce: boolean }

export const isOver = ({ till }: Pick<Measure, 'till'>, now: Moment): boolean =>
  till !== null && till <= now

const isInForce = (measure: Measure, now: Moment): boolean =>
  measure.from <= now && !isOver(measure, now)

/** Those in force and those with a date ahead, the earliest first; dates alone decide it. */
export const standingMeasures = (measures: readonly Measure[], now: Moment): StandingMeasure[] =>
  measures
    .filter((measure) => !isOver(measure, now))
    .map((measure) => {
      const { kind, reason, from, till } = measure
      return { kind, reason, from, till, inForce: isInForce(measure, now) }
    })
    .toSorted((one, other) => one.from - other.from)

/** The measure of a kind that is in force at a moment, the last to begin; null: none is. */
export const measureInForce = (
  measures: readonly Measure[],
  kind: MeasureKind,
  now: Moment,
): Measure | null =>
  measures
    .filter((measure) => measure.kind === kind && isInForce(measure, now))
    .toSorted((one, other) => one.from - other.from)
    .at(-1) ?? null

/** How many of a kind stand on a register at most: what a till is told has an end. */
export const MOST_STANDING = 10
