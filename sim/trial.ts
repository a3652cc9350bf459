import { createHash } from 'node:crypto'
import type { Operation } from '#core/register/operation.ts'
import { isUnproved } from '#core/register/standing.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { correct } from './correction.ts'
import { type Desk, fulfil, get, operationOf, post, put, statusOf, type Told } from './desk.ts'
import { type Dice, openDice } from './dice.ts'
import { finalAudit, isAligned, isReported } from './final-audit.ts'
import { insist, Violation } from './invariant.ts'
import { keyTrouble } from './keys.ts'
import { officeTrouble } from './office.ts'
import { stepTowardsEnd } from './open-operation.ts'
import { aSale, close, knowingly, work } from './people.ts'
import { checkProjections } from './projection-audit.ts'
import { openRunningAudit, type RunningAudit } from './running-audit.ts'
import { mortals, openSimulatedShop, type SimulatedShop } from './simulated-shop.ts'
import type { Tally } from './tally.ts'
import { calm, trouble } from './trouble.ts'

export type TrialOptions = {
  /** Operations to begin before the wires come back. */
  operations: number
  trace?: (text: string) => void
}

export type Verdict = {
  seed: number
  tally: Tally
  /** The same for the same seed, to the byte of every journal line and answer. */
  fingerprint: string
  violation: { step: number; at: string; invariant: string } | null
}

type Trial = {
  shop: SimulatedShop
  audit: RunningAudit
  dice: Dice
  keyDice: Dice
  steps: number
  failed: unknown
}

// Apart from every other seed that anybody runs.
const OFFICE = 0x0f_f1_ce_00
const KEYS = 0x0c_e7_5a_00

/** A shop from a seed: trouble first, then calm, from which a closed shift must be reachable. */
export async function runTrial(
  seed: number,
  { operations, trace }: TrialOptions,
): Promise<Verdict> {
  const hash = createHash('sha256')
  const dice = openDice(seed)
  const told = (text: string): void => {
    const line = `${new Date(trial.shop.now()).toISOString()} #${trial.steps} ${text}`
    hash.update(line)
    trace?.(line)
  }
  const keyDice = openDice(seed + KEYS)
  const shop = openSimulatedShop({
    dice: dice.fork('shop'),
    officeDice: openDice(seed + OFFICE),
    keyDice: keyDice.fork('line'),
    trace: told,
  })
  const trial: Trial = {
    shop,
    audit: openRunningAudit(shop),
    dice,
    keyDice,
    steps: 0,
    failed: null,
  }
  const begun = shop.clock.now()
  let violation: Verdict['violation'] = null
  try {
    await troubled(trial, operations)
    await calmed(trial)
  } catch (error) {
    const invariant = error instanceof Violation ? error.message : String((error as Error).stack)
    violation = { step: trial.steps, at: new Date(shop.now()).toISOString(), invariant }
  }
  const { counts } = shop.tally
  Object.assign(counts, { seeds: 1, steps: trial.steps, virtualMs: shop.clock.now() - begun })
  return { seed, tally: shop.tally, fingerprint: hash.digest('hex'), violation }
}

/** Everything that an event of virtual time sets going is done when the loop turns. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Lets virtual time pass until something holds; false after `limitMs`. */
async function until(trial: Trial, limitMs: number, holds: () => boolean): Promise<boolean> {
  const { shop, audit } = trial
  const end = shop.clock.now() + limitMs
  while (!holds()) {
    if (shop.clock.now() > end) return false
    insist(shop.clock.step(), 'something is always due')
    await settled()
    trial.steps += 1
    if (trial.failed) throw trial.failed
    if (!shop.state.dirty && shop.state.broken === null) continue
    shop.state.dirty = false
    audit.check()
    // What is rebuilt is compared now and then: it costs as much as all that was done before.
    if (trial.steps % 997 === 0) checkProjections(shop.register.disk)
  }
  return true
}

/** Runs somebody's doings; what they throw fails the trial. */
function set(trial: Trial, doing: Promise<unknown>): void {
  doing.catch((error: unknown) => {
    trial.failed ??= error
  })
}

const LONGEST_TROUBLE = 365 * 24 * 60 * MINUTE

async function troubled(trial: Trial, operations: number): Promise<void> {
  const { shop, audit, dice, keyDice } = trial
  let isOver = false
  const desks = dice.pick([1, 1, 2])
  const desk = (name: string, careful: boolean): Desk => ({
    shop,
    audit,
    careful,
    role: 'cashier',
    isOver: () => isOver,
    wanted: { wish: null, again: false },
    dice: dice.fork(name),
  })
  set(
    trial,
    keep(trial, dice.fork('keeper'), () => isOver),
  )
  for (let i = 0; i < desks; i += 1) set(trial, work(desk(`desk ${i}`, dice.chance(0.6))))
  const clerk = desk('trouble', true)
  set(trial, trouble({ shop, audit, desk: clerk, isOver: () => isOver }))
  set(
    trial,
    officeTrouble(shop.office, () => isOver),
  )
  set(
    trial,
    keyTrouble(shop, keyDice, () => isOver),
  )
  const isEnough = () => shop.tally.counts.operations >= operations
  const stop = operations * 2000 + trial.steps
  await until(trial, LONGEST_TROUBLE, () => isEnough() || trial.steps > stop)
  if (dice.chance(0.7)) await reddened(trial)
  isOver = true
}

