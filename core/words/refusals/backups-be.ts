import type { backupRefusalsRu } from './backups-ru.ts'
import type { Say } from './say.ts'

/** Refusals about copies of the register's memory. */
export const backupRefusalsBe: Record<keyof typeof backupRefusalsRu, Say> = {
  'backup.unknown': () => ({
    message: 'Такой копіі ўжо няма',
    next: 'Абнавіце спіс',
  }),
  'backup.foreign': () => ({
    message: 'Гэта копія іншай касы',
    next: 'Не вяртайцеся да яе: у ёй чужыя аперацыі',
  }),
  'backup.no-folder': () => ({
    message: 'Такой папкі няма',
    next: 'Устаўце носьбіт і праверце шлях',
  }),
}
