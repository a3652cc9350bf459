import { z } from 'zod'
import { registerStates } from '../../operator/health.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const states = z.array(z.enum(registerStates))
const search = z.string().trim().max(64).optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)
/** Opaque: `next` of the page before. */
const after = z.string().max(64).optional()
const unp = z.string().max(9)

/** As the device tells of itself: for people alone. Null: it never told. */
export const reported = {
  unsent: z.int().min(0).nullable(),
  oldestUnsentAt: wire.at.nullable(),
  version: z.string().nullable(),
}

/** Red receipts, as the till tells of them by its own key. Null: it never told, or has none. */
export const redTold = { red: z.int().min(0).nullable(), redSince: wire.at.nullable() }

const device = z.object({
  device: z.string(),
  /** Last document stored, and when it was made. */
  number: z.int(),
  lastAt: wire.at.nullable(),
  heardAt: wire.at.nullable(),
  /** How long the last document had been on its way, in milliseconds; null: there is none. */
  delayMs: z.int().min(0).nullable(),
  ...reported,
})

const register = z.object({
  registerNumber: z.int(),
  unp: z.string(),
  company: z.string(),
  place: z.string(),
  address: z.string(),
  states,
  ...redTold,
})
export type FleetRegister = z.output<typeof register>

const listed = register.extend({ device: device.nullable() })
export type ListedRegister = z.output<typeof listed>

/** All clients and all registers, for the operator's people (C2). */
export const cabinetFleetApi = {
  clients: endpoint({
    route: 'GET /api/clients',
    right: 'clients.read',
    input: z.object({
      /** A beginning of the UNP, or any part of the name. */
      search,
      after,
      limit,
    }),
    reply: z.object({
      clients: z.array(z.object({ unp: z.string(), company: z.string(), registers: z.int() })),
      next: z.string().nullable(),
    }),
    refusals: [],
  }),
  fleet: endpoint({
    route: 'GET /api/fleet',
    right: 'clients.read',
    input: z.object({
      /** A beginning of register number, serial or UNP, or any part of company, place, address. */
      search,
      state: z.enum(registerStates).optional(),
      unp: unp.optional(),
      after,
      limit,
    }),
    reply: z.object({
      registers: z.array(listed),
      next: z.string().nullable(),
      /** The operator's moment: of it all ages are counted. */
      asOf: wire.at,
    }),
    refusals: [],
  }),
  fleetRegister: endpoint({
    route: 'GET /api/fleet/:register',
    right: 'clients.read',
    input: z.object({ register: wire.rowNumber }),
    reply: register.extend({
      asOf: wire.at,
      devices: z.array(
        device.extend({
          /** Of the last document. */
          hash: z.string(),
          /** SHA-256 of its public key, DER in hex. */
          key: z.string(),
          forks: z.int(),
          forgotten: z.int(),
          marked: z.int(),
          /** When its chain was sealed, by whom and why; null: it is at work. */
          retired: z.object({ at: wire.at, person: z.string(), reason: z.string() }).nullable(),
        }),
      ),
    }),
    refusals: ['register.unknown'],
  }),
}
