/** Controls that every page has. */
export const controlsRu = {
  hideMessage: 'Скрыть сообщение',
  dot: 'Точка',
  erase: 'Стереть',
  digits: 'Цифры',
  space: 'Пробел',
  qr: (text: string) => `QR-код: ${text}`,
  loading: 'Загружаем…',
  retry: 'Повторить',
  language: 'Язык',
  /** How long, in the one unit that matters. */
  age: {
    lessThanMinute: 'меньше минуты',
    minutes: (count: number) => `${count} мин`,
    hours: (count: number) => `${count} ч`,
    days: (count: number) => `${count} сут`,
  },
}
export type ControlsWords = typeof controlsRu
