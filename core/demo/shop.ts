/** Who owns the shop of the demo, and where it stands. */
export const demoShop = {
  company: 'ООО "Пример Торг"',
  unp: '191000002',
  place: 'Магазин "Уголок"',
  address: 'г. Минск, ул. Примерная, 1',
} as const

/** Who works in it. */
export const demoPeople = { cashier: 'Анна', administrator: 'Ольга' } as const

/** The goods of measurements are called so, with a number behind it. */
export const CONSUMER_GOODS = 'Товар народного потребления №'

/** What is sold where the name alone matters. */
export const plainGoods = ['Хлеб', 'Яблоки', 'Молоко', 'Сыр', 'Чай'] as const
