/** The customer's screen (N13). */
export const customerRu = {
  title: 'Экран покупателя',
  welcome: 'Добро пожаловать!',
  total: 'К оплате',
  discount: 'Скидка',
  paid: 'Оплачено',
  change: 'Сдача',
  thanks: 'Спасибо за покупку!',
  qr: 'Электронный чек',
  heading: 'Экран покупателя',
  note: 'Второе окно этого же браузера: строки, сумма, сдача и QR-код электронного чека',
  open: 'Открыть экран',
  tryIt: 'Проверить экран',
  trying: 'Экран спрашивают…',
  there: 'Экран на месте',
  none: 'Экран не отвечает',
  noneNext: 'Откройте его кнопкой «Открыть экран» и перетащите на второй монитор',
  scanLost: (codes: string) => `Код не передан кассе: ${codes}. Отсканируйте его в окне кассы.`,
  scanLostRead: 'Понятно',
  before: (lines: number) => `Выше ещё строк: ${lines}`,
  size: (width: number, height: number) => `${width} × ${height} точек`,
}
export type CustomerWords = typeof customerRu
