import { z } from 'zod'
import { grantId } from './operation-request.ts'
import * as wire from './wire.ts'

// What a correction and an X-report are asked for by.

export const correctionRequest = z.object({
  id: wire.id,
  /** The discrepancy that was shown: another one now is refused. */
  discrepancy: wire.balance,
})

export const xReportRequest = z.object({
  /** What it is called where the right to it is lent: that is for one report. */
  id: wire.id.optional(),
  lent: grantId.optional(),
})
