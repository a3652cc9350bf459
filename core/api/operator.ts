import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { staffEvidence } from '../operator/statement.ts'
import { isPrintable } from '../printable.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import { keyChanges, MOST_KEY_CHANGES, signedKeyChange } from './key-changes.ts'
import { pairing } from './operator-enrolment.ts'
import * as wire from './wire.ts'

// The operator: ingest for devices, outcome for registers. The cabinet has a contract of its own.

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
    /** Only of a retired device. */
    sealed: z.int().min(0).nullable().default(null),
  }),
  ...wire.signedBy,
})

/** A word of the operator's people about one operation, see core/operator/statement.ts. */
const staffWordProof = z.object({
  statement: z.object({
    says: z.literal('answer'),
    device,
    registerNumber: z.int().positive(),
    asked: z.object({
      by: z.literal('operation'),
      operation: wire.id,
      expected: z.int().positive().nullable(),
    }),
    verdict: z.enum(['done', 'never']),
    document: z
      .object({
        operation: wire.id.nullable(),
        kind: wire.kind,
        number: z.int().positive(),
        at: wire.at,
        uid: wire.uid,
        sum: wire.sum,
      })
      .nullable(),
    before: z.null(),
    at: wire.at,
    staff: z.object({ evidence: z.enum(staffEvidence), by: z.string().min(1).max(128) }),
  }),
  ...wire.signedBy,
})

/** See core/operator/statement.ts. */
export const measuresProof = z.object({
  statement: z.object({
    says: z.literal('measures'),
    device,
    registerNumber: z.int().positive(),
    measures: z.array(wire.measure).max(20),
    at: wire.at,
    nonce,
  }),
  ...wire.signedBy,
})

/** See core/operator/statement.ts. */
export const retiredProof = z.object({
  statement: z.object({
    says: z.literal('retired'),
    device,
    registerNumber: z.int().positive(),
    number: z.int().min(0),
    hash,
    at: wire.at,
    successor: z
      .object({
        device,
        publicKey: z.string().max(200),
        agreement: z.string().max(200).nullable(),
      })
      .nullable(),
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
  keyChanges,
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
      'device.retired',
    ],
  }),
  head: endpoint({
    route: 'GET /api/devices/:device/head',
    right: 'public',
    input: z.object({ device, nonce: nonce.optional() }),
    reply: z.object(proven),
    refusals: ['device.unknown'],
  }),
  /** Which keys have followed the device's first, all of them, the oldest first (0049). */
  followKeys: endpoint({
    route: 'POST /api/devices/:device/keys',
    right: 'public',
    input: z.object({ device, changes: z.array(signedKeyChange).min(1).max(MOST_KEY_CHANGES) }),
    reply: z.object({}),
    refusals: ['device.unknown', 'seal.broken'],
  }),
  /** What a device tells of itself (core/operator/report.ts), signed by its key; for people. */
  report: endpoint({
    route: 'POST /api/devices/:device/report',
    right: 'public',
    input: z.object({
      device,
      number: z.int().min(0).max(2_147_483_647),
      oldestUnsentAt: wire.at.nullable(),
      version: z.string().min(1).max(32).refine(isPrintable, told('unprintable')),
      at: wire.at,
      /** Of `reportText`, base64. */
      signature: z.string().max(200),
    }),
    reply: z.object({}),
    refusals: ['device.unknown', 'seal.broken'],
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
      z.object({
        verdict: z.literal('cannot-tell'),
        proof: outcomeProof.optional(),
        word: staffWordProof.optional(),
      }),
    ]),
    refusals: ['device.unknown'],
  }),
  /**
   * Whether the device was retired, where its chain is sealed, and what stands in its place;
   * without a proof it is at work. `pairing`: what shows the register's till to that one.
   */
  succession: endpoint({
    route: 'GET /api/devices/:device/succession',
    right: 'public',
    input: z.object({ device, nonce }),
    reply: z.object({ proof: retiredProof.nullable(), pairing: pairing.nullable() }),
    refusals: ['device.unknown'],
  }),
  /**
   * What stands against the register, in force or ahead, for its till alone; a refused one is told
   * the operator's moment, for a till whose clock differs. Once a till asks so, nobody is answered
   * without its key.
   */
  askMeasures: endpoint({
    route: 'POST /api/devices/:device/measures',
    right: 'public',
    input: z.object({
      device,
      nonce,
      at: wire.at,
      /** Red receipts of the till, and when the oldest was begun. */
      red: z.int().min(0).max(1_000_000),
      redSince: wire.at.nullable(),
      /** Of `questionText`, by the till's own key, base64. */
      signature: z.string().max(200),
    }),
    reply: z.object({ proof: measuresProof.optional() }),
    refusals: ['device.unknown', 'till.unproven'],
  }),
  /** The same as tills of versions before ask it, and those that were enrolled by hand. */
  measures: endpoint({
    route: 'GET /api/devices/:device/measures',
    right: 'public',
    input: z.object({ device, nonce }),
    reply: z.object({ proof: measuresProof.optional() }),
    refusals: ['device.unknown', 'till.unproven'],
  }),
}
