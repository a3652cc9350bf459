import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { rightOfKind } from '../document/kinds.ts'
import { noticeCodes } from '../register/message.ts'
import { divergences, neighbours } from '../register/trust.ts'
import { endpoint } from './contract.ts'
import { evidence } from './evidence.ts'
import { facts } from './facts.ts'
import { fiscalRefusals } from './fiscal-refusals.ts'
import { lendRequest } from './lend-request.ts'
import { grantId, grantRequest, operationRequest } from './operation-request.ts'
import { answerRefusals, claimRefusals, correctionRefusals } from './person-refusals.ts'
import { actEndpoints, actRoutes } from './register-acts.ts'
import { backupEndpoints } from './register-backup.ts'
import { billingEndpoints, billingView } from './register-billing.ts'
import { cardEndpoints } from './register-cards.ts'
import { cashCounting, cashUpEndpoints } from './register-cash-up.ts'
import { discountEndpoints } from './register-discounts.ts'
import { equipmentEndpoints } from './register-equipment.ts'
import { registerFacts } from './register-facts.ts'
import { importEndpoints, importRoutes } from './register-import.ts'
import { letterEndpoints } from './register-letters.ts'
import { paperEndpoints } from './register-paper.ts'
import { parkedEndpoints } from './register-parked.ts'
import { peopleEndpoints } from './register-people.ts'
import { receiptFilter } from './register-receipts.ts'
import { refundable } from './register-refundable.ts'
import { correctionRequest, xReportRequest } from './register-reports.ts'
import { markScope, paperLanguage, settingEndpoints } from './register-settings.ts'
import { setupEndpoints } from './register-setup.ts'
import { pictureRoutes, stockEndpoints } from './register-stock.ts'
import { supportRoutes } from './register-support.ts'
import { tradeEndpoints } from './register-trade.ts'
import { unitEndpoints } from './register-units.ts'
import { updateEndpoints, updateView } from './register-updates.ts'
import * as wire from './wire.ts'

// What the cashier's page, tests and programs may ask of the register (R14).

/** How far an operation has come; core/register/operation.ts is the table behind it. */
export const stateName = z.enum([
  'warned',
  'intended',
  'waiting',
  'asking',
  'red',
  'reversing',
  'registered',
  'failed',
  'cancelled',
])

/** What a person may do to an operation in its present state. */
export const verb = z.enum(['continue', 'giveUp', 'confirm', 'deny', 'cancelUnfinished', 'answer'])

/** A row of the list of receipts. */
export const operationBrief = z.object({
  id: wire.id,
  kind: wire.listedKind,
  state: stateName,
  /** What backs the way it ended; null while it has not. */
  proof: z.enum(['proved', 'attested', 'unproved', 'disproved']).nullable(),
  /** When it was begun; the document's own time once there is one. */
  at: wire.at,
  cashier: z.string(),
  /** Of a correction: what the drawer was changed by, negative too. */
  sum: wire.balance,
  payments: z.array(wire.payment),
  number: z.int().nullable(),
  uid: z.string().nullable(),
  shift: z.int().nullable(),
})

/** A row of the list of receipts; `returned`: what has become of a sale, null: nothing has. */
export const operationRow = operationBrief.extend({
  returned: z.enum(['annulled', 'refunded', 'in-part']).nullable(),
})

/** How an operation ended without a person or against her word; stays until it was read. */
export const notice = z.object({
  id: wire.id,
  tone: z.enum(['green', 'amber', 'red']),
  code: z.enum(noticeCodes),
  facts,
})
export type Notice = z.output<typeof notice>

/** Facts that are separate because they fail apart. Moments, or null while not true. */
export const operationFacts = z.object({
  /** Approved by the bank; null: not, or nothing of it goes through the bank. */
  paid: wire.at.nullable(),
  fiscalised: wire.at.nullable(),
  /** Stored at the operator, by its signature (V2); null: none was shown yet. */
  stored: z.boolean().nullable(),
  printed: wire.at.nullable(),
})

