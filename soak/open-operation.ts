import { setTimeout as rest } from 'node:timers/promises'
import { printedMoment, SECOND } from '#core/time.ts'
import { type Desk, heardOf, viewOf } from './desk.ts'

/** One look at an operation that stands open, and one step: the dialog S1.1, the form of §3. */
export async function stepTowardsEnd(desk: Desk, id: string): Promise<void> {
  const { cashier, dice } = desk
  const view = await viewOf(desk, { what: 'operation', asked: cashier.operation({ id }) })
  if (view?.may.includes('continue')) {
    const givesUp = dice.chance(0.25)
    const word = givesUp ? cashier.giveUp({ id }) : cashier.continue({ id })
    await viewOf(desk, { what: givesUp ? 'giveUp' : 'continue', asked: word })
  } else if (view?.state === 'red') await clearUp(desk, { id, may: view.may })
  await rest(dice.span(50, 800))
}

/** §3.1: device and operator are asked, then the word that is true is said; else one waits. */
async function clearUp(
  desk: Desk,
  { id, may }: { id: string; may: readonly string[] },
): Promise<void> {
  const { cashier, dice } = desk
  // Clearing is given its time for the most part.
  if (dice.chance(0.6)) return void (await rest(dice.span(200, 2 * SECOND)))
  const asked = cashier.evidence({ id })
  const evidence = await heardOf(desk, { what: 'evidence', asked })
  if (!evidence) return
  const { device, operator, document, unsent } = evidence
  if (document && may.includes('confirm')) {
    const { number, at, uid } = document
    const typed = { id, number: String(number), at: printedMoment(at), uid }
    await viewOf(desk, { what: 'confirm', asked: cashier.confirm(typed) })
    return
  }
  if (document) return
  if (may.includes('cancelUnfinished')) {
    await viewOf(desk, { what: 'cancelUnfinished', asked: cashier.cancelUnfinished({ id }) })
    return
  }
  const isNone = device === 'never' || device === 'lacks' || operator === 'never'
  // The operator's «no» is worth something once everything has been sent.
  if (may.includes('deny') && (isNone || unsent === 0)) {
    await viewOf(desk, { what: 'deny', asked: cashier.deny({ id }) })
  }
}
