import type { Facts, Reason } from '../../api/facts.ts'
import { formatMoney } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { printedMoment } from '../../time.ts'
import { deviceRu } from '../device/ru.ts'
import { fieldsRu } from '../fields/ru.ts'
import { measuresRu } from '../measures/ru.ts'
import { operationsRu } from '../operations/ru.ts'
import { rightsRu } from '../rights/ru.ts'
import { backupRefusalsRu } from './backups-ru.ts'
import { enrolmentRefusalsRu } from './enrolment-ru.ts'
import { importRefusalsRu } from './import-ru.ts'
import { officeRefusalsRu } from './office-ru.ts'
import { peopleRefusalsRu } from './people-ru.ts'
import type { Say } from './say.ts'
import { sellingRefusalsRu } from './selling-ru.ts'
import { updateRefusalsRu } from './updates-ru.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

const money = ({ sum }: Facts) => formatMoney(sum ?? 0)
const title = ({ kind }: Facts) => (kind ? operationsRu.kinds[kind] : 'Операция')
const document = (facts: Facts) => `«${title(facts)}» № ${facts.number ?? '…'} на ${money(facts)}`
const existing = (facts: Facts) =>
  `${document(facts)} ${facts.by === 'operator' ? 'у оператора' : 'в СКО'}`
const seconds = ({ waitMs = 0 }: Facts) => `Повторите через ${Math.ceil(waitMs / 1000)} с`
const moment = ({ at }: Facts) => printedMoment(at ?? 0)
const fieldName = ({ field }: Facts): string =>
  field === 'number' || field === 'at' || field === 'uid' ? fieldsRu.names[field] : (field ?? '')

const lineName = ({ name }: Facts) => (name === undefined ? 'Весь чек' : `«${name}»`)

export const reasonsRu = {
  'not-sale': () => 'это не продажа',
  'not-made': () => 'продажа не проведена',
  'not-checked': () => 'её документ ещё не проверен',
  'not-by-card': () => 'банк не подтверждал её оплату',
  'other-shift': () => 'этот чек другой смены',
  'no-such-goods': () => 'такого товара в чеке нет',
  worthless: ({ name }) => `${name ?? '…'}: возвращать нечего`,
  'too-much-by-card': (facts) => `Картой можно оплатить не больше ${money(facts)}`,
  'other-number': ({ number }) => `у этой операции документ № ${number ?? '…'}`,
  'other-moment': (facts) => `документ составлен ${moment(facts)}`,
  'other-document': (facts) => `это ${document(facts)}, а не документ этой операции`,
  'other-uid': () => 'у документа этой операции другой УИ',
  'other-register': () => 'это УИ другой кассы',
  'known-uid': (facts) => `это ${document(facts)}, он уже есть в кассе`,
  'known-number': (facts) => `под этим номером в кассе ${document(facts)}`,
  'too-low': ({ expected }) => `ожидается № ${expected ?? '…'} или больше`,
  'begun-later': (facts) => `операция начата позже, ${moment(facts)}`,
  'other-price': (facts) => `${lineName(facts)}: цена ${money(facts)} не из каталога`,
  'not-in-catalogue': (facts) => `${lineName(facts)}: название, код или ставка НДС не из каталога`,
  'over-limit': (facts) => `${lineName(facts)}: скидка или наценка больше ${facts.limit ?? 0} %`,
  'not-yours': () => 'Дать и забрать можно только те права, которые есть у вас самих',
  'not-yet-come': () => 'это время ещё не наступило',
} satisfies Partial<Record<Reason, (facts: Facts) => string>>
export type Reasons = Record<keyof typeof reasonsRu, (facts: Facts) => string>
const reasons: Partial<Record<Reason, (facts: Facts) => string>> = reasonsRu
const why = (facts: Facts, otherwise: string): string =>
  facts.said ?? (facts.reason ? (reasons[facts.reason]?.(facts) ?? otherwise) : otherwise)
/** Behind the message, where there is something to say. */
const tail = (text: string | undefined): string => (text ? `: ${text}` : '')

