import { z } from 'zod'
import { isMailAddress, LONGEST_MAIL_ADDRESS } from '../mail-address.ts'
import { letterStates } from '../register/letter.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// Receipts that customers get by mail (N13), a part of the register's contract.

const mailAddress = z
  .string()
  .trim()
  .max(LONGEST_MAIL_ADDRESS)
  .refine(isMailAddress, told('mail-address'))

export const letterView = z.object({
  /** Of the letter. */
  letter: wire.id,
  at: wire.at,
  state: z.enum(letterStates),
  attempts: z.int(),
  /** When it is tried again; null: it is not. */
  nextAt: wire.at.nullable(),
  /** What the server said, or the line to it; null: nothing. */
  said: z.string().nullable(),
  /** While it is on its way, and for a day where it failed; null: it is forgotten. */
  email: z.string().nullable(),
})
export type LetterView = z.output<typeof letterView>

export const letterEndpoints = {
  letters: endpoint({
    route: 'GET /api/operations/:id/letters',
    right: 'signed-in',
    input: z.object({ id: wire.id }),
    /** The newest first. */
    reply: z.object({ letters: z.array(letterView) }),
    refusals: ['operation.unknown'],
  }),
  sendLetter: endpoint({
    route: 'POST /api/operations/:id/letters',
    right: 'signed-in',
    input: z.object({
      id: wire.id,
      /** Names the letter: asked for again by it, it is the same one. */
      letter: wire.id,
      email: mailAddress,
    }),
    reply: letterView,
    refusals: ['operation.unknown', 'letter.off', 'letter.no-receipt', 'letter.many'],
  }),
  /** Tries now what was not sent, whatever the reason was. */
  resendLetter: endpoint({
    route: 'POST /api/operations/:id/letters/again',
    right: 'signed-in',
    input: z.object({ id: wire.id, letter: wire.id }),
    reply: letterView,
    refusals: ['letter.off', 'letter.unknown', 'letter.forgotten'],
  }),
}
