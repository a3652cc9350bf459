import { z } from 'zod'
import { officeRights, operatorRights, registerRights } from '../access/rights.ts'
import { billingNames } from '../billing/lease.ts'
import * as wire from './wire.ts'

// What is said travels as a code and the facts it speaks of; words are made where they are read
// (R25, core/words).

/** Why, where a code alone does not tell. */
export const reasons = [
  // of a refund or an annulment
  'not-sale',
  'not-made',
  'not-checked',
  'not-by-card',
  'other-shift',
  'no-such-goods',
  'worthless',
  'too-much-by-card',
  // of what was typed about a document
  'other-number',
  'other-moment',
  'other-document',
  'other-uid',
  'other-register',
  'known-uid',
  'known-number',
  'too-low',
  'begun-later',
  'not-yet-come',
  // of what was found
  'discrepancy',
  'bank-unknown',
  'unproved',
  'disproved',
  'not-in-register',
  // of a receipt that needs a right
  'other-price',
  'not-in-catalogue',
  'over-limit',
  // of rights that one would give
  'not-yours',
  // of a device
  'last-is-no-sale',
  'drawer-full',
  // of those who ask without having signed in
  'cabinet',
  'bank',
] as const
export type Reason = (typeof reasons)[number]

/** The step that helps, where a code alone does not tell. */
export const steps = [
  'connect-sko',
  'wait-seconds',
  'ask-operator',
  'ask-bank',
  'money-later',
  'undoing-later',
  'nothing',
  'nothing-check-counters',
  'nothing-other-means',
  'will-be-checked',
  'document-to-come',
  'check-counters',
  'check-line',
  'check-line-or-cash',
  'again',
  'remove-cause',
  'refund-instead',
  'call-bank',
  'other-card',
  'correct',
  'wait-window',
  'call-operator',
] as const
export type HelpStep = (typeof steps)[number]

/** One flat bag: each fact stands in it where there is something to say of it. */
export const facts = z
  .object({
    kind: wire.listedKind,
    sum: wire.balance,
    /** What the bank moved in its place; null: nothing in roubles. */
    told: wire.balance.nullable(),
    /** Of a document. */
    number: z.int(),
    /** The number that was to come. */
    expected: z.int(),
    at: wire.at,
    waitMs: z.int().min(0),
    /** Unsent documents; null: never heard. */
    unsent: z.int().nullable(),
    /** Of a receipt, from 0. */
    line: z.int().min(0),
    by: z.enum(['sko', 'operator', 'bank', 'person']),
    means: z.array(wire.meansName),
    /** Number of a personal account at the office. */
    account: z.string(),
    /** Serial number of a till. */
    serial: z.string(),
    /** How it stands with billing, where that forbids. */
    billing: z.enum(billingNames),
    /** Register number. */
    register: z.int(),
    /** Serial number of a device. */
    device: z.string(),
    /** Of goods, of a fault, of an address: what is called by it. */
    name: z.string(),
    /** Of goods, of a bank's answer. */
    code: z.string(),
    /** What was wanting, and who has it. */
    right: z.enum([...registerRights, ...operatorRights, ...officeRights]),
    holders: z.array(z.string()),
    field: z.string(),
    /** Of core/sko/faults.ts or of core/api/field-fault.ts. */
    fault: z.string(),
    limit: z.number(),
    options: z.array(z.string()),
    reason: z.enum(reasons),
    step: z.enum(steps),
    /** Who of the operator's people decided. */
    person: z.string(),
    /** Somebody else's words: a person's reason, a foreign device's, an old line of the journal. */
    said: z.string(),
  })
  .partial()
export type Facts = z.output<typeof facts>
