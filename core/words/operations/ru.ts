import type { EvidenceView } from '../../api/evidence.ts'
import type { Facts, HelpStep } from '../../api/facts.ts'
import type { CardOutcome } from '../../api/wire.ts'
import type { Kind, ListedKind, Means } from '../../document/kinds.ts'
import { formatMoney, ZERO } from '../../money.ts'
import type { Divergence, Neighbour } from '../../register/trust.ts'
import type { UploadCause } from '../../register/upload.ts'
import { printedMoment } from '../../time.ts'
import type { Unit } from '../../units.ts'
import { bankRu } from '../bank/ru.ts'
import { measuresRu } from '../measures/ru.ts'

const kinds: Record<ListedKind, string> = {
  'shift-opening': 'Открытие смены',
  sale: 'Продажа',
  refund: 'Возврат',
  annulment: 'Аннулирование',
  deposit: 'Внесение',
  withdrawal: 'Изъятие',
  'shift-closing': 'Закрытие смены',
  correction: 'Аварийная коррекция',
}

/** As it stands in «Операция … не завершена» (manual §3.1, R10). */
const genitives: Record<Kind, string> = {
  'shift-opening': 'открытия смены',
  sale: 'продажи',
  refund: 'возврата',
  annulment: 'аннулирования',
  deposit: 'внесения',
  withdrawal: 'изъятия',
  'shift-closing': 'закрытия смены',
}
const genitive = (kind: Facts['kind']): string =>
  kind === undefined || kind === 'correction' ? '' : genitives[kind]

/** By code; the other languages have the same. */
type Table = Record<string, (facts: Facts) => string>
type Like<T> = Record<keyof T, (facts: Facts) => string>

const titleOf = ({ kind = 'sale' }: Facts): string => kinds[kind]
const what = (facts: Facts): string =>
  (facts.sum ?? 0) > 0 ? `${titleOf(facts)} на ${formatMoney(facts.sum ?? 0)}` : titleOf(facts)

const ASK_OPERATOR = 'Свяжитесь с оператором ПКС для уточнения состояния операции'
const CORRECT = 'Администратор проводит «Аварийную коррекцию суммы наличных в БД» в «Обслуживании»'

/** What undoing the bank's part means: a purchase gives money back, a refund takes it again. */
const undoing = ({ kind }: Facts) =>
  kind === 'sale'
    ? {
        now: 'деньги возвращаются на карту',
        anew: 'если товар у покупателя, примите оплату снова',
        held: 'Возврат денег на карту ждёт проверки: документа не должно быть',
      }
    : {
        now: 'возврат на карту отменяется',
        anew: 'проведите его снова',
        held: 'Отмена возврата на карту ждёт проверки: документа не должно быть',
      }

/** The bank's word about money was another than what was asked of it. */
const otherSum = ({ sum, told }: Facts): string => {
  const asked = formatMoney(sum ?? ZERO)
  return typeof told === 'number'
    ? `Банк одобрил ${formatMoney(told)} вместо ${asked}: чек не оформлен`
    : `Банк одобрил не ${asked} в рублях: чек не оформлен`
}

const notMoved = ({ kind }: Facts): string =>
  kind === 'sale' ? 'карта не списана' : 'деньги на карту не возвращены'

/** Why an operation came to nothing, by its code. */
const failures = {
  'shift.blocked': measuresRu.blockedBecause,
  'operation.never': ({ by }) =>
    `${by === 'operator' ? 'Оператор подтвердил' : 'СКО подтвердило'}, что документа нет`,
  'operation.denied': ({ reason, person }) => {
    const by = person === undefined ? '' : `, решил оператор (${person})`
    return `Отмечена неуспешной${reason === 'unproved' ? ', пока не проверено' : ''}${by}`
  },
  'operation.given-up': () => 'Операция не выполнена: команда не дошла до СКО',
  'bank.unreachable': (facts) => `Банк недоступен, ${notMoved(facts)}`,
  'bank.never': (facts) => `Банк подтвердил, что ${notMoved(facts)}`,
  'card.cancelled': () => 'Оплата картой отменена до чтения карты',
  'card.late': ({ kind }) =>
    kind === 'sale' ? 'Карта не была приложена вовремя' : 'Операция прервана до обращения в банк',
  'card.no-reader': () => 'Нет связи с терминалом',
} satisfies Table