const register = {
  'operation.red': (facts) => ({
    message: `Исход операции «${title(facts)}» на ${money(facts)} не известен («красный чек»)`,
    next: 'Откройте чек и уточните операцию, после этого работа продолжится',
  }),
  'operation.open': (facts) => ({
    message: `Операция «${title(facts)}» на ${money(facts)} ещё не завершена`,
    next: 'Дождитесь её завершения или откройте чек',
  }),
  'operation.differs': plain(
    'Операция с этим номером уже есть, но с другими данными',
    'Начните операцию заново',
  ),
  'operation.unknown': plain('Такой операции нет', 'Найдите чек в «Списке чеков»'),
  'shift.closed': plain('Смена не открыта', 'Откройте смену'),
  'shift.opened': plain('Смена уже открыта', 'Продолжайте работу'),
  'shift.over24h': plain(
    'Смена длится больше 24 часов. Возможно только закрытие смены',
    'Проведите изъятие наличных и закройте смену',
  ),
  'shift.blocked': (facts) => ({
    message: measuresRu.blockedBecause(facts),
    next: measuresRu.callOperator,
  }),
  'drawer.not-empty': (facts) => ({
    message: `В кассе ${money(facts)} наличных. Перед закрытием смены проведите «Изъятие»`,
    next: 'Проведите изъятие на всю сумму и закройте смену',
  }),
  'drawer.not-enough': (facts) => ({
    message: `В кассе только ${money(facts)} наличных`,
    next: 'Уменьшите сумму или проведите «Внесение»',
  }),
  'drawer.full': (facts) => ({
    message: `В кассе стало бы ${money(facts)} наличных, это больше наибольшей суммы`,
    next: 'Уменьшите сумму или проведите «Изъятие»',
  }),
  'carried.differs': (facts) =>
    (facts.sum ?? 0) === 0
      ? { message: 'Наличные прежнего СКО уже внесены', next: 'Ничего делать не нужно' }
      : {
          message: `Наличных прежнего СКО к внесению: ${money(facts)}`,
          next: 'Внесите их одной операцией, всю сумму',
        },
  'shift.full': plain('Счётчики смены заполнены', 'Проведите изъятие наличных и закройте смену'),
  discrepancy: (facts) => {
    const more = (facts.sum ?? 0) < 0 ? 'в БД больше, чем в СКО' : 'в СКО больше, чем в БД'
    return {
      message: `Обнаружено расхождение наличных в БД и СКО: ${money(facts)} (${more})`,
      next: operationsRu.steps.correct,
    }
  },
  'sko.retired': plain(
    'СКО выведено из работы у оператора: его документы больше не принимаются',
    'Подключите новое СКО к этой кассе в кабинете оператора: касса перейдёт на него сама',
  ),
  'operator.diverged': plain(
    'Касса разошлась с оператором: у него другие документы этого СКО. Работа остановлена',
    'Обратитесь к оператору программных касс, СКО не меняйте',
  ),
  'sko.diverged': plain(
    'СКО разошлось с кассой: в нём нет документов, которые уже оформлены. Работа остановлена',
    'Обратитесь к оператору программных касс, СКО не меняйте',
  ),
  'unsent.over7days': plain(
    'Документы не передаются оператору больше 7 суток. Работа остановлена',
    'Устраните причину, названную в «Ошибке передачи документов»: работа продолжится сама',
  ),
  'sko.away': plain('Нет связи с СКО', 'Проверьте подключение СКО и повторите'),
  'sko.refused': (facts) => ({
    message: `СКО отказало: ${why(facts, 'причина не указана')}`,
    next: 'Исправьте данные и повторите. Если отказ повторяется, обратитесь в техподдержку',
  }),
  'operation.failed': (facts) => ({
    message: `Ошибка операции. ${why(facts, '')}`.trim(),
    next: 'Сверьте счётчики смены в «Получить данные», при сомнении свяжитесь с оператором ПКС',
  }),
  'basis.missing': plain(
    'Не указан чек, по которому проводится операция',
    'Откройте чек в «Списке чеков» и начните с него',
  ),
  'basis.wrong': (facts) => ({
    message: `По этому чеку операция невозможна: ${why(facts, 'это не продажа')}`,
    next: 'Откройте в «Списке чеков» продажу и начните с неё',
  }),
  'basis.not-last': (facts) => {
    const { number } = facts
    const after =
      number === undefined ? undefined : `после этого чека есть документ № ${number ?? '…'}`
    const only = 'Аннулировать можно только последний платёжный документ текущей смены'
    return {
      message: `${only}${tail(after ?? why(facts, ''))}`,
      next: 'Оформите «Возврат» по этому чеку',
    }
  },
  'basis.annulled': plain(
    'Этот чек уже аннулирован',
    'Делать ничего не нужно: аннулирование стоит в «Списке чеков»',
  ),
  'basis.unproved': plain(
    'Прежний возврат этого чека ещё не проверен',
    'Верните связь с СКО и повторите: касса проверит его сама',
  ),
  'basis.exhausted': (facts) => ({
    message: `Нельзя вернуть больше, чем осталось по чеку${tail(why(facts, facts.name ?? ''))}`,
    next: 'Уменьшите количество или проверьте прежние возвраты этого чека',
  }),
  'payment.wrong': (facts) => ({
    message: why(
      facts,
      deviceRu.faults[facts.fault as DeviceFault] ?? 'Оплата не сходится с суммой чека',
    ),
    next: 'Исправьте оплату',
  }),
  'goods.unknown': ({ code }) => ({
    message: `Товар не найден${tail(code)}`,
    next: 'Проверьте код или найдите товар по названию',
  }),
  'goods.code-taken': ({ code = '', name }) => ({
    message: name
      ? `Код ${code} уже есть у товара «${name}»`
      : 'Такой код уже есть у другого товара',
    next: 'Уберите код у одного из двух товаров',
  }),
  'goods.changed': plain(
    'Товар изменили, пока он был открыт',
    'Откройте его заново: здесь видно, каким он стал',
  ),
  'grant.void': plain(
    'Разрешение на этот чек больше не действует',
    'Исправьте чек, или пусть его снова разрешит тот, у кого есть право',
  ),
  'card.no-terminal': plain(
    'Карты не принимаются: терминал не подключён',
    'Примите оплату наличными',
  ),
  'card-day.none': plain('Операций по картам после последней сверки не было', 'Сверять нечего'),
  'card-day.unknown': plain(
    'Банк не знает бизнес-дня, который сверяется: похоже, его данные вернули к прежней копии',
    'Позвоните в банк; сверка повторится сама и назовёт операции, которых он не помнит',
  ),
  'bank.silent': plain(
    'Банк не отвечает',
    'Проверьте подключение и повторите: сверка пройдёт и сама после закрытия смены',
  ),
  'reversal.pending': plain(
    'Банк ещё не подтвердил техническую отмену прежней операции',
    'Примите оплату наличными или повторите, когда связь с банком восстановится',
  ),
  'claim.wrong': (facts) => ({
    message: `Данные не подходят. ${fieldName(facts)}${tail(why(facts, ''))}`.trim(),
    next: 'Сверьте поле с ответом оператора и исправьте его',
  }),
  'claim.no-document': ({ by }) => ({
    message:
      by === 'operator'
        ? 'Оператор ответил, что документа этой операции нет'
        : 'СКО ответило, что документа этой операции нет',
    next: 'Отметьте операцию «НЕУСПЕШНО»',
  }),
  'claim.not-yet': plain(
    'Оператор на связи, но такого документа у него нет',
    'Дождитесь отправки документов или связи с СКО, тогда данные можно будет проверить',
  ),
  'answer.unsigned': plain(
    'Ответ не подписан оператором: он изменён или дан кем-то другим',
    'Запросите ответ заново в кабинете оператора («Что стало с операцией»)',
  ),
  'answer.other-register': ({ register: number }) => ({
    message: `Это ответ о другой кассе: РН СККО ${number ?? '…'}`,
    next: 'Запросите ответ об этой кассе в кабинете оператора',
  }),
  'answer.other-operation': (facts) => ({
    message:
      facts.number === undefined
        ? 'Это ответ о другой операции'
        : `Это ответ о другой операции: ${document(facts)}`,
    next: 'Запросите ответ по коду операции, который показан в форме',
  }),
  'answer.stale': (facts) => ({
    message: `Ответ устарел: оператор дал его ${moment(facts)}`,
    next: 'Запросите ответ заново: он действует сутки и даётся после начала операции',
  }),
  'answer.cannot-tell': plain(
    'Из этого ответа оператора не следует, была операция или нет',
    'Запросите ответ ещё раз, когда документы дойдут до оператора, по коду операции',
  ),
  'deny.exists': (facts) => ({
    message: `Документ этой операции есть: ${existing(facts)}`,
    next: 'Заполните данные документа и нажмите «УСПЕШНО»',
  }),
  'deny.unsent': ({ unsent }) => ({
    message: `Ответу оператора верить нельзя: неотправленных документов: ${unsent ?? 'нет данных'}`,
    next: 'Восстановите связь СКО с интернетом: когда неотправленных станет 0, повторите',
  }),
  'cancel.exists': (facts) => ({
    message: `Отменять нельзя, документ этой операции есть: ${existing(facts)}`,
    next: 'Дождитесь ответа банка при включённом «Автоматическом уточнении операций»',
  }),
  'correction.needless': plain(
    'Расхождения наличных нет, корректировать нечего',
    'Продолжайте работу',
  ),
  'cash-up.stale': (facts) => ({
    message: `В кассе теперь ${money(facts)} по учёту`,
    next: 'Пересчитайте наличные ещё раз',
  }),
  'correction.stale': (facts) => ({
    message: `Расхождение изменилось: теперь ${money(facts)}`,
    next: 'Нажмите «Получить актуальные данные» и проверьте сумму',
  }),
  'verb.not-now': plain(
    'В этом состоянии операции такое действие невозможно',
    'Обновите экран и посмотрите на состояние операции',
  ),
  'pin.wrong': plain('Неверный PIN', 'Проверьте имя и введите PIN ещё раз'),
  'pin.locked': (facts) => ({
    message: `Слишком много неверных попыток. ${seconds(facts)}`,
    next: 'Подождите и введите PIN ещё раз',
  }),
} satisfies Record<string, Say>

