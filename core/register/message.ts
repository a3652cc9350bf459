import { kinds, titleOf } from '../document/kinds.ts'
import { formatMoney, type Kopecks } from '../money.ts'
import { drawerEffect } from './ledger.ts'
import type { Operation } from './operation.ts'
import { isGivenUp, isUnproved, may } from './standing.ts'

export type Message = { code: string; text: string; next: string }

export const SKO_LOST = 'Произошла потеря связи с СКО! Проверьте подключение и нажмите Продолжить'
const ASK_OPERATOR = 'Свяжитесь с оператором ПКС для уточнения состояния операции'
const ASK_BANK = 'Операция на ПКС не выполнена. Свяжитесь с банком для уточнения состояния операции'

/** What the cashier is told of a state (manual §1.1, §3); null when nothing is amiss. */
export function messageOf(operation: Operation, discrepancy: Kopecks | null): Message | null {
  const { state } = operation
  switch (state.is) {
    case 'waiting':
      return { code: 'sko.lost', text: SKO_LOST, next: 'Подключите СКО и нажмите «Продолжить»' }
    case 'asking':
      return {
        code: 'operation.asking',
        text: 'Ответ не получен. Касса уточняет исход операции',
        next: 'Подождите несколько секунд, делать ничего не нужно',
      }
    case 'red':
      return redMessage(operation, discrepancy)
    case 'reversing':
      return reversingMessage(operation, state.held)
    case 'failed':
      return {
        code: state.code,
        text: `Ошибка операции. ${state.why}`,
        next: nextOf(operation, state.code),
      }
    case 'registered':
      return registeredMessage(operation)
    case 'intended':
    case 'cancelled':
      return null
    default:
      return state satisfies never
  }
}

const CHECK_COUNTERS = 'Сверьте счётчики смены с оператором ПКС'
const AGAIN = 'Повторите операцию'

function nextOf(operation: Operation, code: string): string {
  const { kind } = operation
  if (isGivenUp(operation)) {
    return code === 'operation.denied' && isUnproved(operation) ? WILL_BE_CHECKED : CHECK_COUNTERS
  }
  if (code === 'bank.unreachable') {
    const line = 'Проверьте подключение к интернету и повторите'
    return kind === 'sale' ? `${line}, или примите наличные` : line
  }
  if (code === 'bank.never' || (code === 'card.late' && kind !== 'sale')) return AGAIN
  if (!/^(bank|card)\./.test(code)) return 'Исправьте причину и повторите операцию'
  switch (kind) {
    case 'annulment':
      return 'Оформите «Возврат» по этому чеку'
    case 'refund':
      return 'Позвоните в банк-эквайер: вернуть на эту карту он не смог'
    default:
      return 'Предложите другую карту или примите наличные'
  }
}

const WILL_BE_CHECKED = 'Касса проверит её сама, как только ответит СКО или оператор'

/** What undoing the bank's part means: a purchase gives money back, a refund takes it again. */
const undoing = ({ kind }: Operation) =>
  kind === 'sale'
    ? {
        now: 'деньги возвращаются на карту',
        anew: 'если товар у покупателя, примите оплату снова',
        held: 'Возврат денег на карту ждёт проверки: документа не должно быть',
        later: 'Касса вернёт деньги сама, как только это подтвердит СКО или оператор',
      }
    : {
        now: 'возврат на карту отменяется',
        anew: 'проведите его снова',
        held: 'Отмена возврата на карту ждёт проверки: документа не должно быть',
        later: 'Касса отменит его сама, как только это подтвердит СКО или оператор',
      }

function reversingMessage(operation: Operation, held: boolean): Message {
  const words = undoing(operation)
  if (held) return { code: 'operation.held', text: words.held, next: words.later }
  const wait = 'Делать ничего не нужно: касса повторяет отмену, пока банк не подтвердит её'
  // R4: the device never got it, so the person gave it up.
  const wasGivenUp = operation.authorisation === 'approved' && operation.reached === 'no'
  return {
    code: 'operation.reversing',
    text: `Операция отменена, ${words.now}`,
    next: wasGivenUp ? `${wait}. ${CHECK_COUNTERS}` : wait,
  }
}

