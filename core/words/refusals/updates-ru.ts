import type { Say } from './say.ts'

/** Refusals about the till's programs. */
export const updateRefusalsRu = {
  'update.not-ready': () => ({
    message: 'Эта версия ещё не загружена и не проверена',
    next: 'Подождите, пока она загрузится, или нажмите «Проверить обновления»',
  }),
  'update.shift-open': () => ({
    message: 'Касса обновляется только при закрытой смене',
    next: 'Закройте смену',
  }),
  'update.busy': () => ({
    message: 'На кассе есть незавершённая операция',
    next: 'Завершите её',
  }),
  'update.no-copy': () => ({
    message: 'Перед обновлением не удалось сделать копию памяти кассы',
    next: 'Освободите место на диске кассы и повторите',
  }),
} satisfies Record<string, Say>
