import type { LettersWords } from './ru.ts'

export const lettersBe: LettersWords = {
  subject: (company: string, number: number): string => `Чэк № ${number}, ${company}`,
  heading: 'Электронны чэк',
  send: 'Адправіць чэк на пошту',
  email: 'Электронная пошта пакупніка',
  hint: 'Адрас захоўваецца, пакуль чэк не адпраўлены',
  go: 'Адправіць',
  leave: 'Адмена',
  bad: 'Патрэбны адзін адрас накшталт imya@poshta.by',
  again: 'Адправіць яшчэ раз',
  states: {
    waiting: 'Адпраўляецца',
    sent: 'Чэк адпраўлены на пошту',
    refused: 'Не адпраўлена: сервер адмовіў',
    'given-up': 'Не адпраўлена: суткі спроб прайшлі',
  },
  retried: (count: number, time: string): string =>
    `Не адпраўлена, спроба ${count}. Наступная ў ${time}`,
  forgotten: 'адрас забыты',
  said: (said: string): string => `Адказ сервера: ${said}`,
  switch: 'Электронны чэк',
  switchDoes: 'Пакупнік можа атрымаць чэк лістом. На паперы ён друкуецца ўсё роўна.',
  noServer: 'Паштовы сервер касы не наладжаны: лісты адпраўляць няма чым.',
  open: 'Адкрыць чэк',
  failed: (count: number): string => `Не адпраўлена электронных чэкаў: ${count}`,
  failedNext: 'Адкрыйце чэк і націсніце «Адправіць яшчэ раз»',
}
