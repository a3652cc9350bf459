import type { ReceiptSearchWords } from './ru.ts'

/** What receipts are searched by (N14). */
export const receiptSearchEn: ReceiptSearchWords = {
  filters: 'Filters',
  from: 'From day',
  until: 'To day',
  kind: 'Kind of receipt',
  anyKind: 'Any',
  cashier: 'Cashier',
  anybody: 'Anybody',
  goods: 'Goods',
  goodsHint: 'Name or code',
  card: 'Card',
  cardHint: 'Last digits',
  asked: 'Chosen',
  takeAway: (what) => `Remove: ${what}`,
  takeAllAway: 'Clear all',
  told: {
    search: (text) => `“${text}”`,
    day: (day) => day,
    since: (day) => `from ${day}`,
    until: (day) => `to ${day}`,
    days: (from, until) => `${from} – ${until}`,
    shift: (number) => `shift ${number}`,
    kind: (title) => title,
    cashier: (name) => `cashier ${name}`,
    goods: (text) => `goods “${text}”`,
    card: (digits) => `card *${digits}`,
  },
  notFound: (asked) => `Nothing found: ${asked}`,
}
