import type { OperationBrief, Status } from '#core/api/register.ts'
import type { Refundable } from '#core/api/register-refundable.ts'
import { plainGoods } from '#core/demo/shop.ts'
import { correct } from './correction.ts'
import { type Desk, fulfil, get, post, statusOf, type Told } from './desk.ts'
import { stepTowardsEnd } from './open-operation.ts'

/** A cashier at work until it is over: looks at the screen, attends to what is open, or sells. */
export async function work(desk: Desk): Promise<void> {
  const { dice, shop } = desk
  while (!desk.isOver()) {
    await shop.clock.rest(dice.span(200, 6000))
    const status = await statusOf(desk)
    if (!status || desk.isOver()) continue
    const [open] = status.open
    if (open) await stepTowardsEnd(desk, open)
    else await wish(desk, status)
  }
}

const wishes = {
  sale: 50,
  deposit: 6,
  withdrawal: 6,
  refund: 16,
  annulment: 7,
  'x-report': 3,
  close: 4,
  notices: 2,
  'card-day': 1,
}

async function wish(desk: Desk, status: Status): Promise<void> {
  const { dice } = desk
  const { again, wish: same } = desk.wanted
  if (again && same && dice.chance(0.7)) return answered(desk, await fulfil(desk, same))
  if (!status.shift) return answered(desk, await fulfil(desk, { kind: 'shift-opening' }))
  if (status.shift.mustClose) return close(desk)
  switch (dice.weighted(wishes)) {
    case 'sale':
      return answered(desk, await sell(desk, aSale(desk)))
    case 'deposit':
      return answered(desk, await fulfil(desk, { kind: 'deposit', sum: dice.span(1, 100_000) }))
    case 'withdrawal': {
      const most = Math.max(1, status.cash + (dice.chance(0.1) ? 100 : 0))
      return answered(desk, await fulfil(desk, { kind: 'withdrawal', sum: dice.int(1, most) }))
    }
    case 'refund':
      return refund(desk)
    case 'annulment': {
      const [of] = await sales(desk)
      return of ? answered(desk, await fulfil(desk, { kind: 'annulment', of: of.id })) : undefined
    }
    case 'x-report':
      await post(desk, '/api/reports/x')
      return
    case 'close':
      return close(desk)
    case 'card-day':
      await post(desk, '/api/card-days')
      return
    case 'notices':
      for (const { id } of status.notices) await post(desk, `/api/operations/${id}/acknowledge`)
  }
}

/** Some refusals call somebody: the administrator corrects what does not add up (§4). */
async function answered(desk: Desk, told: Told | null): Promise<void> {
  const code = told?.body.code
  if (code === 'discrepancy' && desk.dice.chance(0.5)) await correct(desk)
  if (code === 'shift.over24h') await close(desk)
}

/** So few that the same unit comes back. */
const UNITS = 60

/** How a sale is paid for: cash with change, a card, or both. */
type Paid = 'cash' | 'card' | 'mixed'

type SoldLine = { price: number; quantity: number; discount: number; mark?: { si: string } }
type Sale = { lines: SoldLine[] }

export function aSale({ dice }: Desk, paid?: Paid): Sale {
  const lines = Array.from({ length: dice.int(1, 4) }, () => {
    const price = dice.span(1, 20_000)
    const weight = dice.chance(0.5) ? dice.int(1, 5) * 1000 : dice.int(1, 4000)
    // A gram of something cheap costs nothing: such a line is refused.
    const quantity = price * weight < 1000 ? 1000 : weight
    const cost = Math.floor((price * quantity) / 1000)
    const discount = dice.chance(0.2) && cost > 1 ? dice.int(0, cost - 1) : 0
    const line = { name: dice.pick(plainGoods), price, quantity, discount }
    const sold: SoldLine = Object.assign(line, { vat: dice.pick([10, 20, 0]) })
    // No die of its own: the troubles of a seed stay what they were.
    if (quantity === 1000 && price % 3 === 0) sold.mark = { si: unitOf(price % UNITS) }
    return sold
  })
  const total = lines.reduce(
    (sum, { price, quantity, discount }) => sum + Math.round((price * quantity) / 1000) - discount,
    0,
  )
  const by = paid ?? dice.weighted({ cash: 5, card: 3, mixed: 2 })
  const card = by === 'cash' ? 0 : by === 'card' ? total : dice.int(1, total)
  const rest = total - card
  const cash = dice.chance(0.5) ? rest : Math.ceil(rest / 1000) * 1000
  const payments = [
    { means: 'card', sum: card },
    { means: 'cash', sum: cash },
  ]
  const sale = { kind: 'sale', lines, payments: payments.filter(({ sum }) => sum > 0) }
  return sale
}

