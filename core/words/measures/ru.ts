import type { Facts } from '../../api/facts.ts'
import { printedMoment } from '../../time.ts'

/** To the minute: nobody plans by the second. */
const minute = (at: number): string => printedMoment(at).slice(0, 16)

const BLOCKED = 'Работа запрещена. ПК заблокировано.'
const because = ({ said }: Facts): string => (said === undefined ? '' : ` Причина: ${said}`)

/** Warnings and blocks of the operator, as the till tells them (manual §1.2, 1.3). */
export const measuresRu = {
  blocked: BLOCKED,
  blockedBecause: (facts: Facts): string => `${BLOCKED}${because(facts)}`,
  warned: 'Предупреждение о предстоящей блокировке Программной кассы',
  warnedBecause: (facts: Facts): string =>
    `Предупреждение о предстоящей блокировке Программной кассы.${because(facts)}`,
  reason: (reason: string): string => `Причина: ${reason}`,
  callOperator:
    'Для решения проблемы необходимо связаться с оператором ПКС ООО «Настоящая Цифровая»',
  /** What keeps it from coming. */
  avert:
    'Чтобы этого не случилось, устраните причину или свяжитесь с оператором ПКС ООО «Настоящая ' +
    'Цифровая»',
  opensItself: 'Закрыть это окно нельзя. Смена откроется сама, когда время выйдет',
  seconds: (left: number): string => `${left} с`,
  opening: 'Открываем смену…',
  blockAhead: (from: number): string => `С ${minute(from)} касса будет заблокирована`,
  warningAhead: (from: number): string => `С ${minute(from)} оператор предупреждает о блокировке`,
  blockedInShift: 'Касса заблокирована оператором: новая смена не откроется',
  finishShift: 'Открытую смену можно закончить и закрыть',
  warningIsRead: 'При открытии смены предупреждение читают 60 секунд',
  until: (till: number): string => `Действует до ${minute(till)}`,
}
export type MeasuresWords = typeof measuresRu
