import type { BackupFault, BackupPlace } from '../../api/register-backup.ts'

/** Why there is no copy, and what helps. */
type Faults = Record<BackupFault, { title: string; next: string }>

const faults: Faults = {
  missing: {
    title: 'Папки или носителя нет на месте',
    next: 'Вставьте носитель, на который делаются копии, и повторите.',
  },
  full: { title: 'На диске нет места', next: 'Освободите место или выберите другую папку.' },
  denied: {
    title: 'В папку нельзя писать',
    next: 'Разрешите программе кассы писать в неё или выберите другую.',
  },
  damaged: {
    title: 'Копия повреждена',
    next: 'Не полагайтесь на неё. Сделайте новую, лучше на другом носителе.',
  },
  journal: {
    title: 'Журнал операций в копии не сходится',
    next: 'Не полагайтесь на неё. Если так и с новой копией, позвоните в поддержку.',
  },
  acts: {
    title: 'Журнал действий в копии не сходится',
    next: 'Не полагайтесь на неё. Если так и с новой копией, позвоните в поддержку.',
  },
  failed: {
    title: 'Копия не получилась',
    next: 'Повторите. Если не выйдет, позвоните в поддержку.',
  },
}

const places: Record<BackupPlace, string> = { own: 'Касса', outer: 'Вторая папка' }

/** Copies of the register's memory (K5). */
export const backupsRu = {
  heading: 'Резервные копии',
  note: 'Копии памяти кассы и их проверка',
  byRight: 'Копии ведёт тот, у кого есть право «Резервные копии»',
  lead:
    'Раз в сутки, в тихую минуту, касса сама делает копию и сразу проверяет её. ' +
    'Копии хранятся две недели.',
  make: 'Сделать копию',
  making: 'Копия делается и проверяется…',
  folder: 'Вторая папка',
  folderHint: 'Например, флешка: /media/usb. Пустое поле — копии только в кассе',
  save: 'Сохранить',
  sameDisk: {
    title: 'Вторая папка лежит на том же диске, что и касса',
    next: 'Если диск сломается, пропадут и касса, и копии. Выберите папку на другом носителе.',
  },
  noSecond: {
    title: 'Копии лежат на том же диске, что и касса',
    next: 'Назовите вторую папку на другом носителе: так копии переживут поломку диска.',
  },
  columns: { at: 'Когда', place: 'Где', size: 'Размер', check: 'Проверка' },
  places,
  none: 'Копий пока нет',
  megabytes: (size: string) => `${size} МБ`,
  check: 'Проверить',
  checking: 'Проверяется…',
  whole: (day: string) => `Копия от ${day} цела`,
  lossNone: 'В ней всё, что есть в кассе.',
  loss: ({ operations, receipts, goods, acts, lastAt }: BackupLossTold) =>
    `Если вернуться к ней, в кассе не станет: операций — ${operations} (из них чеков ` +
    `продажи — ${receipts}), изменённых товаров — ${goods}, записей журнала действий — ` +
    `${acts}. Последнее из этого: ${lastAt}.`,
  failedAt: (place: string) => `Последняя копия не сделана: ${place}`,
  faults,
}
export type BackupsWords = typeof backupsRu
/** `lastAt`: as it is shown. */
export type BackupLossTold = Record<'operations' | 'receipts' | 'goods' | 'acts', number> & {
  lastAt: string
}