const ASK = 'Попросите такого сотрудника'
const MEND = 'Исправьте чек, или пусть его поправит тот, у кого есть право'

/** Of every server; who it is stands in the reason. */
const everywhere = {
  'server.busy': (facts) => ({
    message: 'Сервер занят: обращений слишком много, ничего не сделано',
    next: seconds(facts),
  }),
  'session.required': ({ reason }) => {
    if (reason === 'cabinet') {
      return { message: 'Вы не вошли в кабинет', next: 'Войдите по почте и паролю' }
    }
    return reason === 'bank'
      ? {
          message: 'Нужен токен доступа к банку',
          next: 'Возьмите его из файла acquirer/keys/token',
        }
      : { message: 'Вход не выполнен', next: 'Войдите по PIN' }
  },
  'right.required': (facts) => {
    const { reason, right, holders = [] } = facts
    const wanting = `Нужно право «${right ? rightsRu[right] : ''}»`
    if (right === 'client.people' || right === 'documents.export') {
      return {
        message: `${wanting}. Его имеет владелец кабинета`,
        next: 'Попросите владельца изменить вашу роль',
      }
    }
    if (reason === 'cabinet') {
      return {
        message: `${wanting}. Его имеют сотрудники оператора`,
        next: 'Войдите под учётной записью сотрудника',
      }
    }
    const who = holders.length > 0 ? `Его имеют: ${holders.join(', ')}` : 'Его никто не имеет'
    return reason === undefined
      ? { message: wanting, next: `${who}. Войдите под таким пользователем` }
      : {
          message: `${why(facts, '')}. ${wanting}`,
          next: `${who}. ${reason === 'not-yours' ? ASK : MEND}`,
        }
  },
} satisfies Record<string, Say>

