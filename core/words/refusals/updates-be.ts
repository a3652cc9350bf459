import type { Say } from './say.ts'
import type { updateRefusalsRu } from './updates-ru.ts'

export const updateRefusalsBe: Record<keyof typeof updateRefusalsRu, Say> = {
  'update.not-ready': () => ({
    message: 'Гэта версія яшчэ не загружана і не праверана',
    next: 'Пачакайце, пакуль яна загрузіцца, або націсніце «Праверыць абнаўленні»',
  }),
  'update.shift-open': () => ({
    message: 'Каса абнаўляецца толькі пры закрытай змене',
    next: 'Закрыйце змену',
  }),
  'update.busy': () => ({
    message: 'На касе ёсць незавершаная аперацыя',
    next: 'Завяршыце яе',
  }),
  'update.no-copy': () => ({
    message: 'Перад абнаўленнем не ўдалося зрабіць копію памяці касы',
    next: 'Вызваліце месца на дыску касы і паўтарыце',
  }),
}
