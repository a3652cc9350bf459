import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as rest } from 'node:timers/promises'
import { MINUTE, SECOND } from '#core/time.ts'
import { close, correct, fulfil, readNotices, sell } from './cashier.ts'
import { type Desk, statusOf } from './desk.ts'
import { stepTowardsEnd } from './open-operation.ts'
import type { Shop } from './shop.ts'

// Half a minute between tries, and papers of a printer that kept silent: minutes, never hours.
const QUIET_WITHIN = 10 * MINUTE
const CLOSED_WITHIN = 5 * MINUTE

/** Asks until it holds; throws with what it is when it does not in time. */
async function until(what: string, limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + limitMs
  while (!(await holds())) {
    if (Date.now() > last) throw new Error(`not within ${limitMs / SECOND} s: ${what}`)
    await rest(200)
  }
}

/** With all faults gone the published steps lead to a closed shift and an empty drawer. */
export async function settle(shop: Shop, desk: Desk): Promise<void> {
  await desk.administrator.changeSettings({ clearing: true })
  await quiet(shop, desk)
  await until('the discrepancy is corrected', CLOSED_WITHIN, () => isCorrected(desk))
  for (const means of ['cash', 'card', 'mixed'] as const) {
    await until(`a sale by ${means} goes`, CLOSED_WITHIN, () => isSold(desk, means))
  }
  await until('the business day is closed', CLOSED_WITHIN, async () => {
    const closed = await desk.cashier.closeCardDay({})
    return closed.kind === 'done' || (closed.kind === 'refused' && closed.code === 'card-day.none')
  })
  await until('the shift is closed', CLOSED_WITHIN, async () => {
    await close(desk)
    const status = await statusOf(desk)
    return status?.shift === null && status.cash === 0
  })
  await quiet(shop, desk)
}

async function isSold(desk: Desk, means: 'cash' | 'card' | 'mixed'): Promise<boolean> {
  const status = await statusOf(desk)
  if (!status) return false
  if (status.shift?.mustClose) {
    await close(desk)
    return false
  }
  if (!status.shift) await fulfil(desk, { kind: 'shift-opening' })
  return (await sell(desk, means))?.state === 'registered'
}

async function isCorrected(desk: Desk): Promise<boolean> {
  const facts = await desk.administrator.facts({})
  if (facts.kind !== 'done' || facts.value.discrepancy === null) return false
  if (facts.value.discrepancy === 0) return true
  await correct(desk)
  return false
}

/** Nothing open, unread, unsent, unprinted, unproved or on its way back. */
async function quiet(shop: Shop, desk: Desk): Promise<void> {
  let left = 'nobody answers'
  await until('all is quiet', QUIET_WITHIN, async () => {
    const status = await statusOf(desk)
    if (!status) return false
    const [open] = status.open
    if (open) await stepTowardsEnd(desk, open)
    await readNotices(desk, status)
    const { unsent, printer, sko } = status
    const unsettled = unsettledIn(shop.data)
    left = JSON.stringify({ open: status.open, unsent, printer, sko, unsettled })
    const isRest = status.open.length + status.notices.length + printer.waiting + unsettled === 0
    return isRest && unsent?.count === 0 && sko === 'connected'
  }).catch((error: Error) => {
    throw new Error(`${error.message}: ${left}`)
  })
}

const UNSETTLED = `select count(*) n from operation
  where is_open = 1 or doubt = 'unproved' or state = 'reversing'`

/** Read past the register: an end that is held to be one by it alone would not be waited for. */
function unsettledIn(data: string): number {
  const db = new DatabaseSync(join(data, 'register', 'register.sqlite'), { readOnly: true })
  const left = Number(db.prepare(UNSETTLED).get()?.n)
  db.close()
  return left
}
