import { z } from 'zod'
import { enrolmentKinds } from '../../operator/enrolment.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const none = z.object({})
const code = z.string().max(40)

/** A register, and what is enrolled for it: serial numbers; null: nothing is. */
export const enrolmentPlace = z.object({
  registerNumber: z.int(),
  unp: z.string(),
  company: z.string(),
  place: z.string(),
  address: z.string(),
  device: z.string().nullable(),
  /** Documents that the device told of and the operator lacks; null: it never told. */
  unsent: z.int().nullable(),
  till: z.string().nullable(),
})

/** Connecting a device or a till by the code that it shows. A client does so for its own alone. */
export const cabinetEnrolmentApi = {
  /** What asks behind a code; a wrong one is counted, whoever it is of. */
  lookUpEnrolment: endpoint({
    route: 'POST /api/codes/look-up',
    right: 'device.enrol',
    input: z.object({ code }),
    reply: z.object({
      kind: z.enum(enrolmentKinds),
      serial: z.string(),
      /** Where the request came from, and how long ago. */
      address: z.string(),
      ageMs: z.int().min(0),
    }),
    refusals: ['enrolment.code', 'enrolment.guessed'],
  }),
  confirmEnrolment: endpoint({
    route: 'POST /api/codes/confirm',
    right: 'device.enrol',
    input: z.object({
      code,
      /** As it was looked up: what asks behind the code may be another by now. */
      serial: z.string().max(20),
      register: wire.rowNumber,
      /** Serial number of what stands there and is to give way. */
      replaces: z.string().max(20).optional(),
      /** Why a device gives way: it is retired by this. */
      reason: wire.shownText(500).optional(),
    }),
    reply: none,
    refusals: [
      'enrolment.code',
      'enrolment.guessed',
      'enrolment.no-device',
      'enrolment.occupied',
      'enrolment.taken',
      'register.unknown',
    ],
  }),
  refuseEnrolment: endpoint({
    route: 'POST /api/codes/refuse',
    right: 'device.enrol',
    input: z.object({ code }),
    reply: none,
    refusals: ['enrolment.code', 'enrolment.guessed'],
  }),
  /** Ends a device's work: its chain is sealed at its head. Again it changes nothing. */
  retireDevice: endpoint({
    route: 'POST /api/devices/:device/retirement',
    right: 'device.enrol',
    input: z.object({ device: wire.device, reason: wire.shownText(500) }),
    reply: z.object({
      /** The last number that the operator holds, and will ever take. */
      number: z.int(),
      /** Documents behind it that the device told of; null: it never told. */
      unsent: z.int().nullable(),
    }),
    refusals: ['device.unknown'],
  }),
  /** Registers that the account may connect something to, by number, 50 at most. */
  enrolmentPlaces: endpoint({
    route: 'GET /api/codes/places',
    right: 'device.enrol',
    input: z.object({
      /** The first digits of a number; without them from the first one on. */
      number: z
        .string()
        .regex(/^\d{0,9}$/)
        .default(''),
    }),
    reply: z.object({ places: z.array(enrolmentPlace) }),
    refusals: [],
  }),
}
