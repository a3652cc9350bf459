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
  'parked.gone': () => ({
    message: 'Этого чека среди отложенных уже нет',
    next: 'Посмотрите список отложенных: его могли вернуть на другом экране',
  }),
  'parked.full': ({ limit = 0 }) => ({
    message: `Отложено уже: ${limit}`,
    next: 'Верните и оплатите или очистите то, что ждёт',
  }),
} satisfies Record<string, Say>
