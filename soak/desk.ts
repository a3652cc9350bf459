import { setTimeout as rest } from 'node:timers/promises'
import { client, type Send } from '#core/api/client.ts'
import type { Client, Outcome } from '#core/api/contract.ts'
import { type OperationView, registerApi, type Status } from '#core/api/register.ts'
import { demoPeople } from '#core/demo/shop.ts'
import { SECOND } from '#core/time.ts'
import type { Dice } from '#sim/dice.ts'
import { people } from '#stand/demo/enrolment.ts'
import { hear, type Ledger } from './ledger.ts'
import { openSeat } from './seat.ts'
import { answered, type Shop } from './shop.ts'
import type { Tally } from './tally.ts'

/** The people at the till, and what they have in writing. */
export type Desk = {
  cashier: Client<typeof registerApi>
  /** Corrects, switches clearing, lets receipts pass. */
  administrator: Client<typeof registerApi>
  ledger: Ledger
  dice: Dice
  tally: Tally
  isOver: () => boolean
}

// A begun operation with a card waits for the customer for a minute.
const DEADLINE_MS = 75 * SECOND

export function openDesk(shop: Shop, own: Omit<Desk, 'cashier' | 'administrator'>): Desk {
  const sit = (user: string) =>
    client(
      registerApi,
      openSeat(shop.addresses.register, {
        deadlineMs: DEADLINE_MS,
        signIn: (send: Send) => client(registerApi, send).signIn({ user, pin: pinOf(user) }),
      }),
    )
  const { cashier, administrator } = demoPeople
  return {
    ledger: own.ledger,
    dice: own.dice,
    tally: own.tally,
    isOver: own.isOver,
    cashier: sit(cashier),
    administrator: sit(administrator),
  }
}

const pinOf = (user: string): string => people.find(({ name }) => name === user)?.pin ?? ''

/** What came of asking, counted; the value, if there is one. After silence somebody waits a bit. */
export async function heardOf<T>(
  { tally, dice }: Desk,
  { what, asked }: { what: string; asked: Promise<Outcome<T>> },
): Promise<T | undefined> {
  const answer = await asked
  const told = answer.kind === 'refused' ? `refused ${answer.code}` : answer.kind
  tally.bump(`asked: ${what}`, told)
  if (answer.kind === 'done' || answer.kind === 'refused') tally.bump('run', 'answers')
  if (answer.kind === 'unknown' || answer.kind === 'unsent') await rest(dice.int(100, 600))
  if (answer.kind === 'invalid') throw new Error(`${what}: ${JSON.stringify(answer)}`)
  return answered(answer)
}

export const statusOf = async (desk: Desk): Promise<Status | undefined> =>
  heardOf(desk, { what: 'status', asked: desk.cashier.status({}) })

/** An answer that shows an operation, written down. */
export async function viewOf(
  desk: Desk,
  { what, asked }: { what: string; asked: Promise<Outcome<OperationView>> },
): Promise<OperationView | undefined> {
  const view = await heardOf(desk, { what, asked })
  if (view) hear(desk.ledger, view)
  return view
}
