import { setTimeout as rest } from 'node:timers/promises'
import type { OperationRequest } from '#core/api/operation-request.ts'
import type { OperationBrief, OperationView, Status } from '#core/api/register.ts'
import type { Kind } from '#core/document/kinds.ts'
import { kopecks, thousandths } from '#core/money.ts'
import { SECOND } from '#core/time.ts'
import { type Desk, heardOf, statusOf, viewOf } from './desk.ts'
import { stepTowardsEnd } from './open-operation.ts'
import { aSale, type Means } from './receipt.ts'

/** A cashier at work until it is over: looks at the screen, attends to what is open, or sells. */
export async function work(desk: Desk): Promise<void> {
  const { dice } = desk
  while (!desk.isOver()) {
    await rest(dice.span(10, 200))
    const status = await statusOf(desk)
    if (!status || desk.isOver()) continue
    const [open] = status.open
    if (open) await stepTowardsEnd(desk, open)
    else await wish(desk, status)
  }
}

const wishes = {
  sale: 50,
  granted: 3,
  deposit: 6,
  withdrawal: 6,
  refund: 16,
  annulment: 8,
  report: 3,
  close: 3,
  notices: 6,
  day: 2,
  copy: 4,
  search: 4,
  correction: 3,
}

async function wish(desk: Desk, status: Status): Promise<void> {
  const { dice, cashier } = desk
  if (!status.shift) return void (await fulfil(desk, { kind: 'shift-opening' }))
  if (status.shift.mustClose) return close(desk)
  switch (dice.weighted(wishes)) {
    case 'sale':
      return void (await sell(desk))
    case 'granted':
      return sellGranted(desk)
    case 'deposit':
      return void (await fulfil(desk, { kind: 'deposit', sum: kopecks(dice.span(1, 50_000)) }))
    case 'withdrawal': {
      const sum = kopecks(dice.int(1, Math.max(1, status.cash + (dice.chance(0.1) ? 100 : 0))))
      return void (await fulfil(desk, { kind: 'withdrawal', sum }))
    }
    case 'refund':
      return refund(desk)
    case 'annulment':
      return annul(desk)
    case 'report':
      return void (await heardOf(desk, { what: 'xReport', asked: cashier.xReport({}) }))
    case 'close':
      return close(desk)
    case 'notices':
      return readNotices(desk, status)
    case 'day':
      return void (await heardOf(desk, { what: 'closeCardDay', asked: cashier.closeCardDay({}) }))
    case 'copy':
      return copy(desk)
    case 'search':
      return search(desk)
    case 'correction':
      return correct(desk)
  }
}

/** Asks until an answer comes: the same id each time, as the page does. */
export async function fulfil(
  desk: Desk,
  wanted: Omit<OperationRequest, 'id'>,
): Promise<OperationView | undefined> {
  const { dice, ledger, cashier } = desk
  const id = dice.uuid() as OperationRequest['id']
  const request = { id, ...wanted }
  ledger.asked.set(id, { request, told: [] })
  const once = () => viewOf(desk, { what: `begin ${wanted.kind}`, asked: cashier.begin(request) })
  callOff(desk, request)
  for (let tries = 5; tries > 0; tries -= 1) {
    // Two quick presses, or the same page open twice.
    const twice = dice.chance(0.05) ? once() : null
    const view = await once()
    await twice
    if (view) return view
    const status = await statusOf(desk)
    if (status && !status.open.includes(id) && dice.chance(0.5)) return undefined
  }
  return undefined
}

/** Now and then a customer changes his mind before the reader. */
function callOff({ dice, cashier }: Desk, { id, payments }: OperationRequest): void {
  if (!payments?.some(({ means }) => means === 'card') || !dice.chance(0.05)) return
  const afterMs = dice.span(50, 2 * SECOND)
  void rest(afterMs).then(() => cashier.cancelCard({ id }))
}

export function sell(desk: Desk, means?: Means): Promise<OperationView | undefined> {
  const { lines, discount, payments } = aSale(desk.dice, means)
  return fulfil(desk, { kind: 'sale', lines, discount, payments })
}

