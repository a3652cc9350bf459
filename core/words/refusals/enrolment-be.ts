import type { enrolmentRefusalsRu } from './enrolment-ru.ts'
import type { Say } from './say.ts'

/** Refusals of keys: of whoever asks to be enrolled, and of tills that ask about themselves. */
export const enrolmentRefusalsBe: Record<keyof typeof enrolmentRefusalsRu, Say> = {
  'till.unproven': () => ({
    message: 'Пытанне не падпісана ключом касы',
    next: 'Падключыце касу нанова',
  }),
  'enrolment.unproven': () => ({
    message: 'Заяўка не падпісана ключом прылады',
    next: 'Запусціце касу або СКА нанова',
  }),
  'enrolment.taken': ({ device }) => ({
    message: `№ ${device ?? '…'} ужо зарэгістраваны ў аператара`,
    next: 'Звярніцеся да аператара праграмных кас',
  }),
  'enrolment.unknown': () => ({
    message: 'Такой заяўкі на падключэнне няма',
    next: 'Заяўка падаецца нанова сама',
  }),
  'enrolment.code': () => ({
    message: 'Такога кода няма, або яго час выйшаў',
    next: 'Зверце код з тым, што паказвае каса або СКА: ён мяняецца кожныя 10 хвілін',
  }),
  'enrolment.guessed': ({ waitMs = 0 }) => ({
    message: 'Занадта шмат няправільных кодаў',
    next: `Паўтарыце праз ${Math.ceil(waitMs / 1000)} с`,
  }),
  'enrolment.no-device': ({ register: number }) => ({
    message: `У касы з РН СККА ${number ?? '…'} яшчэ няма СКА`,
    next: 'Спачатку падключыце СКА, потым касу',
  }),
  'enrolment.occupied': ({ device }) => ({
    message: `Месца занята: там ужо падключана № ${device ?? '…'}`,
    next: 'Праверце РН СККА',
  }),
}
