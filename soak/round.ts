import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDice } from '#sim/dice.ts'
import { audit } from './audit.ts'
import { work } from './cashier.ts'
import { attend } from './customer.ts'
import { type Desk, openDesk } from './desk.ts'
import { type Disks, openDisks } from './disks.ts'
import { type Evidence, gather } from './evidence.ts'
import { newLedger } from './ledger.ts'
import { planOf } from './plan.ts'
import { settle } from './settling.ts'
import { openShop, type Shop } from './shop.ts'
import { openTally, type Tally } from './tally.ts'
import { trouble } from './trouble.ts'

export type RoundOptions = {
  seed: number
  /** The round's trouble ends with this kill. */
  kills: number
  putBack: boolean
  /** A data folder to begin with; it is copied. */
  template: string
  say: (text: string) => void
  /** Ends the trouble before its time. */
  isOver?: () => boolean
}
export type Round = {
  tally: Tally
  violations: string[]
  /** What was held against each other; null when it never came to that. */
  evidence: Evidence | null
  /** Where everything lies, of a round that found something. */
  data: string | null
  close: () => void
}

/** One shop from its opening to a closed shift, under one seed's trouble. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const data = mkdtempSync(join(tmpdir(), 'zpos-soak-'))
  const disks = openDisks(data)
  cpSync(options.template, data, { recursive: true, preserveTimestamps: true })
  const tally = openTally()
  const violations: string[] = []
  let evidence: Evidence | null = null
  const shop = await openShop(data, join(data, 'log', 'stand-process.log'))
  try {
    evidence = await live({ shop, disks, tally }, options)
    const found = audit(evidence)
    violations.push(...found.violations)
    tally.join(found.tables)
  } catch (error) {
    violations.push(`the round came to no end: ${(error as Error).stack}`)
  }
  await shop.close()
  if (!disks.can) tally.bump('faults', 'disk full: skipped, nothing can be mounted')
  const kept = violations.length > 0 ? keep(data) : null
  const close = () => {
    evidence?.register.db.close()
    disks.close()
    rmSync(data, { recursive: true, force: true })
  }
  return { tally, violations, evidence, data: kept, close }
}

/** What lies on a disk in memory is laid aside before that is taken away. */
function keep(data: string): string {
  const kept = `${data}-kept`
  cpSync(data, kept, { recursive: true })
  return kept
}

type Stage = { shop: Shop; disks: Disks; tally: Tally }

async function live(
  { shop, disks, tally }: Stage,
  { seed, kills, putBack, say, isOver = () => false }: RoundOptions,
): Promise<Evidence> {
  const dice = openDice(seed)
  const plan = planOf(dice.fork('plan'), { kills, putBack, disks: disks.can })
  const state = { isCalm: true, isDone: false }
  const own = { ledger: newLedger(), tally, dice: dice.fork('cashier') }
  const desk: Desk = openDesk(shop, {
    ledger: own.ledger,
    tally,
    dice: own.dice,
    isOver: () => state.isCalm,
  })
  await shop.revive()
  const customer = attend(
    { shop, tally, dice: dice.fork('customer'), isCalm: () => state.isCalm },
    () => state.isDone,
  )
  state.isCalm = false
  say(`seed ${seed}: ${plan.length} blows`)
  const worked = work(desk)
  try {
    await Promise.race([trouble({ shop, disks, desk, say, isOver }, plan), worked])
    state.isCalm = true
    await shop.revive()
    await shop.stand.reset({})
    // Blows that were still to end find all as they would leave it.
    await worked
    await shop.revive()
    say('calm')
    await settle(shop, desk)
    return await gather(shop, desk)
  } finally {
    Object.assign(state, { isCalm: true, isDone: true })
    await customer
  }
}
