import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { documentMarks } from '../operator/ingest.ts'
import { parseTypedTime } from '../time.ts'
import { languages } from '../words/language.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// The operator: ingest for devices, outcome for registers, the cabinet for people.

export const submitted = wire.sealed.extend({ number: z.int().positive() })

const { device, hash, nonce } = wire

/** See core/operator/statement.ts. */
const outcomeProof = z.object({
  statement: z.object({
    says: z.literal('outcome'),
    device,
    operation: wire.id,
    expected: z.int().positive(),
    verdict: z.enum(['done', 'never', 'cannot-tell']),
    hash: hash.nullable(),
    before: hash.nullable(),
    at: wire.at,
    nonce,
  }),
  ...wire.signedBy,
})

/** Missing where somebody answers who is not the operator, or is one of an older version. */
const proven = {
  /** Everything up to this number is stored for ever; for devices of an older version. */
  acknowledged: z.int().min(0),
  proof: wire.proof.optional(),
}

/** What the operator answers beside its contracts; the cabinet's page is public too. */
export const operatorRoutes = {
  'GET /health': 'public',
  'GET /metrics': 'public',
} as const satisfies Record<string, Access>

/** For devices and registers: what they send is known by the device's own signature (R20). */
export const operatorApi = {
  submit: endpoint({
    route: 'POST /api/devices/:device/documents',
    right: 'public',
    input: z.object({
      device,
      documents: z.array(submitted).min(1).max(200),
      /** The operator's last acknowledgement: an operator that was put back learns of it so. */
      held: wire.proof.optional(),
    }),
    reply: z.object(proven),
    refusals: [
      'device.unknown',
      'document.gap',
      'document.diverges',
      'document.chain',
      'seal.broken',
      'register.blocked',
    ],
  }),
  head: endpoint({
    route: 'GET /api/devices/:device/head',
    right: 'public',
    input: z.object({ device, nonce: nonce.optional() }),
    reply: z.object(proven),
    refusals: ['device.unknown'],
  }),
  /** R2: `done`, or «cannot tell»; `never` only once the head has passed the number expected. */
  outcome: endpoint({
    route: 'GET /api/devices/:device/outcome/:operation',
    right: 'public',
    input: z.object({
      device,
      operation: wire.id,
      /** Only compared with what is held: any whole number. */
      expected: z.coerce.number().int().positive(),
      nonce: nonce.optional(),
    }),
    /** The verdict stands in the proof, for whoever can check it, and beside it for the rest. */
    reply: z.discriminatedUnion('verdict', [
      z.object({
        verdict: z.literal('done'),
        sealed: wire.sealed,
        proof: outcomeProof.optional(),
      }),
      z.object({ verdict: z.literal('never'), proof: outcomeProof.optional() }),
      z.object({ verdict: z.literal('cannot-tell'), proof: outcomeProof.optional() }),
    ]),
    refusals: ['device.unknown'],
  }),
}

const marks = z.array(z.enum(documentMarks))

/** What cannot be read of a document is null (R29). */
export const documentBrief = z.object({
  device: z.string(),
  registerNumber: z.int(),
  number: z.int(),
  shift: z.int().nullable(),
  kind: wire.kind.nullable(),
  at: wire.at,
  sum: wire.sum.nullable(),
  uid: z.string(),
  cashier: z.string().nullable(),
  marks,
})
export type DocumentBrief = z.output<typeof documentBrief>

const none = z.object({})
const language = z.enum(languages)
const isTime = (text: string): boolean => parseTypedTime(text) !== null

/** `language`: what the account chose to read; null: it never did. */
const session = z.object({
  email: z.string(),
  role: z.enum(['client', 'staff']),
  client: z.string(),
  language: language.nullable(),
})

