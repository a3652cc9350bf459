import type { backupRefusalsRu } from './backups-ru.ts'
import type { Say } from './say.ts'

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
  'backup.no-folder': () => ({
    message: 'There is no such folder',
    next: 'Put the stick in and check the path',
  }),
}
