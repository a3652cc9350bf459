import type { Say } from './say.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

/** Refusals of an import of goods. */
export const importRefusalsBe = {
  'import.unknown': plain(
    'Такога файла няма: каса перазапускалася, або загружаны іншыя',
    'Выберыце файл яшчэ раз',
  ),
  'import.running': plain(
    'Ужо ідзе імпарт тавараў',
    'Дачакайцеся, калі ён скончыцца: колькі засталося, відаць у «Імпарце»',
  ),
  'import.not-read': plain(
    'Файл яшчэ не прачытаны',
    'Дачакайцеся прагляду і праверце, што зменіцца',
  ),
  'import.has-faults': plain(
    'У файле ёсць радкі з памылкамі, з яго не ўзята нічога',
    'Выпраўце названыя радкі і выберыце файл яшчэ раз',
  ),
  'import.stale': plain(
    'Тавары змянілі пасля прагляду файла',
    'Прачытайце файл яшчэ раз: тут відаць, што зменіцца цяпер',
  ),
  'import.no-room': plain(
    'На дыску касы няма месца для файла',
    'Вызваліце месца і выберыце файл яшчэ раз',
  ),
} satisfies Record<string, Say>
