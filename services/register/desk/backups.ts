import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { backupEndpoints } from '#core/api/register-backup.ts'
import { isFolder } from '../links/copying.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

/** Copies of the register's memory (K5): made, listed, checked, and where else they go. */
export function backupHandlers({
  backups,
  settings,
}: Register): Handlers<typeof backupEndpoints, SignedIn> {
  return {
    backups: async () => done(backups.view()),
    makeBackup: async (_, { person }) => done(backups.begin(person.user)),
    checkBackup: (asked) => backups.check(asked),
    returnToBackup: ({ place, name, operations, goods }, { person }) =>
      backups.returnTo({ place, name }, { operations, goods }, person.user),
    readBackupReturn: async () => done(backups.read()),
    chooseBackupFolder: async ({ folder }, { person }) => {
      if (folder !== null && !isFolder(folder)) {
        return refused('backup.no-folder', {}, { field: 'folder' })
      }
      if (folder !== null && backups.isOwn(folder)) {
        return refused('backup.own-folder', {}, { field: 'folder' })
      }
      const isApart = folder !== null && backups.isApart(folder)
      settings.setBackupFolder(folder === null ? null : { path: folder, isApart }, person.user)
      return done(backups.view())
    },
  }
}