const TO_OPERATOR = 'Обратитесь к оператору программных касс'

const operator = {
  'device.unknown': ({ device }) => ({
    message: `СКО № ${device ?? '…'} не зарегистрировано у оператора`,
    next: TO_OPERATOR,
  }),
  'register.blocked': ({ said }) => ({
    message: `Касса заблокирована оператором${tail(said)}`,
    next: TO_OPERATOR,
  }),
  'document.gap': ({ number, expected }) => ({
    message: `Документ № ${number ?? '…'} пришёл раньше документа № ${expected ?? '…'}`,
    next: `Отправьте документы начиная с № ${expected ?? '…'}`,
  }),
  'document.diverges': ({ number }) => ({
    message: `Документ № ${number ?? '…'} уже принят с другим содержанием`,
    next: TO_OPERATOR,
  }),
  'document.chain': ({ number = 0 }) => ({
    message: `Документ № ${number ?? '…'} не продолжает принятый № ${number - 1}`,
    next: TO_OPERATOR,
  }),
  'seal.broken': ({ number }) => ({
    message: `Подпись документа № ${number ?? '…'} неверна`,
    next: TO_OPERATOR,
  }),
  'register.unknown': ({ register: number }) => ({
    message: `Кассы с РН СККО ${number ?? '…'} нет`,
    next: 'Проверьте номер',
  }),
  'measures.many': ({ limit = 0 }) => ({
    message: `На кассе уже стоит столько мер этого вида: ${limit}`,
    next: 'Снимите лишние на странице кассы',
  }),
  ...enrolmentRefusalsRu,
  'address.foreign': plain('Об этом говорится только на самой машине', 'Спросите с неё'),
  'pairing.refused': plain('СКО не признало эту кассу своей', TO_OPERATOR),
  'enrolment.store-lost': plain(
    'Это СКО уже составляло документы, а его хранилище пусто',
    'Верните хранилище СКО на место или подключите другое СКО',
  ),
  'register.not-enrolled': plain(
    'Касса ещё не подключена к оператору',
    'Подключите её по коду, который показан на её экране',
  ),
  'person.known': plain('Этот человек уже есть', 'Измените его роль в списке'),
  'person.unknown': plain('Такого человека нет', 'Обновите список'),
  'owner.last': plain(
    'Это последний владелец: без него некому будет управлять кабинетом',
    'Сначала сделайте владельцем другого человека',
  ),
  'invitation.void': plain(
    'Приглашение не действует',
    'Попросите владельца кабинета пригласить вас ещё раз',
  ),
  'password.wrong': plain(
    'Почта или пароль не подходят',
    'Проверьте раскладку и введите их ещё раз',
  ),
  'password.locked': (facts) => ({
    message: 'Слишком много неверных попыток',
    next: seconds(facts),
  }),
  'code.required': plain('Нужен код из приложения', 'Введите его вместе с паролем'),
  'code.wrong': plain(
    'Код не подходит',
    'Введите новый код из приложения; проверьте часы телефона',
  ),
  'factor.on': plain('Второй фактор уже включён', 'Сначала выключите его'),
  'factor.off': plain('Второй фактор не включён', 'Начните включать его заново'),
  'account.exists': plain('Такая учётная запись уже есть', 'Найдите её в списке'),
  'staff.unknown': plain('Такого сотрудника нет', 'Обновите список'),
  'staff.last': plain('Это последний администратор', 'Сначала назначьте другого'),
  'invitation.unknown': plain(
    'Ссылка не действует',
    'Попросите администратора оператора дать новую',
  ),
  'client.unknown': plain('Такого клиента нет', 'Обновите список'),
  'word.exists': plain(
    'Документ этой операции есть у оператора',
    'Подтвердите её: отклонить нельзя',
  ),
  'word.never': plain(
    'Номер документа занят другим: операции не было',
    'Отклоните её: подтвердить нельзя',
  ),
  'word.number-taken': plain(
    'У оператора под этим номером другой документ',
    'Проверьте № чека и УИ',
  ),
  'word.no-document': plain(
    'У оператора нет документа этой операции',
    'Укажите, на чём основано решение',
  ),
  'device.retired': plain(
    'СКО выведено из работы: его документы больше не принимаются',
    'Обратитесь к оператору программных касс',
  ),
  'view.read-only': plain(
    'Сейчас вы смотрите как клиент: менять ничего нельзя',
    'Закончите просмотр',
  ),
  'document.unknown': plain(
    'Документа с таким УИ нет',
    'Проверьте УИ; документ мог ещё не дойти до оператора',
  ),
} satisfies Record<string, Say>

