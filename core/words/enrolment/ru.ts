import type { EnrolmentKind } from '../../operator/enrolment.ts'

export type EnrolmentWords = {
  /** The till's first start. */
  setup: {
    heading: string
    lead: string
    what: Record<EnrolmentKind, string>
    steps: Record<EnrolmentKind, readonly string[]>
    cabinet: string
    code: string
    serial: string
    life: (minutes: number) => string
    scan: string
    asking: string
    unreachable: { title: string; next: string }
    refused: { title: string; next: string }
    silent: { title: string; next: string }
  }
  /** The cabinet's page where something is connected. */
  connect: {
    section: string
    heading: string
    lead: string
    code: string
    find: string
    what: Record<EnrolmentKind, string>
    serial: string
    address: string
    age: (minutes: number) => string
    ageName: string
    unknownAddress: string
    check: string
    register: string
    number: string
    numberHelp: string
    none: string
    free: string
    noDevice: string
    occupied: (serial: string) => string
    replaces: (serial: string) => string
    replacesDevice: (serial: string) => string
    unsent: (serial: string, count: number) => string
    reason: string
    confirm: string
    refuse: string
    other: string
    done: (what: string, register: number) => string
    refused: string
    next: string
  }
  /** The till's device was retired, or another has taken its place. */
  replaced: {
    retired: { title: string; next: string }
    carried: (sum: string) => string
    missing: (sum: string) => string
    openFirst: string
    depositIt: string
    withdrawIt: string
    deposit: (sum: string) => string
    withdraw: (sum: string) => string
  }
}

export const enrolmentRu: EnrolmentWords = {
  setup: {
    heading: 'Настройка кассы',
    lead: 'Касса ещё не подключена к оператору программных касс.',
    what: { sko: 'СКО', register: 'Касса' },
    steps: {
      sko: [
        'Откройте кабинет оператора и войдите.',
        'Выберите «Подключить кассу», введите код и сверьте номер СКО.',
        'Укажите РН СККО и подтвердите.',
      ],
      register: [
        'Откройте кабинет оператора и войдите.',
        'Выберите «Подключить кассу», введите код и сверьте номер кассы.',
        'Укажите РН СККО, к которому подключено СКО, и подтвердите.',
      ],
    },
    cabinet: 'Кабинет оператора',
    code: 'Код',
    serial: 'Номер',
    life: (minutes) => `Код действует ещё ${minutes} мин, потом появится новый`,
    scan: 'Или наведите камеру телефона: код подставится сам, подтвердить всё равно нужно.',
    asking: 'Запрашиваем код у оператора…',
    unreachable: {
      title: 'Оператор не отвечает',
      next: 'Проверьте подключение к интернету: код появится сам.',
    },
    refused: {
      title: 'В подключении отказано',
      next: 'Новый код появится сам через полминуты.',
    },
    silent: {
      title: 'Касса не отвечает',
      next: 'Проверьте, что она включена: страница продолжит сама.',
    },
  },
  connect: {
    section: 'Подключить кассу',
    heading: 'Подключить кассу',
    lead: 'Код показывает касса на экране «Настройка кассы» или СКО в своём журнале.',
    code: 'Код',
    find: 'Найти',
    what: { sko: 'СКО', register: 'Касса' },
    serial: 'Номер',
    address: 'Откуда запрос',
    age: (minutes) => (minutes === 0 ? 'меньше минуты назад' : `${minutes} мин назад`),
    ageName: 'Когда',
    unknownAddress: 'не известно',
    check:
      'Сверьте номер с тем, что показывает сама касса или СКО. ' +
      'Если код вам прислали или продиктовали, не подтверждайте.',
    register: 'К какой кассе',
    number: 'РН СККО',
    numberHelp: 'Первые цифры номера',
    none: 'Касс с таким номером нет',
    free: 'свободно',
    noDevice: 'сначала подключите СКО',
    occupied: (serial) => `подключено № ${serial}`,
    replaces: (serial) => `Заменить № ${serial}: прежняя касса работать перестанет`,
    replacesDevice: (serial) => `Заменить СКО № ${serial}: оно выводится из работы навсегда`,
    unsent: (serial, count) =>
      `До замены касса досылает оператору документы, которые хранит сама. У СКО № ${serial} ` +
      `неотправленных: ${count}. Если касса на связи, подождите минуту`,
    reason: 'Причина замены',
    confirm: 'Подключить',
    refuse: 'Отказать',
    other: 'Другой код',
    done: (what, register) => `${what}: подключено к РН СККО ${register}`,
    refused: 'В подключении отказано',
    next: 'Подключить ещё',
  },
  replaced: {
    retired: {
      title: 'СКО выведено из работы у оператора',
      next: 'Подключите новое СКО к этой кассе в кабинете оператора: касса перейдёт на него сама',
    },
    carried: (sum) => `СКО заменено. Наличные прежнего СКО в ящике: ${sum}`,
    missing: (sum) => `СКО заменено. По прежнему СКО в ящике не хватает ${sum}`,
    openFirst: 'Откройте смену, потом внесите их в новое СКО',
    depositIt: 'Внесите их в новое СКО одной операцией',
    withdrawIt: 'Изымите эту сумму из нового СКО одной операцией',
    deposit: (sum) => `Внести ${sum}`,
    withdraw: (sum) => `Изъять ${sum}`,
  },
}
