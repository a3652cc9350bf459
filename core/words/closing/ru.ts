import { amount } from '../figures.ts'

/** A shift closed in one go (N12). */
export const closingRu = {
  heading: 'Закрытие смены',
  closed: 'Смена уже закрыта.',
  shift: 'Смена',
  opened: 'Открыта',
  cash: 'Наличные в кассе',
  closing: 'Закрываем смену…',
  lost: 'Касса не ответила, спрашиваем ещё раз…',
  close: 'Закрыть смену',
  ask: (number: number) => `Закрыть смену № ${number}?`,
  how: 'Будет сформирован Z-отчёт. Новая смена откроется отдельно.',
  howWithdrawn: (sum: number) =>
    `Будет проведено изъятие на ${amount(sum)} и сформирован Z-отчёт. ` +
    'Новая смена откроется отдельно.',
  /** The count. */
  countHow: 'Пересчитайте наличные в ящике и введите, сколько каких купюр и монет.',
  countSumHow: 'Пересчитайте наличные в ящике и введите сумму.',
  notes: 'Купюры',
  coins: 'Монеты',
  /** A note or coin by its value in kopecks. */
  piece: (value: number) => (value < 100 ? `${value} коп.` : `${value / 100} р.`),
  sum: 'Сумма',
  total: 'Посчитано',
  wholeCount: 'Целое число',
  next: 'Далее',
  nothing: 'Наличных нет',
  recount: 'Пересчитать',
  byBooks: 'По учёту',
  surplus: 'Излишек',
  shortage: 'Недостача',
  even: 'Сходится с учётом',
  differs: 'Разница останется в итогах смены. Документа по ней нет, учёт не меняется.',
  withdrawn: (sum: number) => `Наличные изъяты: ${amount(sum)}. Смена ещё открыта.`,
  stillWanted: 'Закрытие остановилось на изъятии. Продолжите его или вернитесь к работе.',
  settings: {
    count: 'Пересчёт наличных при закрытии смены',
    by: { notes: 'по купюрам и монетам', sum: 'одной суммой', skipped: 'не пересчитывать' },
    blind: 'Пересчёт вслепую',
    blindDoes: 'Пока наличные не пересчитаны, касса не показывает, сколько их должно быть',
  },
}
export type ClosingWords = typeof closingRu
