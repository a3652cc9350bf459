import type { peopleRefusalsRu } from './people-ru.ts'
import type { Say } from './say.ts'

/** Refusals about the people of a shop and their roles. */
export const peopleRefusalsBe: Record<keyof typeof peopleRefusalsRu, Say> = {
  'administrator.known': () => ({
    message: 'Адміністратар гэтай касы ўжо ёсць',
    next:
      'Увайдзіце пад яго імем; ' +
      'калі гэта не вы яго назвалі, патэлефануйце таму, хто ўсталёўваў касу',
  }),
  'administrator.elsewhere': () => ({
    message: 'Першага адміністратара называюць на самой касе',
    next: 'Адкрыйце гэту старонку ў браўзеры касы',
  }),
  'person.exists': () => ({
    message: 'Супрацоўнік з такім імем ужо ёсць',
    next: 'Назавіце яго так, каб яго не блыталі: напрыклад, дадайце прозвішча',
  }),
  'person.changed': () => ({
    message: 'Супрацоўніка змянілі, пакуль ён быў адкрыты',
    next: 'Адкрыйце яго нанова: тут відаць, якім ён стаў',
  }),
  'people.last': () => ({
    message: 'Гэта апошні, хто можа весці супрацоўнікаў',
    next: 'Спачатку дайце права «Супрацоўнікі» каму-небудзь яшчэ',
  }),
  'role.exists': () => ({
    message: 'Роля з такой назвай ужо ёсць',
    next: 'Назавіце яе інакш',
  }),
  'role.unknown': () => ({
    message: 'Такой ролі няма',
    next: 'Выберыце ролю са спісу',
  }),
  'role.changed': () => ({
    message: 'Ролю змянілі, пакуль яна была адкрыта',
    next: 'Адкрыйце яе нанова: тут відаць, якой яна стала',
  }),
  'pin.taken': () => ({
    message: 'Такі PIN ужо ёсць у іншага супрацоўніка',
    next: 'Прыдумайце іншы',
  }),
}
