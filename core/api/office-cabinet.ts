import { z } from 'zod'
import { officeRights } from '../access/rights.ts'
import { entryKinds } from '../billing/ledger.ts'
import { quoteKinds } from '../billing/quote.ts'
import { endReasons } from '../billing/subscription.ts'
import { officeNotices } from '../notices.ts'
import { languages } from '../words/language.ts'
import { cabinetNoticesApi } from './cabinet/notices.ts'
import { cabinetOwnApi, signInEndpoint } from './cabinet/own.ts'
import { cabinetPeopleApi } from './cabinet/people.ts'
import { endpoint, together } from './contract.ts'
import { day, equipmentSerial, tariffId, unp } from './office.ts'
import { officeActsApi } from './office-acts.ts'
import { versionsApi } from './office-releases.ts'
import { tariffsApi } from './office-tariffs.ts'
import { tradeApi } from './office-trade.ts'
import { viewsApi } from './office-views.ts'
import { sessionEndpoints } from './session-endpoints.ts'
import * as wire from './wire.ts'

// The zPOS cabinet: clients see what is their own, staff everything.

const none = z.object({})
const contractNumber = wire.shownText(20)
const serial = equipmentSerial
const reason = wire.shownText(500)

const contract = z.object({
  number: z.string(),
  unp: z.string(),
  company: z.string(),
  /** Number of the personal account. */
  account: z.string(),
  balance: wire.balance,
  /** Null: it is a draft. */
  concludedAt: wire.at.nullable(),
  endedAt: wire.at.nullable(),
})
export type ContractView = z.output<typeof contract>

const subscription = z.object({
  tariff: z.string(),
  /** As people call it. */
  name: z.string(),
  /** Of the period that was charged last. */
  price: wire.sum,
  anchor: day,
  /** The first day that is not paid for. */
  until: day,
  renews: z.boolean(),
  /** The tariff that takes over then; null: none does. */
  next: z.string().nullable(),
  ended: z.enum(endReasons).nullable(),
  /** When it renews next, and at what price as it is known now; null: it does not. */
  renewal: z.object({ on: day, price: wire.sum }).nullable(),
})

const equipment = z.object({
  serial: z.string(),
  /** Null: it belongs to nobody yet. */
  contract: z.string().nullable(),
  company: z.string().nullable(),
  /** What the till told of itself when it last asked, and when; null: it never did. */
  version: z.string().nullable(),
  unp: z.string().nullable(),
  heardAt: wire.at.nullable(),
  /** The newest run; null: there was none. */
  subscription: subscription.nullable(),
})
export type EquipmentView = z.output<typeof equipment>

const tariff = z.object({
  id: z.string(),
  name: z.string(),
  /** Of today. */
  price: wire.sum,
  /** Of a period: whole months, or days where there are none. */
  months: z.int(),
  days: z.int(),
  /** Prices to come, by the days from which they hold. */
  ahead: z.array(z.object({ from: day, price: wire.sum })),
})
export type TariffView = z.output<typeof tariff>

const quote = z.object({
  id: wire.id,
  serial: z.string(),
  tariff: z.string(),
  kind: z.enum(quoteKinds),
  price: wire.sum,
  /** Given back for days that are not used. */
  credit: wire.sum,
  /** Left to pay; below zero it goes to the account. */
  sum: wire.balance,
  /** The last day on which it is good. */
  lastDay: day,
  balance: wire.balance,
})
export type QuoteView = z.output<typeof quote>

const order = z.object({
  /** Of the invoice as well. */
  number: z.int(),
  quote: wire.id,
  account: z.string(),
  serial: z.string(),
  tariff: z.string(),
  name: z.string(),
  kind: z.enum(quoteKinds),
  sum: wire.balance,
  placedAt: wire.at,
  /** `waiting`: for money. `over`: the price does not stand any more. */
  state: z.enum(['waiting', 'paid', 'over']),
  lastDay: day,
})
export type OrderView = z.output<typeof order>

const entry = z.object({
  id: z.int(),
  at: wire.at,
  kind: z.enum(entryKinds),
  account: z.string(),
  /** What it did to the account. */
  sum: wire.balance,
  note: z.string().nullable(),
  /** Of a charge: the till, the tariff by its name, and the first day that is paid for. */
  charge: z.object({ serial: z.string(), tariff: z.string(), on: day }).nullable(),
  /** The entry that this one undoes; whether this one was undone. */
  undoes: z.int().nullable(),
  undone: z.boolean(),
})
export type EntryView = z.output<typeof entry>

const account = z.string().regex(/^\d{6,20}$/)
const moved = z.object({ entry: z.int(), balance: wire.balance })

const language = z.enum(languages)
const session = z.object({
  email: z.string(),
  role: z.enum(['client', 'staff']),
  /** Whose company it is; empty for staff. */
  client: z.string(),
  rights: z.array(z.enum(officeRights)),
  /** What the account chose to read; null: it never did. */
  language: language.nullable(),
  /** Signing in takes a code beside the password. */
  secondFactor: z.boolean(),
})

/** Who is signed in to the zPOS cabinet. */
export const officeSessionApi = Object.assign(
  { signIn: signInEndpoint(session) },
  sessionEndpoints(session),
)

