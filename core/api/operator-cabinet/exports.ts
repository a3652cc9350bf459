import { z } from 'zod'
import type { Access } from '../../access/rights.ts'
import { cabinetDocumentsApi } from './documents.ts'

/** Files that the cabinet makes beside its contract: `?as=csv` or `?as=xlsx`, filtered as lists. */
export const cabinetRoutes = {
  'GET /api/exports/documents': 'signed-in',
} as const satisfies Record<string, Access>

/** The filter of the list, and the form of the file. */
export const documentsExport = cabinetDocumentsApi.documents.input
  .omit({ before: true, limit: true })
  .extend({ as: z.enum(['csv', 'xlsx']) })