/** What a state says, where it is no failure. */
const messages = {
  'shift.warned': measuresRu.warnedBecause,
  'sko.lost': () => 'Произошла потеря связи с СКО! Проверьте подключение и нажмите Продолжить',
  'operation.asking': () => 'Ответ не получен. Касса уточняет исход операции',
  'operation.red': ({ reason, kind }) => {
    if (reason === 'bank-unknown') {
      return 'Операция на ПКС не выполнена. Свяжитесь с банком для уточнения состояния операции'
    }
    if (reason !== 'discrepancy') return ASK_OPERATOR
    const found = 'Обнаружено расхождение наличных в БД и СКО'
    return `Операция ${genitive(kind)} не завершена. ${found}. ${ASK_OPERATOR}`
  },
  'operation.held': (facts) => undoing(facts).held,
  'operation.reversing': (facts) => `Операция отменена, ${undoing(facts).now}`,
  'bank.other-sum': (facts) => otherSum(facts),
  'operation.unproved': () => 'Операция отмечена успешной вручную и ещё не проверена',
  'operation.attested': ({ person }) =>
    `Операция успешна по ответу оператора${of(person)}, сам документ ещё не получен`,
  'operation.disproved': () => 'Операция отмечена успешной, но её документа нет',
} satisfies Table

const REPEATED = 'Делать ничего не нужно: касса повторяет отмену, пока банк не подтвердит её'
const CHECK_COUNTERS = 'Сверьте счётчики смены с оператором ПКС'
const CHECK_LINE = 'Проверьте подключение к интернету и повторите'

const steps: Record<HelpStep, string> = {
  'wait-window': measuresRu.opensItself,
  'call-operator': measuresRu.callOperator,
  'connect-sko': 'Подключите СКО и нажмите «Продолжить»',
  'wait-seconds': 'Подождите несколько секунд, делать ничего не нужно',
  'ask-operator': 'Запрос Оператору ПКС является обязательным',
  'ask-bank': 'Узнайте в банке, прошла ли операция',
  'money-later': 'Касса вернёт деньги сама, как только это подтвердит СКО или оператор',
  'undoing-later': 'Касса отменит его сама, как только это подтвердит СКО или оператор',
  nothing: REPEATED,
  'nothing-check-counters': `${REPEATED}. ${CHECK_COUNTERS}`,
  'nothing-other-means': `${REPEATED}. Проведите оплату другой картой или наличными`,
  'will-be-checked': 'Касса проверит её сама, как только ответит СКО или оператор',
  'document-to-come': 'Касса получит документ сама, как только ответит СКО или оператор',
  'check-counters': CHECK_COUNTERS,
  'check-line': CHECK_LINE,
  'check-line-or-cash': `${CHECK_LINE}, или примите наличные`,
  again: 'Повторите операцию',
  'remove-cause': 'Исправьте причину и повторите операцию',
  'refund-instead': 'Оформите «Возврат» по этому чеку',
  'call-bank': 'Позвоните в банк-эквайер: вернуть на эту карту он не смог',
  'other-card': 'Предложите другую карту или примите наличные',
  correct: CORRECT,
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
// «СКО» keeps its capitals.
const lower = (text: string): string =>
  /^[А-ЯЁ][а-яё]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

const LOST = 'Ответ был потерян, касса выяснила исход сама'
const numbered = ({ number }: Facts): string => `документ № ${number ?? ''}`
const clearedAs = (why: string): string => `${LOST}: ${why}. Если она нужна, проведите её заново`

/** Who of the operator's people it was. */
const of = (person: Facts['person']): string => (person === undefined ? '' : ` (${person})`)

const wrong = ({ person }: Facts): string =>
  person === undefined ? 'Введённые вручную' : `Указанные оператором (${person})`
const denied = ({ person }: Facts): string =>
  person === undefined
    ? 'Операция была отмечена неуспешной'
    : `Оператор (${person}) признал операцию неуспешной`

/** How an operation ended without a person, or against her word; `why`: of a failure, in words. */
const notices = {
  registered: (facts: Facts) => ({
    title: `${what(facts)}: операция успешна`,
    next: `${LOST}: ${numbered(facts)} ${
      facts.by === 'operator' ? 'подтвердил оператор' : 'подтвердило СКО'
    }`,
  }),
  failed: (facts: Facts, why: string) => ({
    title: `${what(facts)}: операция не проведена`,
    next: clearedAs(lower(why)),
  }),
  undone: (facts: Facts) => ({
    title: `${what(facts)}: операция не проведена`,
    next: clearedAs(`документа нет, ${undoing(facts).now}`),
  }),
  'staff-registered': (facts: Facts) => ({
    title: `${what(facts)}: операция успешна, ${numbered(facts)}`,
    next: `Так решил оператор${of(facts.person)}. Касса проверит это сама, как только сможет`,
  }),
  'staff-failed': (facts: Facts) => ({
    title: `${what(facts)}: операция не проведена`,
    next: [
      `Так решил оператор${of(facts.person)}. Касса проверит это сама, как только сможет`,
      ...(facts.means?.includes('card') ? [undoing(facts).held] : []),
    ].join('. '),
  }),
  'adopted-otherwise': (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} есть у СКО`,
    next: `${wrong(facts)} данные были неверны. Чек записан по данным документа`,
  }),
  adopted: (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} есть у СКО`,
    next: `${denied(facts)}, но документ есть. Чек снова в «Списке чеков»`,
  }),
  contradicted: (facts: Facts) => ({
    title: `${what(facts)}: документа нет, хотя операция отмечена успешной${of(facts.person)}`,
    next: [
      ...(facts.means?.includes('card')
        ? [`${upper(undoing(facts).now)}: ${undoing(facts).anew}`]
        : []),
      ...(facts.means?.includes('cash') ? [CORRECT] : []),
    ].join('. '),
  }),
  'other-sum': (facts: Facts) => ({
    title: `${titleOf(facts)}. ${otherSum(facts)}`,
    next: `${upper(undoing(facts).now)}. Делать ничего не нужно: касса повторяет отмену сама`,
  }),
  unreversed: (facts: Facts) => ({
    title: `${what(facts)}: банк не отменил операцию, код ${facts.code ?? ''}`,
    next: 'Позвоните в банк-эквайер: деньги на карту вернёт он',
  }),
}

