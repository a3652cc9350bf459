/** What the shop puts on its customers' papers (K4). */
export const receiptFormRu = {
  heading: 'Чек',
  note: 'Свои строки, язык',
  byRight: 'Чек настраивает тот, у кого есть право «Настройки»',
  header: 'Шапка',
  headerHint: 'До 4 строк по 48 знаков, над реквизитами',
  footer: 'Низ чека',
  footerHint: 'До 6 строк по 48 знаков, под документом',
  tooMany: 'строк больше, чем можно',
  tooLong: 'в строке больше 48 знаков',
  unprintable: 'знак направления письма или управления напечатать нельзя',
  save: 'Сохранить',
  saved: 'Сохранено',
  savedDoes: 'Чеки, начатые раньше, останутся как были: и повторы, и копии',
  preview: 'Так выйдет чек',
  fixed: 'Реквизиты, номер, УИ и суммы ставят закон и СКО: изменить их нельзя',
  goods: 'Хлеб ржаной',
}
export type ReceiptFormWords = typeof receiptFormRu
