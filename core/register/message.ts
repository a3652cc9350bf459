import { kinds } from '../document/kinds.ts'
import type { Kopecks } from '../money.ts'
import { isGivenUp, type Operation } from './operation.ts'

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
      return {
        code: 'operation.reversing',
        text: 'Операция отменена, деньги возвращаются на карту',
        next: 'Делать ничего не нужно: касса повторяет отмену, пока банк не подтвердит её',
      }
    case 'failed':
      return {
        code: state.code,
        text: `Ошибка операции. ${state.why}`,
        next: isGivenUp(operation)
          ? 'Сверьте счётчики смены с оператором ПКС'
          : 'Исправьте причину и повторите операцию',
      }
    case 'intended':
    case 'registered':
    case 'cancelled':
      return null
    default:
      return state satisfies never
  }
}

/** S3.4, S3.9; R10: by the operation's own name, with or without a discrepancy of cash. */
function redMessage({ kind, state }: Operation, discrepancy: Kopecks | null): Message {
  const next = 'Запрос Оператору ПКС является обязательным'
  if (state.is === 'red' && (state.stage === 'authorisation' || state.never)) {
    return { code: 'operation.red', text: ASK_BANK, next: 'Узнайте в банке, прошла ли операция' }
  }
  if (discrepancy === null || discrepancy === 0) {
    return { code: 'operation.red', text: ASK_OPERATOR, next }
  }
  const found = 'Обнаружено расхождение наличных в БД и СКО'
  const text = `Операция ${kinds[kind].genitive} не завершена. ${found}. ${ASK_OPERATOR}`
  return { code: 'operation.red', text, next }
}
