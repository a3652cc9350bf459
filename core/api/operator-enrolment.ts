import { z } from 'zod'
import { enrolmentKinds } from '../operator/enrolment.ts'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// The device authorization grant (RFC 8628): what a device asks of the operator before it is known
// there. See core/operator/enrolment.ts for the texts that are signed.

/** A public key, PEM. */
const publicKey = z.string().max(200)
const signature = z.string().max(200)
const serial = z.string().regex(/^[A-Za-z0-9-]{4,20}$/)
/** Opaque; it names the request and opens nothing: each poll is proved by the device's key. */
const request = z.string().min(8).max(64)
const waitMs = z.int().min(0)

/** The operator's signed word on which till works with a device, see core/operator/statement.ts. */
export const pairing = z.object({
  statement: z.object({
    says: z.literal('paired'),
    device: wire.device,
    registerNumber: z.int(),
    till: wire.device,
    agreement: publicKey,
    at: wire.at,
  }),
  ...wire.signedBy,
})

/** Where a till asks for leases, and by which keys it believes them. */
export const officeAddress = z.object({ url: z.url().max(300), keys: z.string().max(20_000) })
export type OfficeAddress = z.output<typeof officeAddress>

/** What a device or a till is told once it is enrolled. */
export const enrolled = z.object({
  registerNumber: z.int(),
  company: z.string(),
  unp: z.string(),
  place: z.string(),
  address: z.string(),
  /** The operator's public keys, PEM, one after the other. */
  operatorKeys: z.string().max(20_000),
  /** The last number that the operator holds of the device. */
  number: z.int().min(0),
  /** For a device: the last shift of the one that it replaces, to be counted on from; 0: none. */
  lastShift: z.int().min(0).default(0),
  /** Where billing is, and its public keys, PEM; null: the operator names none. */
  office: officeAddress.nullable().default(null),
  /** For a till: its device, and what shows that device that it is its till. */
  till: z
    .object({
      device: z.object({ serial: wire.device, publicKey, agreement: publicKey }),
      pairing,
    })
    .nullable(),
})
export type EnrolledView = z.output<typeof enrolled>

/** How far whoever asks to be enrolled has come: what it shows to people meanwhile. */
export const enrolling = z.object({
  state: z.enum(['asking', 'waiting', 'refused', 'unreachable', 'rejected']),
  serial: z.string(),
  /** What a person types, and where; null: there is no code to show. */
  code: z.string().nullable(),
  cabinet: z.string().nullable(),
  /** How long the code is good yet. */
  lifeMs: z.int().min(0),
  /** Why it cannot be enrolled: the code of a refusal. */
  why: z.string().nullable(),
})
export type Enrolling = z.output<typeof enrolling>

export const enrolmentApi = {
  /** Asked again by the same key it is the same request, with the same code while that is good. */
  requestEnrolment: endpoint({
    route: 'POST /api/enrolment',
    right: 'public',
    input: z.object({
      kind: z.enum(enrolmentKinds),
      serial,
      publicKey,
      /** The public half of the key of agreement. */
      agreement: publicKey,
      /** Of `requestText`, by the private half of `publicKey`, base64. */
      signature,
    }),
    reply: z.object({
      request,
      /** What a person types in the cabinet: two groups of four letters; null: nobody has to. */
      code: z.string().max(20).nullable(),
      /** Where the cabinet is. */
      cabinet: z.string().max(300),
      /** How long the code is good from now on, and how long to rest before the first poll. */
      lifeMs: z.int().min(0),
      waitMs,
    }),
    refusals: ['enrolment.unproven', 'enrolment.taken'],
  }),
  pollEnrolment: endpoint({
    route: 'POST /api/enrolment/poll',
    right: 'public',
    input: z.object({
      request,
      /** A number that grows with each poll. */
      poll: z.int().min(1).max(2_147_483_647),
      /** Of `pollText`, base64. */
      signature,
    }),
    reply: z.discriminatedUnion('state', [
      z.object({ state: z.literal('pending'), waitMs }),
      z.object({ state: z.literal('slow-down'), waitMs }),
      z.object({ state: z.literal('refused') }),
      z.object({ state: z.literal('expired') }),
      z.object({ state: z.literal('confirmed'), enrolled }),
    ]),
    refusals: ['enrolment.unknown', 'enrolment.unproven'],
  }),
}
