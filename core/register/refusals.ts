import type { Lack } from '../access/receipt.ts'
import type { Right } from '../access/rights.ts'
import type { Refused } from '../api/contract.ts'
import { kinds } from '../document/kinds.ts'
import { formatMoney, type Kopecks } from '../money.ts'
import type { Operation } from './operation.ts'

/** What a refusal may speak of. */
type Details = {
  sum?: Kopecks | undefined
  operation?: Operation | undefined
  why?: string | undefined
  field?: string | undefined
  right?: Right | undefined
  /** Who has the right. */
  holders?: readonly string[] | undefined
}
type Text = { message: (details: Details) => string; next: string | ((details: Details) => string) }

const money = ({ sum }: Details) => formatMoney(sum ?? 0)
const title = ({ operation }: Details) => (operation ? kinds[operation.kind].title : 'Операция')

/**
 * Every refusal of the register: what the cashier is told, and the step that removes the cause.
 * docs/refusals.md is held equal to this table by test.
 */
export const refusals = {
  'operation.red': {
    message: (d) => `Исход операции «${title(d)}» на ${money(d)} не известен («красный чек»)`,
    next: 'Откройте чек и уточните операцию, после этого работа продолжится',
  },
  'operation.open': {
    message: (d) => `Операция «${title(d)}» на ${money(d)} ещё не завершена`,
    next: 'Дождитесь её завершения или откройте чек',
  },
  'operation.differs': {
    message: () => 'Операция с этим номером уже есть, но с другими данными',
    next: 'Начните операцию заново',
  },
  'operation.unknown': {
    message: () => 'Такой операции нет',
    next: 'Найдите чек в «Списке чеков»',
  },
  'shift.closed': { message: () => 'Смена не открыта', next: 'Откройте смену' },
  'shift.opened': { message: () => 'Смена уже открыта', next: 'Продолжайте работу' },
  'shift.over24h': {
    message: () => 'Смена длится больше 24 часов. Возможно только закрытие смены',
    next: 'Проведите изъятие наличных и закройте смену',
  },
  'drawer.not-empty': {
    message: (d) => `В кассе ${money(d)} наличных. Перед закрытием смены проведите «Изъятие»`,
    next: 'Проведите изъятие на всю сумму и закройте смену',
  },
  'drawer.not-enough': {
    message: (d) => `В кассе только ${money(d)} наличных`,
    next: 'Уменьшите сумму или проведите «Внесение»',
  },
  discrepancy: {
    message: (d) => {
      const more = (d.sum ?? 0) < 0 ? 'в БД больше, чем в СКО' : 'в СКО больше, чем в БД'
      return `Обнаружено расхождение наличных в БД и СКО: ${money(d)} (${more})`
    },
    next: 'Администратор проводит «Аварийную коррекцию суммы наличных в БД» в «Обслуживании»',
  },
  'unsent.over7days': {
    message: () => 'Документы не передаются оператору больше 7 суток. Работа остановлена',
    next: 'Устраните причину, названную в «Ошибке передачи документов»: работа продолжится сама',
  },
  'sko.away': {
    message: () => 'Нет связи с СКО',
    next: 'Проверьте подключение СКО и повторите',
  },
  'sko.refused': {
    message: (d) => `СКО отказало: ${d.why ?? 'причина не указана'}`,
    next: 'Исправьте данные и повторите. Если отказ повторяется, обратитесь в техподдержку',
  },
  'operation.failed': {
    message: (d) => `Ошибка операции. ${d.why ?? ''}`.trim(),
    next: 'Сверьте счётчики смены в «Получить данные», при сомнении свяжитесь с оператором ПКС',
  },
  'basis.missing': {
    message: () => 'Не указан чек, по которому проводится операция',
    next: 'Откройте чек в «Списке чеков» и начните с него',
  },
  'basis.wrong': {
    message: (d) => `По этому чеку операция невозможна: ${d.why ?? 'это не продажа'}`,
    next: 'Откройте в «Списке чеков» продажу и начните с неё',
  },
  'basis.not-last': {
    message: (d) =>
      ['Аннулировать можно только последний платёжный документ текущей смены', d.why]
        .filter(Boolean)
        .join(': '),
    next: 'Оформите «Возврат» по этому чеку',
  },
  'basis.annulled': {
    message: () => 'Этот чек уже аннулирован',
    next: 'Делать ничего не нужно: аннулирование стоит в «Списке чеков»',
  },
  'basis.unproved': {
    message: () => 'Прежний возврат этого чека ещё не проверен',
    next: 'Верните связь с СКО и повторите: касса проверит его сама',
  },
  'basis.exhausted': {
    message: (d) => `Нельзя вернуть больше, чем осталось по чеку${d.why ? `: ${d.why}` : ''}`,
    next: 'Уменьшите количество или проверьте прежние возвраты этого чека',
  },
  'payment.wrong': {
    message: (d) => d.why ?? 'Оплата не сходится с суммой чека',
    next: 'Исправьте оплату',
  },
  'goods.unknown': {
    message: (d) => `Товар не найден${d.why ? `: ${d.why}` : ''}`,
    next: 'Проверьте код или найдите товар по названию',
  },
  'card.no-terminal': {
    message: () => 'Карты не принимаются: терминал не подключён',
    next: 'Примите оплату наличными',
  },
  'card-day.none': {
    message: () => 'Операций по картам после последней сверки не было',
    next: 'Сверять нечего',
  },
  'bank.silent': {
    message: () => 'Банк не отвечает',
    next: 'Проверьте подключение и повторите: сверка пройдёт и сама после закрытия смены',
  },
  'reversal.pending': {
    message: () => 'Банк ещё не подтвердил техническую отмену прежней операции',
    next: 'Примите оплату наличными или повторите, когда связь с банком восстановится',
  },
  'claim.wrong': {
    message: (d) => `Данные не подходят. ${d.why ?? ''}`.trim(),
    next: 'Сверьте поле с ответом оператора и исправьте его',
  },
  'claim.no-document': {
    message: (d) => d.why ?? 'Документа этой операции нет',
    next: 'Отметьте операцию «НЕУСПЕШНО»',
  },
  'claim.not-yet': {
    message: () => 'Оператор на связи, но такого документа у него нет',
    next: 'Дождитесь отправки документов или связи с СКО, тогда данные можно будет проверить',
  },
  'deny.exists': {
    message: (d) => `Документ этой операции есть: ${d.why ?? ''}`.trim(),
    next: 'Заполните данные документа и нажмите «УСПЕШНО»',
  },
  'deny.unsent': {
    message: (d) => `Ответу оператора верить нельзя: ${d.why ?? 'есть неотправленные документы'}`,
    next: 'Восстановите связь СКО с интернетом: когда неотправленных станет 0, повторите',
  },
  'cancel.exists': {
    message: (d) => `Отменять нельзя, документ этой операции есть: ${d.why ?? ''}`.trim(),
    next: 'Дождитесь ответа банка при включённом «Автоматическом уточнении операций»',
  },
  'correction.needless': {
    message: () => 'Расхождения наличных нет, корректировать нечего',
    next: 'Продолжайте работу',
  },
  'correction.stale': {
    message: (d) => `Расхождение изменилось: теперь ${money(d)}`,
    next: 'Нажмите «Получить актуальные данные» и проверьте сумму',
  },
  'verb.not-now': {
    message: () => 'В этом состоянии операции такое действие невозможно',
    next: 'Обновите экран и посмотрите на состояние операции',
  },
  'pin.wrong': { message: () => 'Неверный PIN', next: 'Проверьте имя и введите PIN ещё раз' },
  'pin.locked': {
    message: (d) => `Слишком много неверных попыток. ${d.why ?? ''}`.trim(),
    next: 'Подождите и введите PIN ещё раз',
  },
  'session.required': { message: () => 'Вход не выполнен', next: 'Войдите по PIN' },
  'right.required': {
    message: ({ right, why }) =>
      [why, `Нужно право «${right ? rightTitles[right] : ''}»`].filter(Boolean).join('. '),
    next: ({ holders = [], why }) => {
      const who = holders.length > 0 ? `Его имеют: ${holders.join(', ')}` : 'Его никто не имеет'
      return why
        ? `${who}. Исправьте чек, или пусть его поправит тот, у кого есть право`
        : `${who}. Войдите под таким пользователем`
    },
  },
  'grant.void': {
    message: () => 'Разрешение на этот чек больше не действует',
    next: 'Исправьте чек, или пусть его снова разрешит тот, у кого есть право',
  },
} as const satisfies Record<string, Text>