/** A discount beyond the cashier's own: somebody with the rights lets the receipt pass (R26). */
async function sellGranted(desk: Desk): Promise<void> {
  const { lines = [], discount, payments } = aSale(desk.dice, 'cash', 45)
  const asked = desk.administrator.grant({ lines, discount })
  const told = await heardOf(desk, { what: 'grant', asked })
  if (!told) return
  await fulfil(desk, { kind: 'sale', lines, discount, payments, grant: told.grant })
}

async function listed(desk: Desk, kind: Kind): Promise<OperationBrief[]> {
  const asked = desk.cashier.operations({ kind, limit: 10 })
  return (await heardOf(desk, { what: 'list', asked }))?.operations ?? []
}

async function refund(desk: Desk): Promise<void> {
  const { dice, cashier } = desk
  const sale = dice.any(await listed(desk, 'sale'))
  if (!sale) return
  const asked = cashier.refundable({ id: sale.id })
  const told = await heardOf(desk, { what: 'refundable', asked })
  const left = told?.lines.filter((line) => line.left > 0 && line.sum > 0) ?? []
  if (left.length === 0) return
  if (dice.chance(0.3)) return void (await fulfil(desk, { kind: 'refund', of: sale.id }))
  const some = left.filter(() => dice.chance(0.6))
  const lines = some.map(({ line, left: rest, unit }) => {
    const pieces = unit === 'piece' ? dice.int(1, Math.floor(rest / 1000)) * 1000 : rest
    return { line, quantity: thousandths(pieces) }
  })
  if (lines.length > 0) await fulfil(desk, { kind: 'refund', of: sale.id, lines })
}

async function annul(desk: Desk): Promise<void> {
  const [sale] = await listed(desk, 'sale')
  if (sale) await fulfil(desk, { kind: 'annulment', of: sale.id })
}

async function copy(desk: Desk): Promise<void> {
  const sale = desk.dice.any(await listed(desk, 'sale'))
  if (!sale) return
  const asked = desk.cashier.copy({ id: sale.id })
  const told = await heardOf(desk, { what: 'copy', asked })
  if (told && !desk.ledger.isForgetful) desk.ledger.jobs.push(told.job)
}

/** By number, by uid, by sum: what was listed is found. */
async function search(desk: Desk): Promise<void> {
  const sale = desk.dice.any(await listed(desk, 'sale'))
  if (!sale?.number || !sale.uid) return
  const by = desk.dice.pick([String(sale.number), sale.uid])
  const asked = desk.cashier.operations({ search: by, limit: 50 })
  const found = await heardOf(desk, { what: 'search', asked })
  const isLost = found && !found.operations.some(({ id }) => id === sale.id)
  if (isLost && !desk.ledger.isForgetful) throw new Error(`not found by ${by}: ${sale.id}`)
}

export async function readNotices(desk: Desk, { notices }: Status): Promise<void> {
  for (const { id } of notices) {
    await heardOf(desk, { what: 'acknowledge', asked: desk.cashier.acknowledge({ id }) })
  }
}

/** §4: fresh figures, and a correction by them; needless for the most part, and refused then. */
export async function correct(desk: Desk): Promise<void> {
  const facts = await heardOf(desk, { what: 'facts', asked: desk.administrator.facts({}) })
  if (facts?.discrepancy === null || facts?.discrepancy === undefined) return
  const { discrepancy } = facts
  if (discrepancy === 0 && desk.dice.chance(0.7)) return
  const id = desk.dice.uuid()
  const asked = desk.administrator.correct({ id, discrepancy })
  await heardOf(desk, { what: 'correct', asked })
}

/** The end of a shift: the drawer is emptied, then the shift is closed. */
export async function close(desk: Desk): Promise<void> {
  const status = await statusOf(desk)
  if (!status?.shift || status.open.length > 0) return
  if (status.cash > 0) await fulfil(desk, { kind: 'withdrawal', sum: kopecks(status.cash) })
  await fulfil(desk, { kind: 'shift-closing' })
}