const refusals = {
  ...register,
  ...everywhere,
  ...operator,
  ...officeRefusalsRu,
  ...peopleRefusalsRu,
  ...backupRefusalsRu,
  ...importRefusalsRu,
  ...sellingRefusalsRu,
  ...updateRefusalsRu,
}

/** Who may fail to answer a page. */
export type Server = 'register' | 'operator' | 'office' | 'stand'
export type RefusalsWords = {
  refusals: Record<keyof typeof refusals, Say>
  unanswered: Record<Server, { message: string; next: string }>
  /** A page sent what its server does not take; `wrong`: of core/words/fields. */
  notTaken: Record<Server, (wrong: string) => string>
}

export const refusalsRu: RefusalsWords = {
  refusals,
  unanswered: {
    register: { message: 'Касса не отвечает', next: 'Проверьте, что она включена, и повторите' },
    operator: { message: 'Оператор не отвечает', next: 'Проверьте соединение и повторите' },
    office: { message: 'Кабинет zPOS не отвечает', next: 'Проверьте соединение и повторите' },
    stand: {
      message: 'Стенд не ответил',
      next: 'Посмотрите, что с ним, в окне, где он запущен',
    },
  },
  notTaken: {
    register: (wrong) => wrong,
    operator: (wrong) => `Запрос неверен: ${wrong}`,
    office: (wrong) => `Запрос неверен: ${wrong}`,
    stand: (wrong) => wrong,
  },
}