export const operationView = operationBrief.extend({
  document: wire.fiscalDocument.nullable(),
  change: wire.sum,
  facts: operationFacts,
  may: z.array(verb),
  /** The number that its document was to get, as the operator is asked; null: it is but guessed. */
  expected: z.int().nullable(),
  /** What the cashier is told of this state, and the step that helps; null when all is well. */
  message: z.object({ code: z.string(), facts }).nullable(),
  notice: notice.nullable(),
  /** What of a sale has come back; `annulment` is its document. Null: nothing has. */
  undone: z.object({ sum: wire.sum, annulment: z.int().nullable() }).nullable(),
  /** Why discounts were given (N10): on lines, from 0; null: on the whole receipt. */
  reasons: z.array(z.object({ line: z.int().nullable(), reason: z.string(), sum: wire.sum })),
  /** The drawer before an emergency correction, and the device's cash; null: it is none. */
  correction: z.object({ cash: wire.balance, skoCash: wire.balance }).nullable(),
  /** What goes through the bank; null: nothing does. */
  card: z
    .object({
      sum: wire.sum,
      /** Until when the reader waits for a card; null: it does not. */
      waits: wire.at.nullable(),
      /** The bank is being asked. */
      isAsked: z.boolean(),
      masked: z.string().nullable(),
      rrn: z.string().nullable(),
      auth: z.string().nullable(),
      code: z.string().nullable(),
    })
    .nullable(),
})
export type OperationBrief = z.output<typeof operationBrief>
export type OperationRow = z.output<typeof operationRow>
export type OperationView = z.output<typeof operationView>

export const goods = z.object({
  id: z.int(),
  name: z.string(),
  /** EAN-13 or the shop's own five-digit code of weighed goods. */
  code: z.string().nullable(),
  price: wire.sum,
  vat: wire.vatRate,
  unit: wire.unit,
  group: z.string(),
  marking: wire.marking,
  colour: wire.tileColour,
  picture: wire.pictureHash.nullable(),
})
export type Goods = z.output<typeof goods>

/** The standing facts that every screen shows. */
export const status = z.object({
  issuer: wire.issuer.nullable(),
  now: wire.at,
  version: z.string(),
  /** Another one after every step: lists and facts that were read before it may have changed. */
  revision: z.int(),
  shift: z.object({ number: z.int(), openedAt: wire.at, mustClose: z.boolean() }).nullable(),
  /** The drawer's balance. */
  cash: wire.balance,
  /** What was in a replaced device's drawer and is to be deposited; below 0: to be withdrawn. */
  carried: wire.balance,
  /** The operator has retired the device, and nothing stands in its place yet. */
  retired: z.boolean(),
  sko: z.enum(['connected', 'away']),
  /** Whose last answer failed its check: he may be another than he seems (V1). */
  distrusted: z.array(z.enum(neighbours)),
  /** Whose documents are others than ours: no document is made until that is put right (V3). */
  diverged: z.enum(divergences).nullable(),
  /** What the operator has laid on the register, in force or known ahead; the earliest first. */
  measures: z.array(wire.standingMeasure),
  /** Documents not yet at the operator; null while the device has not told. */
  unsent: z.object({ count: z.int(), oldestAt: wire.at.nullable() }).nullable(),
  printer: z.object({ waiting: z.int(), fault: z.string().nullable() }),
  /** Why documents do not go, and what helps (S5.3); null while all is well. */
  upload: z
    .object({
      cause: z.enum([
        'no-internet',
        'operator-silent',
        'operator-rejects',
        'operator-distrusted',
        'operator-diverged',
        'operator-forgot',
        'unclear',
        'waiting',
      ] as const),
      /** Of the operator's refusal; null: it is none, or it names none. */
      code: z.string().nullable(),
      /** Something beyond the shop was asked whether there is internet. */
      isProbed: z.boolean(),
      /** From the fifth day: when fiscal work will stop (S5.4). */
      stopsAt: wire.at.nullable(),
      stopped: z.boolean(),
    })
    .nullable(),
  /** Operations that stop other fiscal work: a dialog S1.1, or a red receipt. */
  open: z.array(wire.id),
  notices: z.array(notice),
  /** Cards are taken. */
  terminal: z.boolean(),
  /** Operations are cleared up without a person (S3.2). */
  clearing: z.boolean(),
  paperLanguage,
  cashCount: cashCounting,
  blindCount: z.boolean(),
  marking: markScope,
  /** Receipts by mail: whether they are sent, those on their way, and those that were not sent. */
  letters: z.object({
    are: z.enum(['on', 'off', 'no-server']),
    waiting: z.int(),
    failed: z.int(),
    /** The newest receipt of those; null: there is none. */
    failing: wire.id.nullable(),
  }),
  /** Null: this till has no billing, or was never told. */
  billing: billingView.nullable(),
  /** Null: this till takes no updates from the office. */
  update: updateView.nullable(),
  /** Receipts that were put aside and wait. */
  parked: z.int(),
  /** Another one after every change of a price. */
  prices: z.int(),
})
export type Status = z.output<typeof status>

