import { z } from 'zod'
import { clientRoleNames } from '../../access/roles.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'
import { newPassword } from './own.ts'

const none = z.object({})
const email = z.email().max(128)
const role = z.enum(clientRoleNames)
const token = z.string().min(20).max(64)

/** People of a client: who they are, what each may, and how they come and go. */
export const cabinetPeopleApi = {
  people: endpoint({
    route: 'GET /api/people',
    right: 'client.people',
    input: none,
    reply: z.object({
      people: z.array(z.object({ email: z.string(), role, disabled: z.boolean() })),
      invitations: z.array(z.object({ email: z.string(), role, until: wire.at })),
    }),
    refusals: [],
  }),
  /** Whoever has the invitation sets a password: the answer holds it, and mail where any goes. */
  invite: endpoint({
    route: 'POST /api/people',
    right: 'client.people',
    input: z.object({ email, role }),
    reply: z.object({ token, until: wire.at, mailed: z.boolean() }),
    refusals: ['person.known'],
  }),
  changePerson: endpoint({
    route: 'PUT /api/people/:email',
    right: 'client.people',
    input: z.object({ email, role, disabled: z.boolean() }),
    reply: none,
    refusals: ['person.unknown', 'owner.last'],
  }),
  withdrawInvitation: endpoint({
    route: 'DELETE /api/people/:email/invitation',
    right: 'client.people',
    input: z.object({ email }),
    reply: none,
    refusals: ['person.unknown'],
  }),
  clientInvitation: endpoint({
    route: 'POST /api/client-invitations/look',
    right: 'public',
    input: z.object({ token }),
    reply: z.object({ email: z.string(), client: z.string(), role }),
    refusals: ['invitation.void'],
  }),
  joinClient: endpoint({
    route: 'POST /api/client-invitations/accept',
    right: 'public',
    input: z.object({ token, password: newPassword }),
    reply: z.object({ email: z.string() }),
    refusals: ['invitation.void'],
  }),
}
