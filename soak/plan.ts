import { type CountName, type SwitchName, switchName } from '#core/api/stand.ts'
import { HOUR, MINUTE, SECOND } from '#core/time.ts'
import type { Dice } from '#sim/dice.ts'

// What will go wrong, all of it decided by one seed before anything starts. When each blow falls on
// real processes is not: the same plan is the same order of the same blows.

export const victims = ['register', 'sko', 'operator', 'office', 'acquirer', 'stand'] as const
export type Victim = (typeof victims)[number]

/** Parts of the data folder that have a disk of their own; `shop`: all the rest of it. */
export const diskNames = ['register', 'operator', 'office', 'acquirer', 'log', 'shop'] as const
export type DiskName = (typeof diskNames)[number]

export type Blow =
  /** SIGKILL of all of them at once; started again after the rest. */
  | { is: 'kill'; names: Victim[]; restMs: number }
  | { is: 'stop'; name: Victim; forMs: number }
  | { is: 'switch'; name: SwitchName; forMs: number }
  | { is: 'count'; name: CountName; count: number }
  | { is: 'decline'; code: string }
  | { is: 'clock'; advanceSeconds: number }
  /** `left`: bytes that can still be written. */
  | { is: 'full'; disk: DiskName; left: number; forMs: number }
  | { is: 'by hand'; forMs: number }
  /** A copy of the register's database is put back so long after it was taken. */
  | { is: 'put back'; afterMs: number }
export type BlowName = Blow['is']
/**
 * `answers`: how often the register answers people between the blow before and this one, so that a
 * slow machine is at work as much as a quick one; none: it may fall on who has not come up yet.
 */
export type Step = { answers: number; afterMs: number; blow: Blow }

export type PlanOptions = {
  /** The plan ends with the blow that makes so many kills. */
  kills: number
  /** Disks can be filled. */
  disks: boolean
  /** The register's database is put back now and then: fewer sums can be held afterwards. */
  putBack: boolean
}

const weights: Record<BlowName, number> = {
  kill: 100,
  stop: 22,
  switch: 20,
  count: 30,
  decline: 4,
  clock: 6,
  full: 10,
  'by hand': 5,
  'put back': 3,
}

const mortality: Record<Victim, number> = {
  register: 42,
  sko: 30,
  acquirer: 14,
  operator: 10,
  office: 6,
  stand: 4,
}

/** The same blows in the same order for the same seed and options. */
export function planOf(dice: Dice, { kills, disks, putBack }: PlanOptions): Step[] {
  const likely = { ...weights }
  if (!disks) likely.full = 0
  if (!putBack) likely['put back'] = 0
  const steps: Step[] = []
  for (let killed = 0; killed < kills; ) {
    const blow = blowOf(dice.weighted(likely), dice)
    const answers = dice.chance(0.25) ? 0 : dice.span(1, 12)
    steps.push({ answers, afterMs: dice.span(20, 1200), blow })
    if (blow.is === 'kill') killed += blow.names.length
  }
  return steps
}

const countNames = [
  'sko.answer-lost',
  'sko.request-lost',
  'bank.answer-lost',
  'bank.request-lost',
] as const satisfies CountName[]

function blowOf(is: BlowName, dice: Dice): Blow {
  switch (is) {
    case 'kill':
      return { is, names: killedBy(dice), restMs: dice.span(10, 2000) }
    case 'stop':
      return { is, name: dice.weighted(mortality), forMs: dice.span(100, 12 * SECOND) }
    case 'switch': {
      const name = dice.any(switchName.options) ?? 'sko.unplugged'
      return { is, name, forMs: dice.span(300, 15 * SECOND) }
    }
    case 'count':
      return { is, name: dice.pick(countNames), count: dice.int(1, 3) }
    case 'decline':
      return { is, code: dice.pick(['116', '100', '119']) }
    case 'clock':
      return { is, advanceSeconds: Math.round(leap(dice) / SECOND) }
    case 'full':
      return {
        is,
        disk: dice.pick(diskNames),
        left: dice.pick([0, 4096, 65_536]),
        forMs: dice.span(200, 8 * SECOND),
      }
    case 'by hand':
      return { is, forMs: dice.span(3 * SECOND, 20 * SECOND) }
    case 'put back':
      return { is, afterMs: dice.span(500, 10 * SECOND) }
    default:
      return is satisfies never
  }
}

/** One for the most part; now and then several at once. */
function killedBy(dice: Dice): Victim[] {
  const first = dice.weighted(mortality)
  if (dice.chance(0.8)) return [first]
  const others = victims.filter((name) => name !== first && name !== 'stand' && dice.chance(0.4))
  return [first, ...others]
}

/** Minutes for the most part; seldom the end of a shift's day, or of the seven days. */
function leap(dice: Dice): number {
  const is = dice.weighted({ minutes: 12, day: 3, week: 1 })
  if (is === 'minutes') return dice.span(SECOND, 50 * MINUTE)
  return is === 'day' ? dice.span(HOUR, 25 * HOUR) : 8 * 24 * HOUR
}

/** A blow in one line. */
export function told(blow: Blow): string {
  switch (blow.is) {
    case 'kill':
      return `kill ${blow.names.join(' ')}, up after ${blow.restMs} ms`
    case 'stop':
      return `stop ${blow.name} for ${blow.forMs} ms`
    case 'switch':
      return `${blow.name} for ${blow.forMs} ms`
    case 'count':
      return `${blow.name} × ${blow.count}`
    case 'decline':
      return `bank.decline ${blow.code}`
    case 'clock':
      return `clock forward by ${blow.advanceSeconds} s`
    case 'full':
      return `disk of ${blow.disk} full but ${blow.left} bytes for ${blow.forMs} ms`
    case 'by hand':
      return `clearing off for ${blow.forMs} ms`
    case 'put back':
      return `register's database put back after ${blow.afterMs} ms`
    default:
      return blow satisfies never
  }
}