/** The operator's cabinet. A client sees its own registers alone. */
export const operatorCabinetApi = {
  signIn: endpoint({
    route: 'POST /api/session',
    right: 'public',
    input: z.object({ email: z.string().max(128), password: z.string().min(1).max(128) }),
    reply: session,
    refusals: ['password.wrong', 'password.locked'],
  }),
  session: endpoint({
    route: 'GET /api/session',
    right: 'signed-in',
    input: none,
    reply: session,
    refusals: [],
  }),
  signOut: endpoint({
    route: 'DELETE /api/session',
    right: 'signed-in',
    input: none,
    reply: none,
    refusals: [],
  }),
  /** The language that the account reads from now on. */
  chooseLanguage: endpoint({
    route: 'PUT /api/session/language',
    right: 'signed-in',
    input: z.object({ language }),
    reply: session,
    refusals: [],
  }),
  registers: endpoint({
    route: 'GET /api/registers',
    right: 'signed-in',
    input: none,
    reply: z.object({
      registers: z.array(
        z.object({
          device: z.string(),
          registerNumber: z.int(),
          place: z.string(),
          address: z.string(),
          /** Last document stored, when it was made, and when the device was last heard. */
          number: z.int(),
          lastAt: wire.at.nullable(),
          heardAt: wire.at.nullable(),
          /** Why the operator takes nothing of it; null: it does. */
          blocked: z.string().nullable(),
          /** The device signed documents that contradict those stored. */
          forked: z.boolean(),
          /** The operator's own store was put back: it acknowledged more than it holds. */
          forgotten: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  block: endpoint({
    route: 'PUT /api/registers/:register/block',
    right: 'register.block',
    input: z.object({
      register: wire.rowNumber,
      reason: wire.shownText(500),
    }),
    reply: none,
    refusals: ['register.unknown'],
  }),
  unblock: endpoint({
    route: 'DELETE /api/registers/:register/block',
    right: 'register.block',
    input: z.object({ register: wire.rowNumber }),
    reply: none,
    refusals: ['register.unknown'],
  }),
  documents: endpoint({
    route: 'GET /api/documents',
    right: 'signed-in',
    input: z.object({
      device: z.string().max(20).optional(),
      kind: wire.kind.optional(),
      /** Calendar day in Minsk, YYYY-MM-DD. */
      day: z.iso.date().optional(),
      /** Time of that day, “HH:MM” or “HH:MM:SS”: the whole minute, or the second. */
      time: z.string().max(16).refine(isTime, told('time')).optional(),
      number: wire.rowNumber.optional(),
      /** The first digits of it are enough; case and spaces do not matter. */
      uid: z.string().max(40).optional(),
      /** Kopecks. */
      sum: z.coerce.number().int().min(0).optional(),
      /** Opaque: `next` of the page before. */
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ documents: z.array(documentBrief), next: z.string().nullable() }),
    refusals: [],
  }),
  document: endpoint({
    route: 'GET /api/documents/:uid',
    right: 'signed-in',
    input: z.object({ uid: wire.uid }),
    reply: z.object({
      /** Null: it cannot be read, its bytes are all there is. */
      document: wire.fiscalDocument.nullable(),
      body: z.string(),
      number: z.int(),
      uid: z.string(),
      hash: z.string(),
      signature: z.string(),
      storedAt: wire.at,
      marks,
    }),
    refusals: ['document.unknown'],
  }),
  /** What speaks against a device or the operator itself: staff see all, a client its own. */
  evidence: endpoint({
    route: 'GET /api/evidence',
    right: 'signed-in',
    input: none,
    reply: z.object({
      /** Documents with a true seal in place of others that are stored, the newest first. */
      forks: z.array(
        z.object({
          device: z.string(),
          number: z.int(),
          code: z.string(),
          uid: z.string(),
          hash: z.string(),
          signature: z.string(),
          body: z.string(),
          /** Hash of the document that is stored under the number; null: none is. */
          stored: z.string().nullable(),
          seenAt: wire.at,
        }),
      ),
      /** The operator's own acknowledgements of what it did not hold when they were shown to it. */
      forgotten: z.array(
        z.object({ device: z.string(), number: z.int(), held: z.int(), seenAt: wire.at }),
      ),
      marked: z.array(z.object({ device: z.string(), number: z.int(), uid: z.string(), marks })),
    }),
    refusals: [],
  }),
}
