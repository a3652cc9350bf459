import type { Access } from '../../access/rights.ts'
import { fileForm } from '../file-form.ts'
import { cabinetDocumentsApi } from './documents.ts'

/** Files that the cabinet makes beside its contract: `?as=csv` or `?as=xlsx`, filtered as lists. */
export const cabinetRoutes = {
  'GET /api/exports/documents': 'documents.export',
} as const satisfies Record<string, Access>

/** The filter of the list, and the form of the file. */
export const documentsExport = cabinetDocumentsApi.documents.input
  .omit({ before: true, limit: true })
  .extend({ as: fileForm })
