import { z } from 'zod'
import { MOST_FOOTER_LINES, MOST_HEADER_LINES } from '../document/print.ts'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// What the shop puts on its customers' papers beside what the law does (K4), a part of the
// register's contract.

// The widest paper has so many characters in a line; narrower paper breaks it.
const line = wire.shownText(48)

export const paperLines = z.object({
  /** Above the requisites, and below all that a document says. */
  header: z.array(line).max(MOST_HEADER_LINES),
  footer: z.array(line).max(MOST_FOOTER_LINES),
})
export type PaperLines = z.output<typeof paperLines>

export const paperEndpoints = {
  paperLines: endpoint({
    route: 'GET /api/paper-lines',
    right: 'settings.edit',
    input: z.object({}),
    reply: paperLines,
    refusals: [],
  }),
  /** For what is begun from now on: papers of before keep theirs, repeats and copies too. */
  changePaperLines: endpoint({
    route: 'PUT /api/paper-lines',
    right: 'settings.edit',
    input: paperLines,
    reply: paperLines,
    refusals: [],
  }),
}