/** A unit that was sold already is sold again by a person's word, and now and then let be. */
async function sell(desk: Desk, sale: Sale): Promise<Told | null> {
  const told = await fulfil(desk, sale)
  if (told?.body.code !== 'mark.sold' || (sale.lines[0]?.price ?? 0) % 2 === 0) return told
  return fulfil(desk, knowingly(sale))
}

/** The same sale as one that nothing about its units refuses: each once, and known to be sold. */
export function knowingly(sale: Sale): Sale {
  const seen = new Set<string>()
  const lines = sale.lines.map(({ mark, ...line }) => {
    if (!mark || seen.has(mark.si)) return line
    seen.add(mark.si)
    return Object.assign(line, { mark, resold: true })
  })
  return Object.assign({}, sale, { lines })
}

/** The code of one of some units that are sold again and again. */
const unitOf = (which: number): string =>
  `010481234500001221unit${String(which).padStart(9, '0')}\x1d93aB1x`

async function sales(desk: Desk): Promise<OperationBrief[]> {
  const told = await get(desk, '/api/operations?kind=sale&limit=12')
  return told?.status === 200 ? (told.body.operations as OperationBrief[]) : []
}

async function refund(desk: Desk): Promise<void> {
  const { dice } = desk
  const sale = dice.any(await sales(desk))
  if (!sale) return
  const told = await get(desk, `/api/operations/${sale.id}/refundable`)
  if (told?.status !== 200) return
  const left = (told.body.lines as Refundable[]).filter((line) => line.left > 0 && line.sum > 0)
  const some = left.filter(() => dice.chance(0.6))
  const most = desk.careful ? 1 : dice.pick([1, 1, 3])
  const lines = some.map(({ line, left: rest, mark }) => {
    const part = dice.chance(0.5) ? rest * most : dice.int(1, rest)
    // A unit comes back whole; whoever is careless is refused a part of it.
    return { line, quantity: desk.careful && mark !== null ? rest : part }
  })
  await answered(desk, await fulfil(desk, { kind: 'refund', of: sale.id, lines }))
}

/** The end of a shift: the drawer is emptied, then the shift is closed. */
export async function close(desk: Desk): Promise<void> {
  const status = await statusOf(desk)
  if (!status?.shift || status.open.length > 0) return
  if (desk.dice.chance(0.6)) return inOneGo(desk, status)
  if (status.cash > 0) {
    await answered(desk, await fulfil(desk, { kind: 'withdrawal', sum: status.cash }))
  }
  await answered(desk, await fulfil(desk, { kind: 'shift-closing' }))
}

/** The same in one go (N12), asked for until it is answered, and again where it was stopped. */
async function inOneGo(desk: Desk, { cash }: Status): Promise<void> {
  const { dice, shop } = desk
  // Some miscount, and some do not count at all: nothing is refused for that.
  const counted = dice.chance(0.8) ? { sum: Math.max(0, cash + dice.pick([0, 0, -150, 20])) } : null
  const ids = { id: dice.uuid(), closing: dice.uuid(), withdrawal: dice.uuid() }
  const request = { ...ids, cash, ...(counted && { counted }) }
  for (let left = desk.careful ? 5 : 2; left > 0; left -= 1) {
    const once = () => post(desk, '/api/cash-ups', request)
    const twice = dice.chance(0.1) ? once() : null
    const told = await once()
    await twice
    if (told?.body.code === 'cash-up.stale') return
    if (told && told.status !== 200) return answered(desk, told)
    if (told?.body.stage === 'closed') {
      shop.tally.counts.cashUps += 1
      return
    }
    if (told) break
    await shop.clock.rest(dice.int(200, 3000))
  }
  await goOnClosing(desk, ids.id)
}

/** What its withdrawal had to wait for is ended by the published steps; then she still wants it. */
async function goOnClosing(desk: Desk, id: string): Promise<void> {
  for (let left = desk.careful ? 8 : 2; left > 0 && !desk.isOver(); left -= 1) {
    const status = await statusOf(desk)
    const [open] = status?.open ?? []
    if (status && !status.shift) return
    if (open) await stepTowardsEnd(desk, open)
    else {
      const told = await post(desk, `/api/cash-ups/${id}/continue`)
      if (told && (told.status !== 200 || told.body.stage === 'ended')) return
    }
    await desk.shop.clock.rest(desk.dice.int(200, 3000))
  }
}
