import type { SellingWords } from './ru.ts'

/** Ringing a receipt up, beside what the till's words say of it. */
export const sellingBe: SellingWords = {
  aside: {
    park: 'Адкласці',
    parkHow: 'Чэк захаваецца ў касе. Вярнуць яго можна на любым экране, у любую змену.',
    name: 'Імя чэка',
    nameHint: 'Імя, столік; без імя — час',
    waiting: (count: number) => `Адкладзеныя: ${count}`,
    heading: 'Адкладзеныя чэкі',
    none: 'Адкладзеных чэкаў няма.',
    back: 'Вярнуць',
    notEmpty: 'Спачатку аплаціце, адкладзіце або ачысціце адкрыты чэк.',
    goods: (goods: string, more: number) => (more > 0 ? `${goods} і яшчэ ${more}` : goods),
    parking: 'Адкладаем чэк…',
    bringing: 'Вяртаем чэк…',
    close: 'Закрыць',
  },
  weigh: {
    quantity: (unit: string) => `Колькі, ${unit}`,
    put: 'У чэк',
    leave: 'Адмена',
  },
  free: {
    heading: 'Свабодная цана',
    put: 'У чэк',
    leave: 'Адмена',
  },
  permit: {
    heading: 'Дазвол',
    who: 'Хто дазваляе',
    grant: 'Дазволіць',
    leave: 'Адмена',
    nobody: 'Гэта права цяпер ні ў кога не пазначана.',
  },
  priceNow: (now: string) => `Цана змянілася: цяпер ${now}. У чэку застаецца ранейшая.`,
  goneNow: 'Тавар зняты з продажу. У чэку ён застаецца па ранейшай цане.',
  clear: 'Ачысціць чэк',
  clearAsk: 'Ачысціць чэк?',
  clearHow: 'Усе пазіцыі будуць выдалены. Калі чэк яшчэ патрэбны, яго можна адкласці.',
  bringLine: 'Вярнуць',
  bringLineOf: (name: string) => `Вярнуць: ${name}`,
}