/** What each right lets a person do (R26). */
export const rightTitles = {
  sale: 'Продажа',
  refund: 'Возврат',
  annul: 'Аннулирование',
  'cash.move': 'Внесение и изъятие',
  shift: 'Открытие и закрытие смены',
  report: 'Отчёты',
  'price.change': 'Изменение цены',
  'price.free': 'Свободная цена',
  discount: 'Скидки и наценки',
  'red.resolve': 'Уточнение операций',
  'clearing.switch': 'Выключение автоматического уточнения',
  correct: 'Аварийная коррекция',
  'goods.edit': 'Товары',
  'people.edit': 'Сотрудники',
  'settings.edit': 'Настройки',
  backup: 'Резервные копии',
  update: 'Обновление программы',
  'journal.read': 'Журнал действий',
  'register.block': 'Блокировка кассы',
} as const satisfies Record<Right, string>

/** What of a receipt a right is wanting for, by the name of its line. */
export function whyLacking({ right, line, limit }: Lack): string {
  const where = line === null ? 'Весь чек' : `«${line.name}»`
  switch (right) {
    case 'price.change':
      return `${where}: цена ${formatMoney(line?.price ?? 0)} не из каталога`
    case 'price.free':
      return `${where}: название, код или ставка НДС не из каталога`
    case 'discount':
      return `${where}: скидка или наценка больше ${limit} %`
    default:
      return right satisfies never
  }
}

export type RefusalName = keyof typeof refusals

/** A refusal as the contract carries it. */
export function refused<Code extends RefusalName>(
  code: Code,
  details: Details = {},
): Refused<Code> {
  const { message, next } = refusals[code]
  return {
    kind: 'refused',
    code,
    message: message(details),
    next: typeof next === 'string' ? next : next(details),
    ...(details.operation ? { operation: details.operation.id } : {}),
    ...(details.field ? { field: details.field } : {}),
    ...(details.right ? { right: details.right } : {}),
  }
}