const none = z.object({})
const byId = z.object({ id: wire.id })
export const registerApi = {
  ...setupEndpoints,
  ...peopleEndpoints,
  ...stockEndpoints,
  ...actEndpoints,
  ...importEndpoints,
  ...parkedEndpoints,
  ...letterEndpoints,
  ...discountEndpoints,
  ...unitEndpoints,
  status: endpoint({
    route: 'GET /api/status',
    right: 'signed-in',
    input: none,
    reply: status,
    refusals: [],
  }),
  facts: endpoint({
    route: 'GET /api/facts',
    right: 'signed-in',
    input: none,
    reply: registerFacts,
    refusals: [],
  }),
  goods: endpoint({
    route: 'GET /api/goods',
    right: 'signed-in',
    input: z.object({
      search: z.string().max(128).optional(),
      group: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(50),
    }),
    reply: z.object({ goods: z.array(goods) }),
    refusals: [],
  }),
  goodsGroups: endpoint({
    route: 'GET /api/goods-groups',
    right: 'signed-in',
    input: none,
    reply: z.object({ groups: z.array(z.object({ name: z.string(), count: z.int() })) }),
    refusals: [],
  }),
  /** What goods cost now; null: they are sold no more. */
  pricesNow: endpoint({
    route: 'POST /api/prices',
    right: 'signed-in',
    input: z.object({ goods: z.array(z.int().positive()).max(500) }),
    reply: z.object({
      prices: z.array(z.object({ goods: z.int(), price: wire.sum.nullable() })),
    }),
    refusals: [],
  }),
  goodsByCode: endpoint({
    route: 'GET /api/goods/:code',
    right: 'signed-in',
    input: z.object({ code: z.string().min(1).max(512) }),
    /** `quantity`: of a scale's label, or one piece; null: it has to be weighed. */
    reply: z.object({ goods, quantity: wire.quantity.nullable() }),
    refusals: ['goods.unknown'],
  }),
  begin: endpoint({
    route: 'POST /api/operations',
    right: { field: 'kind', rights: rightOfKind },
    input: operationRequest,
    reply: operationView,
    refusals: fiscalRefusals,
  }),
  /** Lets the receipt pass as it stands, whoever sells it in this shift. */
  grant: endpoint({
    route: 'POST /api/grants',
    right: 'sale',
    input: grantRequest,
    reply: z.object({ grant: grantId }),
    refusals: ['shift.closed', 'grant.void', 'pin.wrong', 'pin.locked', 'receipt.sold'],
  }),
  /** N10: a second person lends the right that one request needs, by her PIN on the spot. */
  lend: endpoint({
    route: 'POST /api/lent-rights',
    right: 'signed-in',
    input: lendRequest,
    reply: z.object({ lent: grantId }),
    refusals: ['pin.wrong', 'pin.locked', 'operation.differs'],
  }),
  operations: endpoint({
    route: 'GET /api/operations',
    right: 'signed-in',
    input: receiptFilter.extend({
      /** Opaque: `next` of the page before. */
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ operations: z.array(operationRow), next: z.int().nullable() }),
    refusals: [],
  }),
  /** Whoever has ever made a receipt. */
  receiptCashiers: endpoint({
    route: 'GET /api/receipt-cashiers',
    right: 'signed-in',
    input: none,
    reply: z.object({ cashiers: z.array(z.string()) }),
    refusals: [],
  }),
  operation: endpoint({
    route: 'GET /api/operations/:id',
    right: 'signed-in',
    input: byId,
    reply: operationView,
    refusals: ['operation.unknown'],
  }),
  continue: endpoint({
    route: 'POST /api/operations/:id/continue',
    right: 'signed-in',
    input: byId,
    reply: operationView,
    refusals: fiscalRefusals,
  }),
  giveUp: endpoint({
    route: 'POST /api/operations/:id/give-up',
    right: 'red.resolve',
    input: byId,
    reply: operationView,
    refusals: fiscalRefusals,
  }),
  evidence: endpoint({
    route: 'GET /api/operations/:id/evidence',
    right: 'red.resolve',
    input: byId,
    reply: evidence,
    refusals: ['operation.unknown'],
  }),
  confirm: endpoint({
    route: 'POST /api/operations/:id/confirm',
    right: 'red.resolve',
    input: z.object({
      id: wire.id,
      number: z.union([z.string().max(16), z.int()]).transform(String),
      /** “DD.MM.YYYY HH:MM[:SS]”, Minsk time. */
      at: z.string().max(32),
      uid: z.string().max(64),
    }),
    reply: operationView,
    refusals: ['operation.unknown', 'verb.not-now', ...claimRefusals],
  }),
  deny: endpoint({
    route: 'POST /api/operations/:id/deny',
    right: 'red.resolve',
    input: byId,
    reply: operationView,
    refusals: ['operation.unknown', 'verb.not-now', 'deny.exists', 'deny.unsent'],
  }),
  /** The operator's signed answer, brought by a person (C2b): it decides as the operator does. */
  answer: endpoint({
    route: 'POST /api/operations/:id/answer',
    right: 'red.resolve',
    input: z.object({ id: wire.id, answer: z.string().min(1).max(4000) }),
    reply: operationView,
    refusals: [
      'operation.unknown',
      'verb.not-now',
      ...answerRefusals,
      ...claimRefusals,
      'deny.exists',
    ],
  }),
  cancelCard: endpoint({
    route: 'POST /api/operations/:id/cancel-card',
    right: 'signed-in',
    input: byId,
    reply: operationView,
    refusals: ['operation.unknown', 'verb.not-now'],
  }),
  cancelUnfinished: endpoint({
    route: 'POST /api/operations/:id/cancel-unfinished',
    right: 'red.resolve',
    input: byId,
    reply: operationView,
    refusals: ['operation.unknown', 'verb.not-now', 'cancel.exists'],
  }),
  acknowledge: endpoint({
    route: 'POST /api/operations/:id/acknowledge',
    right: 'signed-in',
    input: byId,
    reply: none,
    refusals: ['operation.unknown'],
  }),
  refundable: endpoint({
    route: 'GET /api/operations/:id/refundable',
    // Whoever has to ask for the right sees what she asks for.
    right: 'signed-in',
    input: byId,
    reply: z.object({
      lines: z.array(refundable),
      /** What is left of the money, by the means it came by. */
      payments: z.array(wire.payment),
      /** A refund that may turn out to have a document keeps its share until it is checked. */
      unproved: z.boolean(),
    }),
    refusals: ['operation.unknown', 'basis.wrong'],
  }),
  correct: endpoint({
    route: 'POST /api/corrections',
    right: 'correct',
    input: correctionRequest,
    reply: operationView,
    refusals: correctionRefusals,
  }),
  ...cardEndpoints,
  ...billingEndpoints,
  ...updateEndpoints,
  ...cashUpEndpoints,
  ...tradeEndpoints,
  ...equipmentEndpoints,
  ...paperEndpoints,
  ...backupEndpoints,
  ...settingEndpoints,
  copy: endpoint({
    route: 'POST /api/operations/:id/copy',
    right: 'signed-in',
    input: byId,
    reply: z.object({ job: z.int() }),
    refusals: ['operation.unknown'],
  }),
  xReport: endpoint({
    route: 'POST /api/reports/x',
    right: { lendable: 'report' },
    input: xReportRequest,
    reply: z.object({
      report: wire.counters,
      cash: wire.balance,
      /** In the drawer at the shift's opening; null: its document was not seen. */
      start: wire.balance.nullable(),
      unsent: z.int().nullable(),
      /** Receipts put aside, and operations whose outcome is not known. */
      parked: z.int(),
      red: z.array(wire.id),
      at: wire.at,
      issuer: wire.issuer,
      cashier: z.string(),
    }),
    refusals: ['shift.closed', 'sko.away'],
  }),
}

/** What the register answers beside its contract, and to whom. */
export const registerRoutes = {
  ...actRoutes,
  ...supportRoutes,
  'GET /api/events': 'signed-in',
  'GET /api/exports/trade': 'report',
  'GET /api/openapi.json': 'public',
  'GET /metrics': 'public',
  'GET /health': 'public',
  ...importRoutes,
  ...pictureRoutes,
} as const satisfies Record<string, Access>

/** GET /api/events: `status` is sent on any change of it, `operation` on any step of one. */
export const registerEvents = { status, operation: operationView }