/** The worst moment for the lines to come back: an answer is lost and nobody can tell. */
async function reddened(trial: Trial): Promise<void> {
  const { shop, audit } = trial
  const cutUntilRed = () => {
    shop.wires.device.state.cut = 'silent'
    shop.wires.inquiry.state.cut = 'silent'
    return audit.books().redSince.size > 0
  }
  await until(trial, 10 * MINUTE, cutUntilRed)
}

/** Whoever watches the processes starts what has died, after a while. */
async function keep(trial: Trial, dice: Dice, isOver: () => boolean): Promise<void> {
  const { shop } = trial
  while (!isOver()) {
    await shop.clock.rest(dice.span(100, 20 * SECOND))
    for (const name of mortals) {
      if (!isOver() && !shop[name].life.alive) set(trial, shop.start(name))
    }
  }
}

/** A red receipt is cleared so soon once anybody can tell. */
const CLEARED_WITHIN = 10 * SECOND
// A question to the bank may still hang on the dead line, which is given half a minute.
const BANK_CLEARED_WITHIN = 45 * SECOND
// The courier comes back after at most half a minute, and hangs on a dead line for ten seconds.
const SENT_WITHIN = MINUTE
// Half a minute between tries at most, and as long for what hangs on a dead line.
const REVERSED_WITHIN = 2 * MINUTE
// One look every two seconds; the present one may hang on what was lost for five.
const ALIGNED_WITHIN = 10 * SECOND
// A printer that kept silent is tried again at growing intervals, of 10 minutes at most.
const PRINTED_WITHIN = 11 * MINUTE

// A minute after the office's silence, ten after it turned the till away.
const REPORTED_WITHIN = 15 * MINUTE

/** All faults are gone: the manual's steps must lead from here to a closed shift. */
async function calmed(trial: Trial): Promise<void> {
  const { shop, audit, dice } = trial
  calm(shop)
  shop.trace('calm')
  for (const name of mortals) {
    if (!shop[name].life.alive) set(trial, shop.start(name))
  }
  const desk: Desk = {
    shop,
    audit,
    careful: true,
    role: 'administrator',
    isOver: () => false,
    wanted: { wish: null, again: false },
    dice: dice.fork('calm'),
  }
  const isUp = () => shop.register.app !== null && shop.sko.app !== null
  insist(await until(trial, MINUTE, isUp), 'what is started comes up')
  const isCardAwaited = () => [...audit.books().operations.values()].some(awaitsCard)
  insist(await until(trial, 2 * MINUTE, () => !isCardAwaited()), 'nobody waits for a card for ever')
  const calmAt = shop.clock.now()
  const clearing = dice.chance(0.7)
  await done(trial, async () => {
    await put(desk, '/api/settings', { clearing })
  })
  const books = audit.books()
  if (clearing) {
    const isClear = () => books.redSince.size === 0 && isNothingUnderWay(audit)
    const reds = books.redSince.size
    const isOfBank = [...books.open].some((id) => books.operations.get(id)?.card)
    const within = isOfBank ? BANK_CLEARED_WITHIN : CLEARED_WITHIN
    const isCleared = await until(trial, within, isClear)
    insist(isCleared, `with a link back every red receipt is cleared within ${within} ms`)
    const took = shop.clock.now() - calmAt
    const { counts } = shop.tally
    if (reds > 0 && !isOfBank) counts.longestClearingMs = Math.max(counts.longestClearingMs, took)
  }
  await done(trial, () => endAll(desk))
  insist(await until(trial, SENT_WITHIN, () => isSent(shop)), 'with lines back all is sent')
  insist(await until(trial, MINUTE, () => isProved(audit)), 'every word is held against proof')
  insist(await until(trial, ALIGNED_WITHIN, () => isAligned(shop)), "the shift is the device's")
  insist(await until(trial, REVERSED_WITHIN, () => isReversed(shop)), 'all is undone at the bank')
  await done(trial, () => closeUp(desk))
  insist(await until(trial, SENT_WITHIN, () => isSent(shop)), 'with lines back all is sent')
  await calmlyTold(trial)
  audit.check()
  finalAudit(shop, audit)
}

