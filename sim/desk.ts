import type { RoleName } from '#core/access/roles.ts'
import { parseJson } from '#core/api/json.ts'
import type { OperationView, Status } from '#core/api/register.ts'
import { demoPeople } from '#core/demo/shop.ts'
import { cookieOf } from '#shop/page.ts'
import { outside } from '#shop/process.ts'
import type { Dice } from './dice.ts'
import type { RunningAudit } from './running-audit.ts'
import type { SimulatedShop } from './simulated-shop.ts'

/** A person at a page of the register. */
export type Desk = {
  shop: SimulatedShop
  audit: RunningAudit
  dice: Dice
  role: RoleName
  /** Follows the manual; the other one guesses, mistypes, gives up. */
  careful: boolean
  /** What was asked for last, and whether it has to be asked for again: it came to nothing. */
  wanted: { wish: object | null; again: boolean }
  isOver: () => boolean
}

export type Told = { status: number; body: Record<string, unknown> }

/** Asks the register as its page does. Null: no answer came. */
export async function ask(
  { shop, role, dice }: Desk,
  request: { method: string; path: string; body?: object },
): Promise<Told | null> {
  const { method, path, body } = request
  const headers = { cookie: cookieOf(demoPeople[role]) }
  const sent = { method, path, ...(body ? { body: JSON.stringify(body) } : {}) }
  const answer = await shop.wires.page.send(outside, headers)(sent)
  if (!('status' in answer) || answer.status >= 500) {
    await shop.clock.rest(dice.int(100, 1000))
    return null
  }
  const read = parseJson(answer.body) as Told['body'] | undefined
  if (read === undefined) return null
  const { code = '', state = '' } = read
  // S2: a shift that is open is worked on and closed, whatever billing says.
  const isOpening = sent.body?.includes('"shift-opening"') ?? false
  if (code === 'billing.forbids' && !isOpening) shop.state.broken ??= `billing stops ${sent.body}`
  if (method !== 'GET') {
    shop.trace(`${role} ${path} ${sent.body ?? ''} -> ${answer.status} ${code}${state}`)
  }
  return { status: answer.status, body: read }
}

export const get = (desk: Desk, path: string) => ask(desk, { method: 'GET', path })
export const post = (desk: Desk, path: string, body: object = {}) =>
  ask(desk, { method: 'POST', path, body })
export const put = (desk: Desk, path: string, body: object) =>
  ask(desk, { method: 'PUT', path, body })

export async function statusOf(desk: Desk): Promise<Status | null> {
  const told = await get(desk, '/api/status')
  return told?.status === 200 ? (told.body as Status) : null
}

export async function operationOf(desk: Desk, id: string): Promise<OperationView | null> {
  const told = await get(desk, `/api/operations/${id}`)
  return told?.status === 200 ? (told.body as OperationView) : null
}

/** Asks for an operation until an answer comes; the same id each time, as the page does. */
export async function fulfil(desk: Desk, wish: object): Promise<Told | null> {
  const { dice, shop } = desk
  const request = { id: dice.uuid(), ...wish }
  callOff(desk, request)
  desk.wanted = { wish, again: false }
  const tries = desk.careful ? 4 : 2
  for (let i = 0; i < tries; i += 1) {
    const once = () => post(desk, '/api/operations', request)
    // Two quick presses, or the same page open twice.
    const twice = dice.chance(desk.careful ? 0.03 : 0.15) ? once() : null
    const told = await once()
    await twice
    if (told?.status === 200 && dice.chance(0.02)) await differently(desk, request)
    if (told) {
      desk.wanted.again = told.body.state === 'failed'
      return told
    }
    await shop.clock.rest(dice.int(200, 3000))
  }
  return null
}

/** Now and then a customer at the card reader changes his mind. */
function callOff(desk: Desk, wish: { id: string; payments?: { means: string }[] }): void {
  const { dice, shop } = desk
  if (!wish.payments?.some(({ means }) => means === 'card')) return
  if (shop.customer.calm || !dice.chance(0.1)) return
  shop.tally.fault('card called off')
  const press = () => post(desk, `/api/operations/${wish.id}/cancel-card`)
  shop.clock.after(dice.span(300, 20_000), () => void press())
}

/** The same id with other content is another wish, and no wish at all (operation.differs). */
async function differently(desk: Desk, request: object): Promise<void> {
  const told = await post(desk, '/api/operations', { ...request, sum: 99_999_999 })
  // A register whose memory was put back cannot know.
  const { isForgetful } = desk.audit.truth
  if (told?.status === 200 && !isForgetful)
    desk.shop.state.broken ??= 'an id was taken for two wishes'
}
