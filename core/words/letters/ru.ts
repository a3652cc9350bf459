/** Receipts to customers by mail (N13). */
export const lettersRu = {
  /** Of the letter, in the language of the shop's papers. */
  subject: (company: string, number: number): string => `Чек № ${number}, ${company}`,
  heading: 'Электронный чек',
  send: 'Отправить чек на почту',
  email: 'Электронная почта покупателя',
  hint: 'Адрес хранится, пока чек не отправлен',
  go: 'Отправить',
  leave: 'Отмена',
  bad: 'Нужен один адрес вида imya@pochta.by',
  again: 'Отправить ещё раз',
  states: {
    waiting: 'Отправляется',
    sent: 'Чек отправлен на почту',
    refused: 'Не отправлено: сервер отказал',
    'given-up': 'Не отправлено: сутки попыток прошли',
  },
  retried: (count: number, time: string): string =>
    `Не отправлено, попытка ${count}. Следующая в ${time}`,
  forgotten: 'адрес забыт',
  said: (said: string): string => `Ответ сервера: ${said}`,
  switch: 'Электронный чек',
  switchDoes: 'Покупатель может получить чек письмом. На бумаге он печатается всё равно.',
  noServer: 'Почтовый сервер кассы не настроен: письма отправлять нечем.',
  open: 'Открыть чек',
  failed: (count: number): string => `Не отправлено электронных чеков: ${count}`,
  failedNext: 'Откройте чек и нажмите «Отправить ещё раз»',
}
export type LettersWords = typeof lettersRu