export const contractsApi = {
  contracts: endpoint({
    route: 'GET /api/contracts',
    right: 'signed-in',
    input: none,
    reply: z.object({ contracts: z.array(contract) }),
    refusals: [],
  }),
  /** Writes a contract down, as a draft where it is new. */
  saveContract: endpoint({
    route: 'PUT /api/contracts/:contract',
    right: 'billing.edit',
    input: z.object({ contract: contractNumber, unp, company: wire.shownText(200) }),
    reply: contract,
    refusals: [],
  }),
  conclude: endpoint({
    route: 'POST /api/contracts/:contract/conclude',
    right: 'billing.edit',
    input: z.object({ contract: contractNumber }),
    reply: contract,
    refusals: ['contract.unknown'],
  }),
  endContract: endpoint({
    route: 'POST /api/contracts/:contract/end',
    right: 'billing.edit',
    input: z.object({ contract: contractNumber, reason }),
    reply: contract,
    refusals: ['contract.unknown'],
  }),
}

export const equipmentApi = {
  equipment: endpoint({
    route: 'GET /api/equipment',
    right: 'signed-in',
    input: none,
    reply: z.object({ equipment: z.array(equipment) }),
    refusals: [],
  }),
  /** Writes equipment down, and under which contract it works. */
  saveEquipment: endpoint({
    route: 'PUT /api/equipment/:serial',
    right: 'billing.edit',
    input: z.object({ serial, contract: contractNumber.nullable() }),
    reply: equipment,
    refusals: ['contract.unknown', 'subscription.there'],
  }),
  retireEquipment: endpoint({
    route: 'DELETE /api/equipment/:serial',
    right: 'billing.edit',
    input: z.object({ serial }),
    reply: none,
    refusals: ['equipment.unknown'],
  }),
  /** Begins a run today on the client's behalf, paid from the account. */
  subscribe: endpoint({
    route: 'POST /api/equipment/:serial/subscription',
    right: 'billing.edit',
    input: z.object({ serial, tariff: tariffId, renews: z.boolean() }),
    reply: equipment,
    refusals: [
      'equipment.unknown',
      'contract.unknown',
      'tariff.unknown',
      'subscription.there',
      'account.no-funds',
    ],
  }),
  /** Ends the run today; days that are not used are credited. */
  stopSubscription: endpoint({
    route: 'DELETE /api/equipment/:serial/subscription',
    right: 'billing.edit',
    input: z.object({ serial, reason }),
    reply: equipment,
    refusals: ['equipment.unknown', 'contract.unknown', 'subscription.none'],
  }),
  renewal: endpoint({
    route: 'PUT /api/equipment/:serial/renewal',
    right: 'orders.place',
    input: z.object({ serial, on: z.boolean() }),
    reply: equipment,
    refusals: ['equipment.unknown', 'contract.unknown', 'subscription.none'],
  }),
}

export const ordersApi = {
  tariffs: endpoint({
    route: 'GET /api/tariffs',
    right: 'signed-in',
    input: none,
    reply: z.object({ tariffs: z.array(tariff) }),
    refusals: [],
  }),
  /** The price as it is shown: an order names it. */
  quote: endpoint({
    route: 'POST /api/quotes',
    right: 'orders.place',
    input: z.object({ serial, tariff: tariffId }),
    reply: quote,
    refusals: ['equipment.unknown', 'contract.unknown', 'tariff.unknown'],
  }),
  /** Repeated it is the same order. Without money it waits, as an invoice. */
  order: endpoint({
    route: 'PUT /api/orders/:quote',
    right: 'orders.place',
    input: z.object({ quote: wire.id, renews: z.boolean() }),
    reply: order,
    refusals: ['quote.unknown', 'quote.over'],
  }),
  orders: endpoint({
    route: 'GET /api/orders',
    right: 'signed-in',
    input: none,
    /** `demoPayments`: the account is topped up by a press. */
    reply: z.object({ orders: z.array(order), demoPayments: z.boolean() }),
    refusals: [],
  }),
}

export const entriesApi = {
  entries: endpoint({
    route: 'GET /api/entries',
    right: 'signed-in',
    input: z.object({
      before: wire.rowNumber.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ entries: z.array(entry), next: z.int().nullable() }),
    refusals: [],
  }),
  /** An incoming payment; repeated under its id it is the same one. */
  payment: endpoint({
    route: 'PUT /api/payments/:id',
    right: 'billing.edit',
    input: z.object({ id: wire.id, account, sum: wire.positiveSum, note: reason }),
    reply: moved,
    refusals: ['account.unknown', 'entry.differs'],
  }),
  /** Money that goes back to the client; repeated under its id it is the same one. */
  payout: endpoint({
    route: 'PUT /api/payouts/:id',
    right: 'billing.edit',
    input: z.object({ id: wire.id, account, sum: wire.positiveSum, note: reason }),
    reply: moved,
    refusals: ['account.unknown', 'entry.differs', 'account.no-funds'],
  }),
  /** The payment of the demo, on the client's own account: no bank is asked. */
  demoPayment: endpoint({
    route: 'PUT /api/demo-payments/:id',
    right: 'orders.place',
    input: z.object({ id: wire.id, sum: wire.positiveSum }),
    reply: moved,
    refusals: ['account.unknown', 'entry.differs', 'payment.not-taken'],
  }),
  /** A payment or a payout is undone by a counter-entry, once. */
  undo: endpoint({
    route: 'POST /api/entries/:entry/undo',
    right: 'billing.edit',
    input: z.object({ entry: wire.rowNumber, reason }),
    reply: moved,
    refusals: ['entry.unknown', 'entry.undone', 'entry.stays'],
  }),
}

/** The office's cabinet. A client sees its own contract alone. */
export const officeCabinetApi = together(
  officeSessionApi,
  contractsApi,
  equipmentApi,
  ordersApi,
  tariffsApi,
  entriesApi,
  versionsApi,
  officeActsApi,
  tradeApi,
  viewsApi,
  cabinetPeopleApi,
  cabinetOwnApi,
  cabinetNoticesApi(officeNotices),
)
