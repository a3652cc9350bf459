import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { fileColumns } from '../goods/file-columns.ts'
import { MOST_COLUMNS, rowFaults } from '../goods/file-row.ts'
import { tableFaults } from '../goods/table-fault.ts'
import { endpoint } from './contract.ts'
import { goodsFields, goodsForm } from './register-stock.ts'
import * as wire from './wire.ts'

// Goods out of a file and into one (K2), a part of the register's contract. The file itself comes
// beside it, as bytes: see `importRoutes`.

const place = z
  .int()
  .min(0)
  .max(MOST_COLUMNS - 1)
/** Where each column stands in a row, from 0; what the file does not tell is not there. */
const columns = z.partialRecord(z.enum(fileColumns), place)

const unsaid = goodsForm.pick({ group: true, unit: true, vat: true })

/** How a file is to be read. */
export const importAsked = z.object({
  /** By hand; without them the heads are asked. */
  columns: columns.optional(),
  /** The first row is goods already. */
  isHeadless: z.boolean().default(false),
  /** What new goods are where the file does not tell it. */
  unsaid,
})

export const importStates = ['stored', 'reading', 'failed', 'read', 'applying', 'done'] as const
const counts = z.object({ new: z.int(), changed: z.int(), same: z.int(), bad: z.int() })
export type ImportCounts = z.output<typeof counts>

const importView = z.object({
  id: z.string(),
  /** As the person's file is called. */
  file: z.string(),
  state: z.enum(importStates),
  /** What is wrong with the file as a whole, and about where. */
  failed: z.object({ fault: z.enum(tableFaults), line: z.int().optional() }).nullable(),
  /** The row of heads, and the columns that it is read by. */
  heads: z.array(z.string()),
  columns,
  isHeadless: z.boolean(),
  unsaid: unsaid.nullable(),
  /** While it is read; whatever is known by then. */
  counts,
  /** Rows to write, and those that are written. */
  written: z.object({ done: z.int(), total: z.int() }),
  /** It does not go on: there is no room on the disk. It will by itself. */
  isStuck: z.boolean(),
})
export type ImportView = z.output<typeof importView>

const rowFault = z.object({
  field: z.enum(fileColumns),
  fault: z.enum(rowFaults),
  said: z.string().optional(),
  name: z.string().optional(),
  line: z.int().optional(),
})
/** A row that cannot be taken: `line` of the file, from 1. */
export const faultyRow = z.object({
  line: z.int(),
  name: z.string(),
  faults: z.array(rowFault),
})
export type FaultyRow = z.output<typeof faultyRow>

const fields = goodsFields.partial()
/** A row that makes other goods of some that are there; what stays is not told. */
export const changedRow = z.object({
  line: z.int(),
  name: z.string(),
  before: fields,
  after: fields,
})
export type ChangedRow = z.output<typeof changedRow>

const byId = z.object({ id: wire.id })
const page = byId.extend({ after: z.coerce.number().int().min(0).max(1_000_000).optional() })
/** `next`: what the next page comes after. */
const paged = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.int().nullable() })

export const importEndpoints = {
  readImport: endpoint({
    route: 'POST /api/imports/:id/reading',
    right: 'goods.edit',
    input: importAsked.extend({ id: wire.id }),
    reply: importView,
    refusals: ['import.unknown', 'import.running'],
  }),
  import: endpoint({
    route: 'GET /api/imports/:id',
    right: 'goods.edit',
    input: byId,
    reply: importView,
    refusals: ['import.unknown'],
  }),
  /** Calls off what is being read, or forgets what was; what is being written goes on. */
  cancelImport: endpoint({
    route: 'DELETE /api/imports/:id',
    right: 'goods.edit',
    input: byId,
    reply: z.object({}),
    refusals: ['import.running'],
  }),
  importFaults: endpoint({
    route: 'GET /api/imports/:id/faults',
    right: 'goods.edit',
    input: page,
    reply: paged(faultyRow),
    refusals: ['import.unknown'],
  }),
  importChanges: endpoint({
    route: 'GET /api/imports/:id/changes',
    right: 'goods.edit',
    input: page,
    reply: paged(changedRow),
    refusals: ['import.unknown'],
  }),
  /** All of it or nothing: once this is answered, it is carried out whatever happens. */
  applyImport: endpoint({
    route: 'POST /api/imports/:id/application',
    right: 'goods.edit',
    input: byId,
    reply: importView,
    refusals: [
      'import.unknown',
      'import.running',
      'import.not-read',
      'import.has-faults',
      'import.stale',
    ],
  }),
}

/** Files that go beside the contract. `POST`: bytes, `?name=` of the file; `GET`: `?as=`. */
export const importRoutes = {
  'POST /api/imports': 'goods.edit',
  'GET /api/exports/goods': 'goods.edit',
} as const satisfies Record<string, Access>

export const uploadQuery = z.object({ name: wire.shownText(200) })
/** As its answer is read: the request itself is the file's bytes. */
export const uploadEndpoint = endpoint({
  route: 'POST /api/imports',
  right: 'goods.edit',
  input: uploadQuery,
  reply: z.object({ id: z.string() }),
  refusals: ['import.no-room'],
})
export const exportQuery = z.object({ as: z.enum(['csv', 'xlsx']) })
