/** What receipts are searched by (N14). */
export const receiptSearchRu = {
  filters: 'Фильтры',
  from: 'С дня',
  until: 'По день',
  kind: 'Тип чека',
  anyKind: 'Любой',
  cashier: 'Кассир',
  anybody: 'Любой',
  goods: 'Товар',
  goodsHint: 'Название или код',
  card: 'Карта',
  cardHint: 'Конец номера',
  /** What is asked, each with its button that takes it away. */
  asked: 'Выбрано',
  takeAway: (what: string) => `Убрать: ${what}`,
  takeAllAway: 'Сбросить всё',
  told: {
    search: (text: string) => `«${text}»`,
    day: (day: string) => day,
    since: (day: string) => `с ${day}`,
    until: (day: string) => `по ${day}`,
    days: (from: string, until: string) => `${from} – ${until}`,
    shift: (number: string) => `смена ${number}`,
    kind: (title: string) => title,
    cashier: (name: string) => `кассир ${name}`,
    goods: (text: string) => `товар «${text}»`,
    card: (digits: string) => `карта *${digits}`,
  },
  notFound: (asked: string) => `Ничего не найдено: ${asked}`,
}

export type ReceiptSearchWords = typeof receiptSearchRu
