import type { backupRefusalsRu } from './backups-ru.ts'
import type { Say } from './say.ts'

const why: Readonly<Record<string, string>> = {
  damaged: 'it is damaged',
  journal: 'its journal of operations does not hold',
  acts: 'its journal of acts does not hold',
  newer: 'a later version of the till made it',
  full: 'the disk is full',
}

/** Refusals about copies of the register's memory. */
export const backupRefusalsEn: Record<keyof typeof backupRefusalsRu, Say> = {
  'backup.unknown': () => ({
    message: 'There is no such copy any more',
    next: 'Load the list again',
  }),
  'backup.foreign': () => ({
    message: 'This copy is another till’s',
    next: 'Do not return to it: its operations are not yours',
  }),
  'backup.broken': ({ fault }) => ({
    message: `This copy cannot be used: ${why[fault ?? ''] ?? 'it cannot be read'}`,
    next: 'Choose another copy',
  }),
  'backup.busy': () => ({
    message: 'An operation is not over yet',
    next: 'End the operations and red receipts, and try again',
  }),
  'backup.shift-open': () => ({
    message: 'The shift is open',
    next: 'Close the shift, then return to the copy',
  }),
  'backup.outdated': () => ({
    message: 'Something new came into the till while you read',
    next: 'Check the copy again',
  }),
  'backup.own-folder': () => ({
    message: 'In this folder the till keeps its own memory and the first copies',
    next: 'Name a folder on another disk, a stick say',
  }),
  'backup.no-folder': () => ({
    message: 'There is no such folder',
    next: 'Put the stick in and check the path',
  }),
}