/** S3.4, S3.9; R10: by the operation's own name, with or without a discrepancy of cash. */
function redMessage(operation: Operation, discrepancy: Kopecks | null): Message {
  const { kind } = operation
  const next = 'Запрос Оператору ПКС является обязательным'
  if (may(operation).includes('cancelUnfinished')) {
    return { code: 'operation.red', text: ASK_BANK, next: 'Узнайте в банке, прошла ли операция' }
  }
  // R10: money that went through the bank does not show as cash, yet the manual's text is the same.
  const isCharged = operation.authorisation === 'approved'
  if (!isCharged && (discrepancy === null || discrepancy === 0)) {
    return { code: 'operation.red', text: ASK_OPERATOR, next }
  }
  const found = 'Обнаружено расхождение наличных в БД и СКО'
  const text = `Операция ${kinds[kind].genitive} не завершена. ${found}. ${ASK_OPERATOR}`
  return { code: 'operation.red', text, next }
}

/** A registered operation is calm unless it stands on a person's word alone. */
function registeredMessage({ state }: Operation): Message | null {
  if (state.is !== 'registered') return null
  switch (state.proof) {
    case 'proved':
      return null
    case 'unproved':
      return {
        code: 'operation.unproved',
        text: 'Операция отмечена успешной вручную и ещё не проверена',
        next: WILL_BE_CHECKED,
      }
    case 'disproved':
      return {
        code: 'operation.disproved',
        text: 'Операция отмечена успешной, но её документа нет',
        next: CORRECT,
      }
    default:
      return state.proof satisfies never
  }
}

function contradictedNext(operation: Operation): string {
  const { now, anew } = undoing(operation)
  const steps = [
    ...(operation.card ? [`${upper(now)}: ${anew}`] : []),
    ...(drawerEffect(operation) !== 0 ? [CORRECT] : []),
  ]
  return steps.join('. ')
}

const CORRECT = 'Администратор проводит «Аварийную коррекцию суммы наличных в БД» в «Обслуживании»'

/** A notice as a person reads it: green when nothing is left to do, red when something is. */
export type NoticeText = { tone: 'green' | 'amber' | 'red'; title: string; next: string }

/** How an operation ended without a person, or against her word (S3.2, S3.6); null: no notice. */
export function noticeOf(operation: Operation): NoticeText | null {
  const { notice, kind, sum, signed, claim, card } = operation
  const what = sum > 0 ? `${titleOf(kind)} на ${formatMoney(sum)}` : titleOf(kind)
  const document = `документ № ${signed?.document.number ?? claim?.number ?? ''}`
  switch (notice) {
    case null:
      return null
    case 'cleared':
      return clearedText(operation, what)
    case 'adopted':
      return {
        tone: 'amber',
        title: `${what}: ${document} есть у СКО`,
        next: claim
          ? 'Введённые вручную данные были неверны. Чек записан по данным документа'
          : 'Операция была отмечена неуспешной, но документ есть. Чек снова в «Списке чеков»',
      }
    case 'contradicted':
      return {
        tone: 'red',
        title: `${what}: документа нет, хотя операция отмечена успешной`,
        next: contradictedNext(operation),
      }
    case 'unreversed':
      return {
        tone: 'red',
        title: `${what}: банк не отменил операцию, код ${card?.reversal?.code ?? ''}`,
        next: 'Позвоните в банк-эквайер: деньги на карту вернёт он',
      }
    default:
      return notice satisfies never
  }
}

function clearedText(operation: Operation, what: string): NoticeText {
  const { state, signed } = operation
  const lost = 'Ответ был потерян, касса выяснила исход сама'
  if (state.is === 'registered') {
    const told = state.by === 'operator' ? 'подтвердил оператор' : 'подтвердило СКО'
    return {
      tone: 'green',
      title: `${what}: операция успешна`,
      next: `${lost}: документ № ${signed?.document.number ?? ''} ${told}`,
    }
  }
  const why = state.is === 'failed' ? state.why : `документа нет, ${undoing(operation).now}`
  return {
    tone: 'amber',
    title: `${what}: операция не проведена`,
    next: `${lost}: ${lower(why)}. Если она нужна, проведите её заново`,
  }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

// «СКО» keeps its capitals.
const lower = (text: string): string =>
  /^[А-ЯЁ][а-яё]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
