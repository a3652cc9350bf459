import type { ReceiptSearchWords } from './ru.ts'

/** What receipts are searched by (N14). */
export const receiptSearchBe: ReceiptSearchWords = {
  filters: 'Фільтры',
  from: 'З дня',
  until: 'Па дзень',
  kind: 'Тып чэка',
  anyKind: 'Любы',
  cashier: 'Касір',
  anybody: 'Любы',
  goods: 'Тавар',
  goodsHint: 'Назва або код',
  card: 'Картка',
  cardHint: 'Канец нумара',
  asked: 'Выбрана',
  takeAway: (what) => `Прыбраць: ${what}`,
  takeAllAway: 'Скінуць усё',
  told: {
    search: (text) => `«${text}»`,
    day: (day) => day,
    since: (day) => `з ${day}`,
    until: (day) => `па ${day}`,
    days: (from, until) => `${from} – ${until}`,
    shift: (number) => `змена ${number}`,
    kind: (title) => title,
    cashier: (name) => `касір ${name}`,
    goods: (text) => `тавар «${text}»`,
    card: (digits) => `картка *${digits}`,
  },
  notFound: (asked) => `Нічога не знойдзена: ${asked}`,
}
