import { z } from 'zod'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// Copies of the register's memory (K5), a part of the register's contract.

/** Where copies lie: beside the memory, or in a folder that the shop has named, a stick's say. */
export const backupPlaces = ['own', 'outer'] as const
/**
 * Why there is no copy that can be relied on. `missing`: the folder, or the stick behind it, is not
 * there; `damaged`, `journal`, `acts`: it does not stand the check, by its pages or by a chain;
 * `newer`: a later version of the till has made it.
 */
export const backupFaults = [
  'missing',
  'full',
  'denied',
  'damaged',
  'journal',
  'acts',
  'newer',
  'failed',
] as const
export type BackupPlace = (typeof backupPlaces)[number]
export type BackupFault = (typeof backupFaults)[number]

const fault = z.enum(backupFaults)
const place = z.enum(backupPlaces)

export const backupCopy = z.object({
  /** Its name in its folder. */
  name: z.string(),
  place,
  at: wire.at,
  bytes: z.int(),
  /** What its last check found, of the bytes that lie there; null: it was not checked yet. */
  proof: z
    .object({
      at: wire.at,
      fault: fault.nullable(),
      /** The last that it knows of. */
      until: wire.at,
      /** It is another till's. */
      isForeign: z.boolean(),
    })
    .nullable(),
})
export type BackupCopy = z.output<typeof backupCopy>

/** What the register's memory would be without, were the copy put in its place. */
export const backupLoss = z.object({
  operations: z.int(),
  receipts: z.int(),
  /** Operations among them with a document, which the device and the operator keep. */
  documents: z.int(),
  /** Operations among them that the bank knows of. */
  cards: z.int(),
  /** Goods that are new, or cost something else by now. */
  goods: z.int(),
  /** Other lines of the journal of acts. */
  acts: z.int(),
  /** When the last of all these was; null: nothing would be lost. */
  lastAt: wire.at.nullable(),
  /** The last moment that both know; what came after is lost. */
  since: wire.at,
  /** Operations that the copy has and the memory has not: after a return to an older copy. */
  beyond: z.int(),
})
export type BackupLoss = z.output<typeof backupLoss>

/** A return to a copy, as it came out. */
export const backupReturn = z.object({
  at: wire.at,
  by: z.string(),
  /** Of the copy. */
  name: z.string(),
  /** The copy in which all that was there before is kept; null: nothing was changed. */
  kept: z.string().nullable(),
  /** Null: nothing was changed. */
  loss: backupLoss.nullable(),
})
export type BackupReturn = z.output<typeof backupReturn>

export const backupsView = z.object({
  /** A copy is being made. */
  running: z.boolean(),
  /** The newest first; each stood its check when it was made. */
  copies: z.array(backupCopy),
  /** The second folder; null: there is none. */
  folder: z.string().nullable(),
  /** It lies on another disk than the register's memory. */
  isApart: z.boolean(),
  /** Why the last copy to a place was not made; null: it was, or none was tried. */
  faults: z.object({ own: fault.nullable(), outer: fault.nullable() }),
  /** The last return that nobody has read of yet. */
  returned: backupReturn.nullable(),
})
export type BackupsView = z.output<typeof backupsView>

const none = z.object({})
const copyNamed = z.object({ place, name: z.string().min(1).max(80) })

export const backupEndpoints = {
  backups: endpoint({
    route: 'GET /api/backups',
    right: 'backup',
    input: none,
    reply: backupsView,
    refusals: [],
  }),
  /** Begins a copy; one that is under way already is that copy. */
  makeBackup: endpoint({
    route: 'POST /api/backups',
    right: 'backup',
    input: none,
    reply: backupsView,
    refusals: [],
  }),
  /** Checks a copy as it lies there now, and says what a return to it would lose. */
  checkBackup: endpoint({
    route: 'POST /api/backups/check',
    right: 'backup',
    input: copyNamed,
    reply: z.object({ fault: fault.nullable(), loss: backupLoss.nullable() }),
    refusals: ['backup.unknown', 'backup.foreign'],
  }),
  /**
   * Puts a copy in the memory's place: what was there is kept as a copy, and the register begins
   * anew. `operations` and `goods`: what she was told is lost; refused where it is more by now.
   */
  returnToBackup: endpoint({
    route: 'POST /api/backups/return',
    right: 'backup',
    input: copyNamed.extend({ operations: z.int().min(0), goods: z.int().min(0) }),
    reply: z.object({}),
    refusals: [
      'backup.unknown',
      'backup.foreign',
      'backup.broken',
      'backup.busy',
      'backup.shift-open',
      'backup.outdated',
    ],
  }),
  /** Whoever reads what a return has lost says so. */
  readBackupReturn: endpoint({
    route: 'POST /api/backups/returned/read',
    right: 'backup',
    input: none,
    reply: backupsView,
    refusals: [],
  }),
  /** An absolute path, such as a stick's mount point; null: copies lie beside the memory alone. */
  chooseBackupFolder: endpoint({
    route: 'PUT /api/backups/folder',
    right: 'backup',
    input: z.object({
      folder: z
        .string()
        .max(200)
        .regex(/^\/[^\0]*$/)
        .nullable(),
    }),
    reply: backupsView,
    refusals: ['backup.no-folder', 'backup.own-folder'],
  }),
}