const CALL_OPERATOR = 'Обратитесь к оператору программных касс, ООО «Настоящая Цифровая»'
const CALL_SUPPORT = 'Обратитесь в службу технической поддержки'

const uploads = {
  causes: {
    'no-internet': 'Нет подключения к интернету',
    'operator-silent': 'Интернет есть, но оператор не отвечает',
    'operator-rejects': 'Оператор не принимает документы',
    'operator-distrusted': 'Оператор не прошёл проверку',
    'operator-diverged': 'Касса разошлась с оператором',
    'operator-forgot': 'Оператор потерял часть принятых документов',
    unclear: 'Интернет есть, оператор отвечает, но документы не уходят',
    waiting: 'Документы ждут отправки',
  } as Record<UploadCause, string>,
  steps: {
    'no-internet': 'Проверьте подключение: после его восстановления документы уйдут сами',
    'operator-silent': CALL_OPERATOR,
    'operator-rejects': CALL_SUPPORT,
    'operator-distrusted': CALL_OPERATOR,
    'operator-diverged': CALL_OPERATOR,
    'operator-forgot': 'Касса передаёт их снова сама. Не выключайте кассу и СКО',
    unclear: CALL_SUPPORT,
    waiting: 'Не выключайте кассу и СКО',
  } as Record<UploadCause, string>,
  /** Nobody tells whether there is internet. */
  operatorSilent: 'Оператор не отвечает. Проверьте подключение к интернету',
  callOperator: CALL_OPERATOR,
  /** Refusals of ingest. */
  rejections: {
    'register.blocked': 'касса заблокирована оператором',
    'device.unknown': 'СКО не зарегистрировано у оператора',
    'device.retired': 'СКО выведено из работы у оператора',
    'seal.broken': 'подпись документа неверна',
    'document.gap': 'пропущен документ',
    'document.diverges': 'документ уже принят с другим содержанием',
    'document.chain': 'документ не продолжает принятый',
  },
}