/** What comes out of the till by itself has come: papers, and reports to the office. */
async function calmlyTold(trial: Trial): Promise<void> {
  const { shop } = trial
  insist(await until(trial, PRINTED_WITHIN, () => isPrinted(shop)), 'every paper comes out')
  insist(await until(trial, REPORTED_WITHIN, () => isReported(shop)), 'the office is told of all')
}

/** Waits for a person to be done. */
async function done(trial: Trial, work: () => Promise<void>): Promise<void> {
  let isDone = false
  const doing = work().then(() => {
    isDone = true
  })
  set(trial, doing)
  insist(await until(trial, 30 * MINUTE, () => isDone), 'a person comes to an end')
}

const isNothingUnderWay = (audit: RunningAudit): boolean =>
  [...audit.books().open].every((id) => {
    const is = audit.books().operations.get(id)?.state.is
    // A warning is read for its minute.
    return is === 'waiting' || is === 'warned'
  })

function isSent(shop: SimulatedShop): boolean {
  const [row] = shop.sko.disk.prepare('select acknowledged, state from device').all()
  return Number(row?.acknowledged) === JSON.parse(String(row?.state)).number
}

function isPrinted({ register }: SimulatedShop): boolean {
  const left = register.disk.prepare('select count(*) n from print_job where done_at is null')
  return left.get()?.n === 0
}

function isReversed({ register }: SimulatedShop): boolean {
  const left = register.disk.prepare(`select count(*) n from operation where state = 'reversing'`)
  return left.get()?.n === 0
}

const isProved = (audit: RunningAudit): boolean =>
  [...audit.books().operations.values()].every((operation) => !isUnproved(operation))

/** Continue, the form, the operator: until nothing stands open. */
async function endAll(desk: Desk): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    const status = await statusOf(desk)
    const [open] = status?.open ?? []
    if (status && open === undefined) return
    if (open === undefined) continue
    const operation = await operationOf(desk, open)
    if (operation?.state === 'waiting') await post(desk, `/api/operations/${open}/continue`)
    else await stepTowardsEnd(desk, open)
  }
  insist(false, 'what stands open is ended by the published steps')
}

/** Once all is quiet bank and register agree on the day; a memory put back cannot know. */
async function reconcile(desk: Desk): Promise<void> {
  const { audit, shop } = desk
  const told = await post(desk, '/api/card-days')
  if (told?.body.code === 'card-day.none' || audit.truth.forgotten.size > 0) return
  insist(told?.body.outcome === 'balanced', `a quiet day balances: ${JSON.stringify(told?.body)}`)
  const days = await get(desk, '/api/card-days')
  insist(days?.body.open === null, 'no day is skipped')
  shop.tally.counts.quietDays += 1
}

const awaitsCard = ({ state, card }: Operation): boolean =>
  state.is === 'intended' && state.stage === 'authorisation' && !card?.attempt

/** What somebody still wanted in the midst of trouble may come before. */
async function fulfilNext(desk: Desk, wish: object): Promise<Told | null> {
  for (let left = 6; ; left -= 1) {
    const told = await fulfil(desk, wish)
    if (told?.body.code !== 'operation.open' || left === 0) return told
    await desk.shop.clock.rest(5 * SECOND)
  }
}

/** Opens a shift if there is none, sells, corrects, empties the drawer, closes. */
async function closeUp(desk: Desk): Promise<void> {
  await desk.shop.clock.rest(5 * SECOND)
  await correct(desk)
  const status = await statusOf(desk)
  if (!status?.shift) {
    const opened = await fulfil(desk, { kind: 'shift-opening' })
    insist(opened?.status === 200, `a shift opens: ${JSON.stringify(opened?.body)}`)
  }
  if (!status?.shift?.mustClose) {
    for (const by of ['cash', 'card', 'mixed'] as const) {
      const sold = await fulfilNext(desk, knowingly(aSale(desk, by)))
      insist(sold?.body.state === 'registered', `a sale goes: ${JSON.stringify(sold?.body)}`)
    }
  }
  await reconcile(desk)
  await close(desk)
  insist(await isTrusted(desk), 'with true neighbours back nobody is distrusted')
  const { shift, cash } = (await statusOf(desk)) ?? {}
  insist(shift === null && cash === 0, 'a closed shift is reachable by the published steps')
  const { body } = (await get(desk, '/api/facts')) ?? {}
  insist(body?.discrepancy === 0, 'nothing is left of a discrepancy')
}

/** Whoever was distrusted is asked again, after a new key was asked for: within a minute. */
async function isTrusted(desk: Desk): Promise<boolean> {
  for (let left = 12; ; left -= 1) {
    const { distrusted } = (await statusOf(desk)) ?? {}
    if (distrusted?.length === 0) return true
    if (left === 0) return false
    await desk.shop.clock.rest(5 * SECOND)
  }
}
