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
  clear: 'Ачысціць чэк',
  clearAsk: 'Ачысціць чэк?',
  clearHow: 'Усе пазіцыі будуць выдалены. Калі чэк яшчэ патрэбны, яго можна адкласці.',
  bringLine: 'Вярнуць',
  bringLineOf: (name: string) => `Вярнуць: ${name}`,
}
