import type { CustomerWords } from './ru.ts'

export const customerBe: CustomerWords = {
  title: 'Экран пакупніка',
  welcome: 'Сардэчна запрашаем!',
  total: 'Да аплаты',
  discount: 'Зніжка',
  paid: 'Аплачана',
  change: 'Рэшта',
  thanks: 'Дзякуй за пакупку!',
  qr: 'Электронны чэк',
  heading: 'Экран пакупніка',
  note: 'Другое акно гэтага ж браўзера: радкі, сума, рэшта і QR-код электроннага чэка',
  open: 'Адкрыць экран',
  tryIt: 'Праверыць экран',
  trying: 'Экран пытаюць…',
  there: 'Экран на месцы',
  none: 'Экран не адказвае',
  noneNext: 'Адкрыйце яго кнопкай «Адкрыць экран» і перацягніце на другі манітор',
  scanLost: (codes) => `Код не перададзены касе: ${codes}. Адскануйце яго ў акне касы.`,
  scanLostRead: 'Зразумела',
  before: (lines) => `Вышэй яшчэ радкоў: ${lines}`,
  size: (width, height) => `${width} × ${height} кропак`,
}
