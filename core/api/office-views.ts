import { z } from 'zod'
import { endpoint } from './contract.ts'
import { transactionsFilter } from './office-trade.ts'
import * as wire from './wire.ts'

// Filters of the transactions that somebody keeps under names: her own, whatever company she is of.

const view = z.object({ id: z.int(), name: z.string(), filter: transactionsFilter })
export type SavedView = z.output<typeof view>

/** So many views one may keep. */
export const MOST_VIEWS = 20

const views = z.object({ views: z.array(view) })
const name = wire.shownText(60)

export const viewsApi = {
  views: endpoint({
    route: 'GET /api/views',
    right: 'signed-in',
    input: z.object({}),
    /** By name. */
    reply: views,
    refusals: [],
  }),
  saveView: endpoint({
    route: 'POST /api/views',
    right: 'signed-in',
    input: z.object({ name, filter: transactionsFilter }),
    reply: views,
    refusals: [],
  }),
  renameView: endpoint({
    route: 'PUT /api/views/:view',
    right: 'signed-in',
    input: z.object({ view: wire.rowNumber, name }),
    reply: views,
    refusals: [],
  }),
  /** Removed twice it is removed. */
  removeView: endpoint({
    route: 'DELETE /api/views/:view',
    right: 'signed-in',
    input: z.object({ view: wire.rowNumber }),
    reply: views,
    refusals: [],
  }),
}
