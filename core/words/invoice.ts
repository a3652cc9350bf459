import type { InEvery } from './language.ts'

type InvoiceWords = {
  title: (number: number, day: string) => string
  supplier: string
  payer: (company: string, unp: string) => string
  contract: (number: string, account: string) => string
  what: string
  price: string
  sum: string
  subscription: (tariff: string, serial: string) => string
  credit: string
  total: string
  inWords: (words: string) => string
  purpose: (number: number, account: string) => string
  good: (day: string) => string
}

const invoiceRu: InvoiceWords = {
  title: (number, day) => `Счёт № ${number} от ${day}`,
  supplier: 'Поставщик: СООО «ЭКСКАТ-БЕЛ»',
  payer: (company, unp) => `Плательщик: ${company}, УНП ${unp}`,
  contract: (number, account) => `Договор № ${number}, лицевой счёт ${account}`,
  what: 'Наименование',
  price: 'Цена, BYN',
  sum: 'Сумма, BYN',
  subscription: (tariff, serial) => `Подписка zPOS, тариф «${tariff}», касса ${serial}`,
  credit: 'Возврат за неиспользованные дни',
  total: 'К оплате',
  inWords: (words) => `Сумма прописью: ${words}`,
  purpose: (number, account) =>
    `Назначение платежа: оплата по счёту № ${number}, лицевой счёт ${account}`,
  good: (day) => `Счёт действителен по ${day} включительно`,
}

/** Words of an invoice in the languages of papers; who reads another one gets the first (R25). */
export const invoiceWords: Pick<InEvery<InvoiceWords>, 'ru' | 'be'> = {
  ru: invoiceRu,
  be: {
    title: (number, day) => `Рахунак № ${number} ад ${day}`,
    supplier: 'Пастаўшчык: СТАА «ЭКСКАТ-БЕЛ»',
    payer: (company, unp) => `Плацельшчык: ${company}, УНП ${unp}`,
    contract: (number, account) => `Дагавор № ${number}, асабовы рахунак ${account}`,
    what: 'Назва',
    price: 'Цана, BYN',
    sum: 'Сума, BYN',
    subscription: (tariff, serial) => `Падпіска zPOS, тарыф «${tariff}», каса ${serial}`,
    credit: 'Вяртанне за нявыкарыстаныя дні',
    total: 'Да аплаты',
    inWords: (words) => `Сума словамі: ${words}`,
    purpose: (number, account) =>
      `Прызначэнне плацяжу: аплата паводле рахунку № ${number}, асабовы рахунак ${account}`,
    good: (day) => `Рахунак дзейнічае па ${day} уключна`,
  },
}
