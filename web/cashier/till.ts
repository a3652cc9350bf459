import { v7 } from 'uuid'
import type { Client, Refused, Reply } from '#core/api/contract.ts'
import { type OperationRequest, operationRequest } from '#core/api/operation-request.ts'
import type { OperationView, registerApi, Status } from '#core/api/register.ts'
import type { CashUpView } from '#core/api/register-cash-up.ts'
import { assert } from '#core/assert.ts'
import type { Kind } from '#core/document/kinds.ts'
import { operationId } from '#core/id.ts'
import { isKeptAnew, keep, keepShared, kept, keptShared, openStore } from '#web/ui/store.ts'
import { type Basket, emptyBasket, readBasket } from './basket.ts'
import { type Missed, readMissed } from './missed.ts'
import { type Moving, readMoving } from './moving.ts'
import type { Trouble } from './trouble.ts'

/** The operation this page has asked for and of whose end it does not know yet. */
export type Sending = {
  request: OperationRequest
  /** Who asked for it: it is begun in her name or not at all. */
  by: string
  /** The register has not answered: the same request is sent again. */
  lost: boolean
  /** Nothing of it can have reached the register before the request that is now on its way. */
  fresh: boolean
}

export type Wanting = {
  why: Refused
  /** What it is called to the person who is asked for the right. */
  what: Kind | null
  sum?: number | undefined
  asked: LendAsked
  /** Asks for the same again, with what was lent. */
  carryOn: (lent: string) => void
}
type LendAsked = Omit<Parameters<Client<typeof registerApi>['lend']>[0], 'by'>

export type XReport = Reply<(typeof registerApi)['xReport']>

export type Till = {
  /** Undefined: not asked yet. */
  session: Reply<(typeof registerApi)['session']> | null | undefined
  /** The register is nobody's yet: how it is connected is all there is to see. */
  isNew: boolean
  /** The register's events reach the page. */
  live: boolean
  status: Status | null
  /** Page time at which `status` was heard, so that its `now` can go on. */
  heardAt: number
  /** Operations under way, whoever began them. */
  open: readonly OperationView[]
  sending: Sending | null
  /** The one that ended last, for the screen of its end. */
  ended: OperationView | null
  basket: Basket
  /** The receipt is on its way to those put aside, or from there; null: it is not. */
  moving: Moving | null
  /** Codes scanned where no goods are rung up, for the sale that they begin. */
  scanned: readonly string[]
  /** Codes that did nothing, until somebody has read them. */
  missed: readonly Missed[]
  /** The operation of dialog S1.1 that was told to go on and has not answered. */
  answering: string | null
  trouble: Trouble | null
  /** An operation whose right the cashier lacks and somebody else may lend (N10). */
  wanting: Wanting | null
  /** The version that is being installed: the register is away for it. */
  updating: string | null
  notice: string | null
  xReport: XReport | null
  /** The shift is being closed in one go; `lost`: the register has not answered. */
  cashingUp: { lost: boolean } | null
  /** How the last closing in one go ended, for the screen of its end. */
  cashedUp: CashUpView | null
}

const BASKET = 'zpos.basket'
const MOVING = 'zpos.moving'
const SENDING = 'zpos.sending'
const MISSED = 'zpos.missed'

/** All that the page knows beside its address. */
export const till = openStore<Till>({
  session: undefined,
  isNew: false,
  live: true,
  status: null,
  heardAt: 0,
  open: [],
  sending: keptSending(),
  ended: null,
  basket: readBasket(keptShared(BASKET)) ?? emptyBasket,
  moving: readMoving(keptShared(MOVING)),
  scanned: [],
  missed: readMissed(kept(MISSED)),
  answering: null,
  trouble: null,
  wanting: null,
  updating: null,
  notice: null,
  xReport: null,
  cashingUp: null,
  cashedUp: null,
})

function keptSending(): Sending | null {
  const { request, by } = (kept(SENDING) ?? {}) as { request?: unknown; by?: unknown }
  const read = operationRequest.safeParse(request)
  return read.success ? { request: read.data, by: String(by), lost: false, fresh: false } : null
}

/** Nothing scanned is lost in silence (H2), over a reload too. */
export function setMissed(missed: readonly Missed[]): void {
  keep(MISSED, missed)
  till.set({ missed })
}

/** One basket for all tabs of the browser; written before it is shown, as all that is kept. */
export function setBasket(basket: Basket): void {
  keepShared(BASKET, basket)
  till.set({ basket })
}

/** Changes the basket as any tab has left it. */
export const changeBasket = (change: (basket: Basket) => Basket): void => {
  readShared()
  setBasket(change(till.get().basket))
}

export function setMoving(moving: Moving | null): void {
  keepShared(MOVING, moving)
  till.set({ moving })
}

/** Takes over what another tab has made of the basket. */
export function readShared(): void {
  // All lines of a receipt are not read for each that is added.
  if (!isKeptAnew(BASKET) && !isKeptAnew(MOVING)) return
  const basket = readBasket(keptShared(BASKET))
  if (basket) till.set({ basket, moving: readMoving(keptShared(MOVING)) })
}

export function setSending(sending: Sending | null): void {
  keep(SENDING, sending && { request: sending.request, by: sending.by })
  till.set({ sending })
}

/** The basket is an operation already: changing it would part the goods from their document. */
export const isTaken = ({ basket, open, sending, moving }: Till): boolean =>
  sending !== null || moving !== null || open.some((view) => view.id === basket.id)

export function newId() {
  const id = operationId(v7())
  assert(id, 'a new id is a UUID')
  return id
}
