import { z } from 'zod'
import { staffRoleNames } from '../../access/roles.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const none = z.object({})
const staffRole = z.enum(staffRoleNames)
const emailText = z.string().trim().toLowerCase().max(128)
const byEmail = z.object({ email: emailText })
/** Why; it stays in the audit trail. */
const because = byEmail.extend({ reason: wire.shownText(500) })
const invited = z.object({ token: z.string(), until: wire.at })

const person = z.object({
  email: z.string(),
  /** Null: none yet, and so no right. */
  staffRole: staffRole.nullable(),
  disabledAt: wire.at.nullable(),
  secondFactor: z.boolean(),
  /** Until when an invitation can be taken up; null: none is out. */
  invitedUntil: wire.at.nullable(),
  sessions: z.int(),
  lastSignedInAt: wire.at.nullable(),
})
export type StaffPerson = z.output<typeof person>

/** The operator's own people (R26). */
export const cabinetStaffApi = {
  staff: endpoint({
    route: 'GET /api/staff',
    right: 'staff.edit',
    input: none,
    reply: z.object({ people: z.array(person) }),
    refusals: [],
  }),
  /** The answer's token is for the person alone, to choose a password by. */
  inviteStaff: endpoint({
    route: 'POST /api/staff',
    right: 'staff.edit',
    input: z.object({ email: emailText.regex(/^[^@\s]+@[^@\s]+$/), staffRole }),
    reply: invited,
    refusals: ['account.exists'],
  }),
  changeStaff: endpoint({
    route: 'PUT /api/staff/:email',
    right: 'staff.edit',
    input: because.extend({ staffRole }),
    reply: none,
    refusals: ['staff.unknown', 'staff.last'],
  }),
  disableStaff: endpoint({
    route: 'PUT /api/staff/:email/disabled',
    right: 'staff.edit',
    input: because,
    reply: none,
    refusals: ['staff.unknown', 'staff.last'],
  }),
  enableStaff: endpoint({
    route: 'DELETE /api/staff/:email/disabled',
    right: 'staff.edit',
    input: because,
    reply: none,
    refusals: ['staff.unknown'],
  }),
  endStaffSessions: endpoint({
    route: 'DELETE /api/staff/:email/sessions',
    right: 'staff.edit',
    input: because,
    reply: none,
    refusals: ['staff.unknown'],
  }),
  /** A new way to choose a password, for whoever has forgotten hers; earlier ones end. */
  reinviteStaff: endpoint({
    route: 'POST /api/staff/:email/invitation',
    right: 'staff.edit',
    input: because,
    reply: invited,
    refusals: ['staff.unknown'],
  }),
  /** For whoever has lost her authenticator and her recovery codes. */
  resetStaffFactor: endpoint({
    route: 'DELETE /api/staff/:email/second-factor',
    right: 'staff.edit',
    input: because,
    reply: none,
    refusals: ['staff.unknown'],
  }),
  /** Chooses a password by the token of an invitation, which ends by that; so do all sessions. */
  acceptInvitation: endpoint({
    route: 'POST /api/invitation',
    right: 'public',
    input: z.object({ token: z.string().max(64), password: z.string().min(10).max(128) }),
    reply: z.object({ email: z.string() }),
    refusals: ['invitation.unknown'],
  }),
}
