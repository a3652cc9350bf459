import { counted, type Forms } from '../figures.ts'

const processForms: Forms = {
  one: 'перезапуск',
  few: 'перезапуска',
  many: 'перезапусков',
  other: 'перезапуска',
}

/** The stand: its page, and what it says where it was started. */
export const standRu = {
  pageTitle: 'zPOS — стенд',
  heading: 'Стенд zPOS',
  intro:
    'Настоящие процессы на этом компьютере. Убейте любой, оборвите связь, выньте СКО — и ' +
    'верните как было: деньги и документы сойдутся.',
  silent: 'Стенд не отвечает',
  silentNext: 'Запустите его снова: npm start',
  notDone: 'Не получилось',
  processes: 'Процессы',
  memory: (mb: number) => `Память всех процессов: ${mb} МБ`,
  process: {
    titles: {
      register: 'АРМ Кассира',
      sko: 'Служба СКО',
      operator: 'Оператор (АИС ПКС)',
      office: 'Биллинг',
      acquirer: 'Банк (эквайер)',
    },
    roles: {
      cashier: 'кассир',
      administrator: 'администратор',
      client: 'клиент',
      staff: 'сотрудник оператора',
    },
    byPin: (name: string, pin: string, role: string) => `«${name}», PIN ${pin} — ${role}`,
    byPassword: (email: string, password: string) => `${email}, пароль ${password}`,
    byDevice: (pin: string) => `PIN устройства ${pin}, протокол tsrv: POST /tsrv`,
    byTerminal: (terminal: string, feed: string) =>
      `ISO 8583:1993; терминал ${terminal}, операции: ${feed}`,
    since: (time: string) => `с ${time}`,
    pid: (pid: number) => `процесс ${pid}`,
    memory: (mb: number) => `${mb} МБ`,
    restarts: (count: number) => counted('ru', count, processForms),
    start: 'Запустить',
    kill: 'Убить (SIGKILL)',
    states: { running: 'работает', silent: 'молчит', starting: 'запускается', stopped: 'убит' },
  },
  faults: {
    heading: 'Сбои',
    active: (count: number) => `Сбоев включено: ${count}`,
    none: 'Сбоев нет',
    allSound: 'всё исправно',
    on: (count: number) => `включено: ${count}`,
    reset: 'Сбросить всё',
    fewer: (title: string) => `${title}: меньше`,
    more: (title: string) => `${title}: больше`,
    left: (title: string) => `${title}: осталось`,
    decline: 'Следующая оплата картой отклоняется',
    noDecline: 'нет',
    billing: 'Состояние в биллинге',
    billingStates: {
      ok: 'всё в порядке',
      'serial-unknown': 'SN не найден',
      'no-contract': 'договора нет',
      'unp-mismatch': 'чужой УНП',
      'no-subscription': 'подписки нет',
      'update-required': 'нужно обновление',
      ending: 'подписка кончается',
      'ending-no-funds': 'кончается, денег не хватает',
    },
    clock: 'Часы',
    ahead: (lead: string) => `вперёд на ${lead}`,
    clockDoes: 'Это время видят все процессы. Назад оно не идёт, и сброс его не возвращает.',
    leap: { hour: '+1 ч', dayAndHour: '+25 ч', eightDays: '+8 сут' },
    units: { days: 'сут', hours: 'ч', minutes: 'мин', seconds: 'с' },
    names: {
      'sko.unplugged': {
        title: 'СКО вынуто',
        does: 'Устройства кассы нет: ни команд, ни отправки документов, пока его не вернут.',
      },
      'internet.down': {
        title: 'Нет интернета',
        does: 'Из магазина не связаться ни с кем; кабинет оператора в браузере открывается.',
      },
      'operator.down': {
        title: 'Оператор недоступен',
        does: 'Интернет есть, но до оператора не доходят ни документы, ни вопросы.',
      },
      'billing.down': {
        title: 'Биллинг недоступен',
        does: 'Интернет есть, но до биллинга вопросы кассы не доходят.',
      },
      'printer.no-paper': {
        title: 'Нет бумаги',
        does: 'Принтер сообщает об этом и ничего не печатает.',
      },
      'sko.answer-lost': {
        title: 'Ответ СКО теряется',
        does: 'Столько следующих команд будет выполнено, но ответа касса не услышит.',
      },
      'sko.request-lost': {
        title: 'Команда СКО теряется',
        does: 'Столько следующих команд до устройства не дойдёт.',
      },
      'bank.answer-lost': {
        title: 'Ответ банка теряется',
        does: 'Столько следующих операций банк выполнит, но ответа касса не услышит.',
      },
      'bank.request-lost': {
        title: 'Запрос в банк теряется',
        does: 'Столько следующих операций до банка не дойдёт.',
      },
    },
  },
  cards: {
    heading: 'Карты',
    remove: 'Убрать карту',
    tap: 'Приложить карту',
    waits: (sum: string) => `Терминал ждёт карту: ${sum}. Приложите любую.`,
    lies: (title: string) => `На считывателе лежит «${title}»: её получит следующая оплата.`,
    idle: 'Карту сейчас не ждут. Приложенная заранее достанется следующей оплате.',
    titles: {
      ok: 'Обычная карта',
      other: 'Карта другого банка',
      'low-limit': 'Лимит операции 20 рублей',
      poor: 'На карте 5 рублей',
      partial: 'На карте 10 рублей, банк одобряет часть',
      expired: 'Срок истёк',
      blocked: 'Заблокирована',
      'wrong-pin': 'Неверный ПИН',
      forbidden: 'Операция запрещена',
      slow: 'Банк думает полторы минуты',
    },
  },
  releases: {
    heading: 'Версии кассы',
    does:
      'Стенд собирает программы кассы под следующим номером, подписывает ключами ' +
      'демонстрации и публикует в офисе. Касса ещё не берёт их сама: её обновляют пакетом',
    release: 'Выпустить версию',
    done: (version: string) => `Опубликована версия ${version}`,
    failed: 'Офис не принял версию: проверьте, что он работает',
  },
  backups: {
    heading: 'Копии БД кассы',
    take: 'Снять копию БД кассы',
    does:
      'Если вернуть старую копию, касса забудет всё, что было после неё, а СКО помнит: так ' +
      'расходятся наличные в БД и СКО.',
    one: (id: string) => `Копия ${id}`,
    restore: 'Вернуть',
  },
  scale: {
    heading: 'Весы',
    grams: 'На весах, г',
    put: 'Положить',
    state: 'Показывают',
    states: {
      stable: 'Вес стоит',
      unstable: 'Вес колеблется',
      overload: 'Перегрузка',
      underload: 'Меньше нуля',
    },
    shows: (grams: number, state: string) => `Весы показывают: ${grams} г; ${state}`,
  },
  tape: {
    heading: 'Чековая лента',
    empty: 'Пока ничего не напечатано. Откройте смену на кассе — документ выйдет здесь.',
    sheet: (number: number) => `Лист ${number}`,
    noJob: 'без задания',
    drawer: 'ящик открыт',
    job: (job: string) => `задание ${job}`,
  },
  mail: {
    heading: 'Почта',
    empty: 'Писем ещё не было. Предупредите кассу или заблокируйте её в кабинете оператора.',
    to: (address: string) => `Кому: ${address}`,
  },
  console: {
    starting: 'zPOS: запускаю стенд…',
    register: 'АРМ Кассира',
    operator: 'Оператор',
    office: 'Кабинет zPOS',
    sko: 'Служба СКО',
    acquirer: 'Банк',
    stand: 'Стенд',
    operations: 'операции',
    standDoes: 'процессы, сбои, карты и чековая лента',
    stop: 'Остановить: Ctrl-C',
    failed: 'zPOS: стенд не запустился.',
    down: 'zPOS: не запустился процесс',
  },
}
export type StandWords = typeof standRu
