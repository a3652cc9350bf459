import type { Say } from './say.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

/** Refusals of an import of goods. */
export const importRefusalsRu = {
  'import.unknown': plain(
    'Такого файла нет: касса перезапускалась, или загружены другие',
    'Выберите файл ещё раз',
  ),
  'import.running': plain(
    'Уже идёт импорт товаров',
    'Дождитесь, когда он закончится: сколько осталось, видно в «Импорте»',
  ),
  'import.not-read': plain(
    'Файл ещё не прочитан',
    'Дождитесь просмотра и проверьте, что изменится',
  ),
  'import.has-faults': plain(
    'В файле есть строки с ошибками, из него не взято ничего',
    'Исправьте названные строки и выберите файл ещё раз',
  ),
  'import.stale': plain(
    'Товары изменили после просмотра файла',
    'Прочитайте файл ещё раз: здесь видно, что изменится теперь',
  ),
  'import.no-room': plain(
    'На диске кассы нет места для файла',
    'Освободите место и выберите файл ещё раз',
  ),
} satisfies Record<string, Say>
