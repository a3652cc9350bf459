import type { Say } from './say.ts'

/** Refusals about copies of the register's memory. */
export const backupRefusalsRu = {
  'backup.unknown': () => ({
    message: 'Такой копии уже нет',
    next: 'Обновите список',
  }),
  'backup.foreign': () => ({
    message: 'Эта копия другой кассы',
    next: 'Не возвращайтесь к ней: в ней чужие операции',
  }),
  'backup.no-folder': () => ({
    message: 'Такой папки нет',
    next: 'Вставьте носитель и проверьте путь',
  }),
} satisfies Record<string, Say>
