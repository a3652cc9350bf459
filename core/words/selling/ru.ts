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
  weigh: {
    quantity: (unit: string) => `Сколько, ${unit}`,
    put: 'В чек',
    leave: 'Отмена',
  },
  free: {
    heading: 'Свободная цена',
    put: 'В чек',
    leave: 'Отмена',
  },
  permit: {
    heading: 'Разрешение',
    who: 'Кто разрешает',
    grant: 'Разрешить',
    leave: 'Отмена',
    nobody: 'Это право сейчас ни у кого не указано.',
  },
  priceNow: (now: string) => `Цена изменилась: теперь ${now}. В чеке остаётся прежняя.`,
  goneNow: 'Товар снят с продажи. В чеке он остаётся по прежней цене.',
  clear: 'Очистить чек',
  clearAsk: 'Очистить чек?',
  clearHow: 'Все позиции будут удалены. Если чек ещё нужен, его можно отложить.',
  bringLine: 'Вернуть',
  bringLineOf: (name: string) => `Вернуть: ${name}`,
}
export type SellingWords = typeof sellingRu
