import type { backupRefusalsRu } from './backups-ru.ts'
import type { Say } from './say.ts'

const why: Readonly<Record<string, string>> = {
  damaged: 'яна пашкоджана',
  journal: 'яе журнал аперацый не сыходзіцца',
  acts: 'яе журнал дзеянняў не сыходзіцца',
  newer: 'яе зрабіла навейшая версія касы',
  full: 'на дыску няма месца',
}

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
  'backup.broken': ({ fault }) => ({
    message: `Гэта копія не падыходзіць: ${why[fault ?? ''] ?? 'яна не чытаецца'}`,
    next: 'Выберыце іншую копію',
  }),
  'backup.busy': () => ({
    message: 'Аперацыя яшчэ не скончана',
    next: 'Скончыце аперацыі і чырвоныя чэкі і паўтарыце',
  }),
  'backup.shift-open': () => ({
    message: 'Змена адкрыта',
    next: 'Закрыйце змену, потым вярніцеся да копіі',
  }),
  'backup.outdated': () => ({
    message: 'Пакуль вы чыталі, у касе з’явілася новае',
    next: 'Праверце копію яшчэ раз',
  }),
  'backup.own-folder': () => ({
    message: 'У гэтай папцы каса трымае сваю памяць і першыя копіі',
    next: 'Назавіце папку на іншым дыску, напрыклад на флэшцы',
  }),
  'backup.no-folder': () => ({
    message: 'Такой папкі няма',
    next: 'Устаўце носьбіт і праверце шлях',
  }),
}
