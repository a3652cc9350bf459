import type { Facts } from '../../api/facts.ts'
import { printedMoment } from '../../time.ts'
import type { MeasuresWords } from './ru.ts'

const minute = (at: number): string => printedMoment(at).slice(0, 16)

const BLOCKED = 'Праца забаронена. ПК заблакіравана.'
const because = ({ said }: Facts): string => (said === undefined ? '' : ` Прычына: ${said}`)

export const measuresBe: MeasuresWords = {
  blocked: BLOCKED,
  blockedBecause: (facts) => `${BLOCKED}${because(facts)}`,
  warned: 'Папярэджанне аб будучай блакіроўцы Праграмнай касы',
  warnedBecause: (facts) => `Папярэджанне аб будучай блакіроўцы Праграмнай касы.${because(facts)}`,
  reason: (reason) => `Прычына: ${reason}`,
  callOperator: 'Каб вырашыць праблему, трэба звязацца з аператарам ПКС ТАА «Настоящая Цифровая»',
  avert:
    'Каб гэтага не здарылася, ухіліце прычыну або звяжыцеся з аператарам ПКС ТАА «Настоящая ' +
    'Цифровая»',
  opensItself: 'Закрыць гэта акно нельга. Змена адкрыецца сама, калі час скончыцца',
  seconds: (left) => `${left} с`,
  opening: 'Адкрываем змену…',
  blockAhead: (from) => `З ${minute(from)} каса будзе заблакіравана`,
  warningAhead: (from) => `З ${minute(from)} аператар папярэджвае аб блакіроўцы`,
  blockedInShift: 'Каса заблакіравана аператарам: новая змена не адкрыецца',
  finishShift: 'Адкрытую змену можна закончыць і закрыць',
  warningIsRead: 'Пры адкрыцці змены папярэджанне чытаюць 60 секунд',
  until: (till) => `Дзейнічае да ${minute(till)}`,
}
