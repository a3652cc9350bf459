import { z } from 'zod'
import { pinFault } from '../access/pin.ts'
import { registerRights } from '../access/rights.ts'
import { roleNames } from '../access/roles.ts'
import { languages } from '../words/language.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// Who may work here, a part of the register's contract.

export const role = z.enum(roleNames)
const language = z.enum(languages)

/** A usual role by its name here, one of the shop's own by the name that the shop gave it. */
const roleName = z.string().min(1).max(64)
const typedPin = z.string().min(1).max(16)
/** A PIN that somebody chooses: none that others try first (K3). */
export const chosenPin = z.string().superRefine((pin, { addIssue }) => {
  const fault = pinFault(pin)
  if (fault) addIssue(Object.assign({ code: 'custom' as const, input: pin }, told(fault)))
})

const roleRights = z.object({
  rights: z.array(z.enum(registerRights)).readonly(),
  /** How far the right of discounts goes, percent of the price. */
  discountPercent: z.int().min(0).max(100),
})

/** A role as whoever keeps the people sees it. */
export const roleRow = roleRights.extend({
  name: z.string(),
  /** Another one after every change; 0: as it usually is. */
  revision: z.int(),
  /** How many who work here have it. */
  people: z.int(),
})
export type RoleRow = z.output<typeof roleRow>

/** Somebody who works here, or did. */
export const personRow = z.object({
  name: z.string(),
  role: z.string(),
  /** Since when she may not sign in; null: she may. */
  disabledAt: wire.at.nullable(),
  /** Another one after every change: whoever changes her names the one that she saw. */
  revision: z.int(),
})
export type ShopPerson = z.output<typeof personRow>

/** Who has signed in, and what a page may offer her (R26). */
export const session = roleRights.extend({
  user: z.string(),
  role: z.string(),
  /** What she chose to read; null: she never did. */
  language: language.nullable(),
})

const none = z.object({})
const byName = z.object({ name: z.string().min(1).max(64) })
const seenPerson = byName.extend({ revision: z.int() })
const personRefusals = ['person.unknown', 'person.changed', 'people.last'] as const

export const peopleEndpoints = {
  users: endpoint({
    route: 'GET /api/users',
    right: 'public',
    input: none,
    reply: z.object({ users: z.array(z.object({ name: z.string(), role: z.string() })) }),
    refusals: [],
  }),
  signIn: endpoint({
    route: 'POST /api/session',
    right: 'public',
    input: z.object({ user: z.string().min(1).max(64), pin: typedPin }),
    reply: session,
    refusals: ['pin.wrong', 'pin.locked'],
  }),
  session: endpoint({
    route: 'GET /api/session',
    right: 'signed-in',
    input: none,
    reply: session,
    // Of a till that is nobody's yet: its page shows how it is connected.
    refusals: ['register.not-enrolled'],
  }),
  signOut: endpoint({
    route: 'DELETE /api/session',
    right: 'signed-in',
    input: none,
    reply: z.object({}),
    refusals: [],
  }),
  /** The language that she reads from now on, wherever she signs in. */
  chooseLanguage: endpoint({
    route: 'PUT /api/session/language',
    right: 'signed-in',
    input: z.object({ language }),
    reply: session,
    refusals: [],
  }),
  /** Everybody may choose another PIN: her other sessions end. */
  changeOwnPin: endpoint({
    route: 'PUT /api/session/pin',
    right: 'signed-in',
    input: z.object({ pin: typedPin, newPin: chosenPin }),
    reply: none,
    refusals: ['pin.wrong', 'pin.locked', 'pin.taken'],
  }),
  people: endpoint({
    route: 'GET /api/people',
    right: 'people.edit',
    input: none,
    reply: z.object({ people: z.array(personRow), roles: z.array(roleRow) }),
    refusals: [],
  }),
  addPerson: endpoint({
    route: 'POST /api/people',
    right: 'people.edit',
    input: z.object({ request: wire.id, name: wire.shownText(64), role: roleName, pin: chosenPin }),
    reply: personRow,
    refusals: ['person.exists', 'role.unknown', 'pin.taken', 'pin.locked'],
  }),
  /** Her sessions end; without `pin` she keeps hers. */
  changePerson: endpoint({
    route: 'PUT /api/people/:name',
    right: 'people.edit',
    input: seenPerson.extend({
      role: roleName,
      pin: chosenPin.optional(),
      /** What she is called from now on; what she did stays under the name of then. */
      newName: wire.shownText(64).optional(),
    }),
    reply: personRow,
    refusals: [...personRefusals, 'person.exists', 'role.unknown', 'pin.taken', 'pin.locked'],
  }),
  disablePerson: endpoint({
    route: 'PUT /api/people/:name/disabled',
    right: 'people.edit',
    input: seenPerson,
    reply: personRow,
    refusals: personRefusals,
  }),
  /** With a new PIN: the old one may be somebody's by now. */
  enablePerson: endpoint({
    route: 'DELETE /api/people/:name/disabled',
    right: 'people.edit',
    input: seenPerson.extend({ pin: chosenPin }),
    reply: personRow,
    refusals: [...personRefusals, 'pin.taken', 'pin.locked'],
  }),
  addRole: endpoint({
    route: 'POST /api/roles',
    right: 'people.edit',
    input: roleRights.extend({ request: wire.id, name: wire.shownText(64) }),
    reply: roleRow,
    refusals: ['role.exists'],
  }),
  /** One of the shop's own that nobody has. */
  removeRole: endpoint({
    route: 'DELETE /api/roles/:name',
    right: 'people.edit',
    input: z.object({ name: roleName, revision: z.int() }),
    reply: none,
    refusals: ['role.changed', 'role.in-use', 'role.usual'],
  }),
  /** Whoever has the role may what it says from her next call on. */
  changeRole: endpoint({
    route: 'PUT /api/roles/:name',
    right: 'people.edit',
    input: roleRights.extend({ name: roleName, revision: z.int() }),
    reply: roleRow,
    refusals: ['role.unknown', 'role.changed', 'people.last'],
  }),
}
