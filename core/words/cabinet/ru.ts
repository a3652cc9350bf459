import type { DocumentMark } from '../../operator/ingest.ts'

const ofRegister = (register: number | null): string =>
  register === null ? 'кассы' : `кассы ${register}`

/** The operator's cabinet: its page for people. */
export const cabinetRu = {
  pageTitle: 'zPOS — кабинет оператора',
  heading: 'Кабинет оператора',
  sections: 'Разделы',
  documents: 'Документы',
  registers: 'Кассы',
  signOut: 'Выйти',
  back: 'Назад',
  refresh: 'Обновить',
  number: (number: number) => `№ ${number}`,
  list: {
    heading: 'Кассовые документы',
    clear: 'Сбросить отбор',
    notFiltered: 'Отбор не применён: исправьте отмеченное поле',
    none: 'Документов нет',
    chooseRegister: 'Выберите кассу, чтобы увидеть её последний принятый документ.',
    earlier:
      'Всё, что было раньше, оператор уже получил. Более поздние документы могли ещё не дойти.',
    noneOf: (register: number | null) =>
      `От ${ofRegister(register)} ещё не принят ни один документ`,
    lastOf: (register: number | null, number: number, at: string) =>
      `Последний принятый документ ${ofRegister(register)} № ${number}, ${at}`,
    kind: 'Тип',
    number: 'Номер',
    time: 'Время',
    register: 'Касса',
    cashier: 'Кассир',
    sum: 'Сумма',
    day: 'День',
    uid: 'УИ',
    filter: 'Отбор',
    everyKind: 'Все типы',
    everyRegister: 'Все кассы',
    timeHint: 'ЧЧ:ММ',
    uidHint: 'Можно начало',
    faults: {
      time: 'Например, 10:15 или 10:15:42',
      dayMissing: 'Выберите и день',
      number: 'Число от 1, не больше 9 цифр',
      sum: 'Например, 12,50',
      uid: 'Цифры и буквы A–F, не больше 24',
    },
  },
  document: {
    receipt: 'Электронный кассовый чек',
    unreadable: 'Не читается',
    marks: 'Отметки',
    body: 'Содержание',
    uid: 'УИ',
    at: 'Дата и время',
    sum: 'Сумма',
    shift: 'Смена',
    cashier: 'Кассир',
    registerNumber: 'РН СККО',
    device: 'СКО',
    place: 'Место',
    stored: 'Принят оператором',
    hash: 'Хеш документа',
    signature: 'Подпись СКО',
  },
  /** What is odd about a document that was stored all the same (R29). */
  marks: {
    unreadable: 'не читается',
    'other-device': 'назван другим СКО',
    'other-register': 'назван другой кассой',
    'other-client': 'назван другим плательщиком',
    'wrong-time': 'неверное время',
  } as Record<DocumentMark, string>,
  heads: {
    state: 'Состояние',
    registerNumber: 'РН СККО',
    place: 'Место',
    address: 'Адрес',
    device: 'СКО',
    last: 'Последний документ',
    noDocument: 'нет',
    heard: 'Последняя связь',
    neverHeard: 'не было',
    none: 'Касс нет',
  },
}
export type CabinetWords = typeof cabinetRu
