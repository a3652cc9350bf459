import type { ControlsWords } from './ru.ts'

export const controlsBe: ControlsWords = {
  hideMessage: 'Схаваць паведамленне',
  dot: 'Кропка',
  erase: 'Сцерці',
  digits: 'Лічбы',
  space: 'Прабел',
  qr: (text) => `QR-код: ${text}`,
  loading: 'Загружаем…',
  retry: 'Паўтарыць',
  language: 'Мова',
  age: {
    lessThanMinute: 'менш за хвіліну',
    minutes: (count) => `${count} хв`,
    hours: (count) => `${count} г`,
    days: (count) => `${count} сут`,
  },
}
