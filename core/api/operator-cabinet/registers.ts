import { z } from 'zod'
import { LONGEST_REASON } from '../../operator/measure.ts'
import { LAST_MOMENT } from '../../time.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'
import { redTold, reported } from './fleet.ts'

const none = z.object({})
const byRegister = z.object({ register: wire.rowNumber })
const moment = wire.at.max(LAST_MOMENT)
/** In force from now, or from `from` where that is later; up to `till`, or until it is lifted. */
const laidOn = byRegister.extend({
  reason: wire.shownText(LONGEST_REASON),
  from: moment.optional(),
  till: moment.nullable().optional(),
})

/**
 * Of the kind: that of this number; else what is in force, and with `ahead` what is ahead too.
 * Without `ahead`, as programs of before ask: what is in force, or where nothing is what is ahead.
 */
const lifted = byRegister.extend({
  measure: wire.rowNumber.optional(),
  ahead: z.boolean().optional(),
  /** Why it is lifted is written down. */
  reason: wire.shownText(LONGEST_REASON).optional(),
})

/** Registers, and what the operator does about them. */
export const cabinetRegistersApi = {
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
          ...reported,
          ...redTold,
          /** Why the operator takes nothing of it; null: it does. */
          blocked: z.string().nullable(),
          /** What the operator has laid on it: in force, or known ahead; the earliest first. */
          measures: z.array(wire.standingMeasure),
          /** The device signed documents that contradict those stored. */
          forked: z.boolean(),
          /** The operator's own store was put back: it acknowledged more than it holds. */
          forgotten: z.boolean(),
        }),
      ),
      /** The operator's moment: of it all ages are counted. */
      asOf: wire.at,
    }),
    refusals: [],
  }),
  /** All that was ever laid on a register, the last first. Who did it, staff alone are told. */
  measures: endpoint({
    route: 'GET /api/registers/:register/measures',
    right: 'signed-in',
    input: byRegister,
    reply: z.object({
      measures: z.array(
        wire.measure.extend({
          id: z.int(),
          state: z.enum(['ahead', 'in-force', 'over', 'lifted']),
          setBy: z.string().nullable(),
          setAt: wire.at,
          liftedBy: z.string().nullable(),
          liftedAt: wire.at.nullable(),
        }),
      ),
    }),
    refusals: ['register.unknown'],
  }),
  /** C2a: takes the place of the warning in force; with a date ahead it stands beside it. */
  warn: endpoint({
    route: 'PUT /api/registers/:register/warning',
    right: 'register.warn',
    input: laidOn,
    reply: none,
    refusals: ['register.unknown', 'measures.many'],
  }),
  unwarn: endpoint({
    route: 'DELETE /api/registers/:register/warning',
    right: 'register.warn',
    input: lifted,
    reply: none,
    refusals: ['register.unknown'],
  }),
  block: endpoint({
    route: 'PUT /api/registers/:register/block',
    right: 'register.block',
    input: laidOn,
    reply: none,
    refusals: ['register.unknown', 'measures.many'],
  }),
  unblock: endpoint({
    route: 'DELETE /api/registers/:register/block',
    right: 'register.block',
    input: lifted,
    reply: none,
    refusals: ['register.unknown'],
  }),
}
