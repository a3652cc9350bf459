import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { billingStates } from '../billing/state.ts'
import { tillStates } from '../card/till-report.ts'
import { financialKindNames } from '../iso8583/fields.ts'
import { endpoint } from './contract.ts'
import { keyChanges } from './key-changes.ts'
import * as wire from './wire.ts'

// The office's billing, as tills ask it.

/** What the office answers beside its contracts; the cabinet's page is public too. */
export const officeRoutes = {
  'GET /health': 'public',
  'GET /metrics': 'public',
  // What tills update themselves from: known by its signatures.
  'GET /releases/metadata/:name': 'public',
  'GET /releases/archives/:name': 'public',
} as const satisfies Record<string, Access>

/** Of a till, as it stands on its plate and in its contract. */
export const equipmentSerial = wire.shownText(40)
/** Numbers parted by dots, as `isOlder` compares them. */
export const version = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,3}$/)
export const unp = z.string().regex(/^[A-Z\d]{9}$/)
/** A short name, which orders and entries carry. */
export const tariffId = z.string().regex(/^[a-z0-9-]{1,32}$/)
/** A calendar day in Minsk. */
export const day = z.iso.date()

/** See core/billing/lease.ts. */
export const signedLease = z.object({
  lease: z.object({
    says: z.literal('lease'),
    serial: z.string().max(40),
    unp,
    state: z.enum(billingStates),
    account: z.string().max(20).nullable(),
    endsOn: day.nullable(),
    issued: wire.at,
    until: wire.at,
    counter: z.int().positive(),
    nonce: wire.nonce,
  }),
  ...wire.signedBy,
})

/** How many of a till's operations are told at once. */
export const REPORTED_AT_ONCE = 400

/** See core/card/till-report.ts. */
export const tillDocument = z.object({
  device: wire.device,
  number: z.int().positive(),
  uid: wire.uid,
  at: wire.at,
})
const tillWord = z.object({
  operation: wire.id,
  kind: z.enum(financialKindNames),
  at: wire.at,
  receipt: z.int().min(0).max(2_147_483_647),
  sum: wire.sum,
  state: z.enum(tillStates),
  document: tillDocument.nullable(),
})
const journalPlace = z.object({ seq: z.int().positive(), hash: wire.hash })

/** For tills: what they hear is known by the office's signature. */
export const officeApi = {
  keyChanges,
  lease: endpoint({
    route: 'POST /api/lease',
    right: 'public',
    input: z.object({
      serial: equipmentSerial,
      /** Of the shop, as it is set up at the till. */
      unp,
      version,
      nonce: wire.nonce,
      /** The last answer that the till holds: an office that was put back learns of it so. */
      held: signedLease.optional(),
    }),
    reply: signedLease,
    refusals: [],
  }),
  /** What became of operations with a card, by the till's own journal (0054). */
  report: endpoint({
    route: 'POST /api/reports',
    right: 'public',
    input: z.object({
      report: z.object({
        says: z.literal('report'),
        serial: equipmentSerial,
        unp,
        terminal: z.string().max(8),
        after: journalPlace.nullable(),
        upTo: journalPlace.nullable(),
        words: z.array(tillWord).max(REPORTED_AT_ONCE),
        stored: wire.proof.nullable(),
        at: wire.at,
      }),
      /** The public half of the till's own key, PEM, and its signature of `tillReportText`. */
      key: z.string().max(200),
      signature: z.string().max(200),
    }),
    /** `taken`: by this or by a request before it; `held`: where the office goes on from. */
    reply: z.object({ taken: z.boolean(), held: journalPlace.nullable() }),
    refusals: ['report.unproven'],
  }),
}
