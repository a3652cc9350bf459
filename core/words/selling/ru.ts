/** Ringing a receipt up, beside what the till's words say of it. */
export const sellingRu = {
  aside: {
    park: 'Отложить',
    parkHow: 'Чек сохранится в кассе. Вернуть его можно на любом экране, в любую смену.',
    name: 'Имя чека',
    nameHint: 'Имя, столик; без имени — время',
    waiting: (count: number) => `Отложенные: ${count}`,
    heading: 'Отложенные чеки',
    none: 'Отложенных чеков нет.',
    back: 'Вернуть',
    notEmpty: 'Сначала оплатите, отложите или очистите открытый чек.',
    goods: (goods: string, more: number) => (more > 0 ? `${goods} и ещё ${more}` : goods),
    parking: 'Откладываем чек…',
    bringing: 'Возвращаем чек…',
    close: 'Закрыть',
  },
  clear: 'Очистить чек',
  clearAsk: 'Очистить чек?',
  clearHow: 'Все позиции будут удалены. Если чек ещё нужен, его можно отложить.',
  bringLine: 'Вернуть',
  bringLineOf: (name: string) => `Вернуть: ${name}`,
}
export type SellingWords = typeof sellingRu
