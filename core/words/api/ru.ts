import type { acquirerApi } from '../../api/acquirer.ts'
import type { officeApi } from '../../api/office.ts'
import type { officeCabinetApi } from '../../api/office-cabinet.ts'
import type { operatorApi } from '../../api/operator.ts'
import type { operatorCabinetApi } from '../../api/operator-cabinet.ts'
import type { enrolmentApi } from '../../api/operator-enrolment.ts'
import type { registerApi } from '../../api/register.ts'
import type { standApi } from '../../api/stand.ts'

export type ApiWords = {
  register: Record<keyof typeof registerApi, string>
  operator: Record<keyof typeof operatorApi | keyof typeof enrolmentApi, string>
  cabinet: Record<keyof typeof operatorCabinetApi, string>
  acquirer: Record<keyof typeof acquirerApi, string>
  office: Record<keyof typeof officeApi, string>
  officeCabinet: Record<keyof typeof officeCabinetApi, string>
  stand: Record<keyof typeof standApi, string>
  titles: Record<'register', string>
  done: string
  invalid: string
  refused: (codes: string) => string
}

/** What each endpoint does, by its name in the contract. */
export const apiRu: ApiWords = {
  register: {
    setup: 'Подключена ли касса к оператору, и код, по которому её подключают',
    users: 'Кто может войти',
    signIn: 'Вход по PIN; ответ ставит cookie',
    session: 'Кто вошёл',
    signOut: 'Выход',
    chooseLanguage: 'Язык, на котором говорить с вошедшим',
    status: 'Смена, наличные, СКО, неотправленные документы',
    facts: '«Информация о программной кассе»',
    goods: 'Поиск товара по названию, коду, группе',
    goodsGroups: 'Группы товаров',
    goodsByCode: 'Товар по штрихкоду, весовой этикетке или своему коду',
    begin: 'Провести операцию; повтор с тем же id возвращает её же',
    grant: 'Разрешить чек как он есть: до конца смены его проведёт и тот, у кого этих прав нет',
    operations: '«Список чеков», новые сверху',
    operation: 'Операция и её документ',
    continue: '«Продолжить»: те же байты с тем же id',
    giveUp: '«Отказаться»',
    evidence: 'Что отвечают СКО и оператор об операции',
    confirm: '«УСПЕШНО»: данные документа, введённые вручную',
    deny: '«НЕУСПЕШНО»',
    answer: 'Подписанный ответ оператора, принесённый человеком',
    cancelCard: '«Отмена», пока карта не приложена',
    cancelUnfinished: '«Отменить незавершенную операцию»: деньги вернутся на карту',
    acknowledge: 'Уведомление об операции прочитано',
    refundable: 'Что по этой продаже ещё можно вернуть',
    correct: '«Аварийная коррекция суммы наличных в БД»',
    settings: 'Настройки кассы',
    changeSettings: 'Изменить настройки кассы',
    copy: 'Напечатать копию',
    xReport: 'X-отчёт: показать и напечатать',
    cardTransactions: 'Операции по картам, новые сверху',
    cardDays: 'Бизнес-дни: сверки с банком, новые сверху',
    closeCardDay: 'Сверка итогов: закрыть бизнес-день',
  },
  operator: {
    submit: 'Приём документов СКО по порядку номеров',
    head: 'Последний принятый номер',
    outcome: 'Что стало с операцией',
    measures: 'Что сейчас и впредь наложено на кассу этого СКО, с подписью оператора',
    requestEnrolment: 'СКО или касса просит подключить её: в ответ код для кабинета',
    pollEnrolment: 'Подтверждён ли код; опрос подписан ключом устройства',
  },
  cabinet: {
    signIn: 'Вход в кабинет; ответ ставит cookie',
    session: 'Кто вошёл',
    signOut: 'Выход',
    chooseLanguage: 'Язык, на котором говорить с вошедшим',
    registers: 'Кассы клиента',
    measures: 'Предупреждения и блокировки кассы, новые сверху',
    warn: 'Предупредить кассу с причиной; новое заменяет прежнее',
    unwarn: 'Снять предупреждение кассы',
    block: 'Заблокировать кассу с причиной',
    unblock: 'Снять блокировку кассы',
    acts: 'Журнал действий, новые сверху',
    findings: 'Развилки, отметки, отказы и утраты, новые сверху',
    beginSecondFactor: 'Начать включение второго фактора',
    confirmSecondFactor: 'Включить второй фактор первым кодом',
    dropSecondFactor: 'Выключить второй фактор кодом',
    staff: 'Сотрудники оператора',
    inviteStaff: 'Пригласить сотрудника',
    changeStaff: 'Изменить роль сотрудника',
    disableStaff: 'Отключить сотрудника',
    enableStaff: 'Снова включить сотрудника',
    endStaffSessions: 'Завершить сеансы сотрудника',
    reinviteStaff: 'Новая ссылка для пароля сотрудника',
    resetStaffFactor: 'Снять второй фактор сотрудника',
    acceptInvitation: 'Выбрать пароль по приглашению',
    beginView: 'Полчаса смотреть как клиент, с причиной',
    endView: 'Закончить просмотр',
    views: 'Кто из сотрудников смотрел данные клиента',
    clients: 'Клиенты оператора',
    fleet: 'Кассы всех клиентов',
    fleetRegister: 'Касса любого клиента и её СКО',
    documents: 'Кассовые документы, новые сверху',
    document: 'Документ и его электронный чек',
    answer: 'Подписанный ответ о том, что стало с операцией',
    evidence: 'Развилки, забытые и помеченные документы',
    lookUpEnrolment: 'Что стоит за кодом подключения',
    confirmEnrolment: 'Подключить это к одной из своих касс',
    refuseEnrolment: 'Отказать тому, что стоит за кодом',
    enrolmentPlaces: 'Кассы, к которым можно подключать',
  },
  acquirer: {
    transactions: 'Операции по картам, новые сверху',
    days: 'Закрытые бизнес-дни терминала, новые сверху',
    decline: 'Отклонить следующую оплату этим кодом; null отменяет',
    giveKey: 'Ещё один ключ терминала, рядом с прежними: так ключ меняют без остановки',
    takeKey: 'Ключ терминала больше не принимается',
    ordered: 'Код, которым будет отклонена следующая оплата; null, когда никакой',
  },
  office: {
    lease: 'Как обстоит с договором и подпиской кассы: подписанный ответ на сутки',
  },
  officeCabinet: {
    signIn: 'Вход в кабинет; ответ ставит cookie',
    session: 'Кто вошёл',
    signOut: 'Выход',
    chooseLanguage: 'Язык, на котором говорить с вошедшим',
    contracts: 'Договоры и остатки лицевых счетов',
    saveContract: 'Записать договор; новый — черновик',
    conclude: 'Заключить договор',
    endContract: 'Прекратить договор',
    equipment: 'Оборудование и его подписки',
    saveEquipment: 'Записать оборудование и его договор',
    retireEquipment: 'Снять оборудование с учёта',
    subscribe: 'Подписка с сегодняшнего дня; оплата с лицевого счета',
    stopSubscription: 'Прекратить подписку; за неиспользованные дни деньги вернутся на счёт',
    renewal: 'Автоматическое продление',
    tariffs: 'Тарифы',
    quote: 'Рассчитать цену заказа',
    order: 'Заказ по рассчитанной цене; без денег на счету ждёт оплаты',
    orders: 'Заказы и счета, новые сверху',
    entries: 'Движения по лицевому счету, новые сверху',
    payment: 'Записать поступление',
    payout: 'Вернуть деньги клиенту',
    demoPayment: 'Пополнить свой счёт на стенде',
    undo: 'Отменить поступление или возврат обратной проводкой',
    requiredVersion: 'Наименьшая версия, с которой можно работать',
    requireVersion: 'Требовать версию; null снимает требование',
  },
  stand: {
    paper: 'Лента принтера, новые листы последними',
    processes: 'Процессы стенда',
    kill: 'SIGKILL; процесс лежит, пока его не запустят',
    start: 'Запустить убитый процесс',
    faults: 'Сбои: имя и нынешнее состояние каждого',
    fault: 'Включить или выключить сбой, перевести часы вперёд',
    reset: 'Убрать все сбои; данные и достигнутое время остаются',
    terminal: 'Считыватель карт: ждёт ли карту и на какую сумму',
    tap: 'Приложить карту; если её не ждут, она останется для следующей. null уберёт её',
    backups: 'Копии базы данных кассы, новые последними',
    backUp: 'Снять копию базы данных кассы, не останавливая её',
    restore: 'Убить кассу, вернуть копию на место, запустить; ответ — когда касса отвечает',
  },
  titles: { register: 'zPOS: АРМ Кассира' },
  done: 'Готово',
  invalid: 'Поле неверно',
  refused: (codes) => `Отказ: ${codes}`,
}
