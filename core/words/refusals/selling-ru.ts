import type { Say } from './say.ts'

/** Refusals of a receipt that is rung up and not paid yet. */
export const sellingRefusalsRu = {
  'receipt.sold': () => ({
    message: 'Этот чек уже проводится или проведён',
    next: 'Найдите его в «Списке чеков»',
  }),
  'receipt.parked': () => ({
    message: 'Чек отложен',
    next: 'Верните его из «Отложенных» и продолжайте',
  }),
  'mark.held': ({ name = '' }) => ({
    message: `«${name}»: чек с этой единицей ещё не завершён`,
    next: 'Сначала уточните его',
  }),
  'mark.parked': ({ name = '', said }) => ({
    message:
      said === undefined
        ? `«${name}»: эта единица в отложенном чеке`
        : `«${name}»: эта единица в отложенном чеке «${said}»`,
    next: 'Верните его и уберите её оттуда',
  }),
  'mark.sold': ({ name = '', number }) => ({
    message:
      number === undefined
        ? `«${name}»: эта единица уже продана здесь`
        : `«${name}»: эта единица уже продана, чек № ${number}`,
    next: 'Уберите строку и отсканируйте код снова: касса спросит, продать ли ещё раз',
  }),
  'parked.gone': () => ({
    message: 'Этого чека среди отложенных уже нет',
    next: 'Посмотрите список отложенных: его могли вернуть на другом экране',
  }),
  'parked.full': ({ limit = 0 }) => ({
    message: `Отложено уже: ${limit}`,
    next: 'Верните и оплатите или очистите то, что ждёт',
  }),
  'letter.off': () => ({
    message: 'Электронные чеки выключены',
    next: 'Их включает тот, у кого есть право «Настройки»: «Настройки», «Чек»',
  }),
  'letter.no-receipt': () => ({
    message: 'По этой операции нет чека для покупателя',
    next: 'Отправить можно чек продажи, возврата или аннулирования',
  }),
  'letter.many': ({ limit = 0 }) => ({
    message: `Этот чек отправляли уже ${limit} раз`,
    next: 'Напечатайте копию',
  }),
  'letter.unknown': () => ({
    message: 'Такого письма нет',
    next: 'Отправьте чек ещё раз',
  }),
  'letter.forgotten': () => ({
    message: 'Адрес этого письма уже забыт',
    next: 'Введите адрес и отправьте чек ещё раз',
  }),
} satisfies Record<string, Say>
