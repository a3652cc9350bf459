import { backupsBe } from './backups/be.ts'
import { backupsEn } from './backups/en.ts'
import { type BackupsWords, backupsRu } from './backups/ru.ts'
import type { InEvery } from './language.ts'

export const backupsWords: InEvery<BackupsWords> = {
  ru: backupsRu,
  be: backupsBe,
  en: backupsEn,
}