/** Whose answer failed its check, what that means, and whom to call (V1). */
const distrusted: Record<Neighbour, { title: string; next: string }> = {
  sko: {
    title: 'СКО не прошло проверку',
    next: `Касса не верит таким ответам, чек по ним не оформит. ${CALL_OPERATOR}`,
  },
  operator: {
    title: 'Оператор не прошёл проверку',
    next: `Касса не верит таким ответам. ${CALL_OPERATOR}`,
  },
  bank: {
    title: 'Банк не прошёл проверку',
    next: 'Касса не верит таким ответам. Не принимайте карты, позвоните в банк-эквайер',
  },
  office: {
    title: 'Биллинг не прошёл проверку',
    next: 'Касса не верит таким ответам. Обратитесь в СООО "ЭКСКАТ-БЕЛ"',
  },
}

const OTHER_AT_OPERATOR =
  'У оператора другие документы этого СКО, касса остановлена. Не меняйте СКО.'
const LACKING_IN_SKO =
  'В СКО нет документов, которые уже оформлены, касса остановлена. Не меняйте СКО.'

/** Whose documents are others than the till's, and what that means (V3). */
const diverged: Record<Divergence, { title: string; next: string }> = {
  operator: {
    title: 'Касса разошлась с оператором',
    next: `${OTHER_AT_OPERATOR} ${CALL_OPERATOR}`,
  },
  sko: {
    title: 'СКО разошлось с кассой',
    next: `${LACKING_IN_SKO} ${CALL_OPERATOR}`,
  },
}

/** What a discrepancy comes from. */
const cause = (facts: Facts): string => {
  const named = `${titleOf(facts)} ${printedMoment(facts.at ?? 0)}`
  return facts.reason === 'not-in-register'
    ? `${named}: документ № ${facts.number} есть в СКО, нет в БД`
    : `${named}: отмечена успешной, но документа нет`
}

type Movement = { kind: keyof typeof bankRu.kinds; sum: number }
const movement = ({ kind, sum }: Movement, reversal: boolean): string => {
  const title = bankRu.kinds[kind]
  return `${reversal ? `${bankRu.reversal} (${title})` : title} на ${formatMoney(sum)}`
}

/** One transaction for which a business day is out of balance. */
const difference = (found: {
  bank: Movement | null
  terminal: Movement | null
  reversal: boolean
}): string => {
  const { bank, terminal, reversal } = found
  if (bank && terminal) {
    return `${movement(bank, reversal)} в банке, ${movement(terminal, reversal)} в терминале`
  }
  if (bank) return `${movement(bank, reversal)} есть в банке, но не в терминале`
  return terminal ? `${movement(terminal, reversal)} есть в терминале, но не в банке` : ''
}

export const operationsRu = {
  kinds,
  means: { cash: 'Наличные', card: 'Карта', other: 'Иное' } as Record<Means, string>,
  units: {
    piece: 'шт',
    pack: 'уп',
    kg: 'кг',
    g: 'г',
    l: 'л',
    m: 'м',
    m2: 'м²',
    m3: 'м³',
  } as Record<Unit, string>,
  what,
  messages: messages as Like<typeof messages>,
  failures: failures as Like<typeof failures>,
  failed: (why: string) => `Ошибка операции. ${why}`,
  /** The title that `failed` begins with, where a page has the rest apart. */
  failure: 'Ошибка операции',
  steps,
  notices,
  uploads,
  distrusted,
  diverged,
  cause,
  difference,
  evidence: {
    device: {
      done: 'документ есть',
      never: 'документа нет и не будет',
      lacks: 'документа нет',
      busy: 'ещё не может ответить',
      away: 'нет связи',
      silent: 'не отвечает',
      distrusted: 'не прошло проверку',
    } as Record<EvidenceView['device'], string>,
    operator: {
      done: 'документ есть',
      never: 'документа нет',
      'cannot-tell': 'документ ещё не получен',
      silent: 'не отвечает',
      distrusted: 'не прошёл проверку',
    } as Record<EvidenceView['operator'], string>,
    bank: {
      approved: 'операция одобрена',
      reversed: 'операция отменена',
      declined: 'отказал',
      never: 'операции нет',
      silent: 'не отвечает',
    } as Record<NonNullable<EvidenceView['bank']>, string>,
  },
  cards: {
    asked: 'Уточняется',
    approved: 'Одобрена',
    declined: 'Отклонена',
    'not-made': 'Не проведена',
    reversed: 'Техническая отмена',
    unreversed: 'Банк не отменил',
  } as Record<CardOutcome, string>,
}
export type OperationsWords = typeof operationsRu
