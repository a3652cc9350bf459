import type { Say } from './say.ts'

const why: Readonly<Record<string, string>> = {
  damaged: 'она повреждена',
  journal: 'её журнал операций не сходится',
  acts: 'её журнал действий не сходится',
  newer: 'её сделала более новая версия кассы',
  full: 'на диске нет места',
}

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
  'backup.broken': ({ fault }) => ({
    message: `Эта копия не годится: ${why[fault ?? ''] ?? 'она не читается'}`,
    next: 'Выберите другую копию',
  }),
  'backup.busy': () => ({
    message: 'Операция ещё не закончена',
    next: 'Закончите операции и красные чеки и повторите',
  }),
  'backup.shift-open': () => ({
    message: 'Смена открыта',
    next: 'Закройте смену, затем вернитесь к копии',
  }),
  'backup.outdated': () => ({
    message: 'Пока вы читали, в кассе появилось новое',
    next: 'Проверьте копию ещё раз',
  }),
  'backup.own-folder': () => ({
    message: 'В этой папке касса держит свою память и первые копии',
    next: 'Назовите папку на другом диске, например на флешке',
  }),
  'backup.no-folder': () => ({
    message: 'Такой папки нет',
    next: 'Вставьте носитель и проверьте путь',
  }),
} satisfies Record<string, Say>
