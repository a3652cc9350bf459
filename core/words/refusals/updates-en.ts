import type { Say } from './say.ts'
import type { updateRefusalsRu } from './updates-ru.ts'

export const updateRefusalsEn: Record<keyof typeof updateRefusalsRu, Say> = {
  'update.not-ready': () => ({
    message: 'This version is not fetched and checked yet',
    next: 'Wait until it is, or press “Check for updates”',
  }),
  'update.shift-open': () => ({
    message: 'The till is updated with the shift closed only',
    next: 'Close the shift',
  }),
  'update.busy': () => ({
    message: 'There is an unfinished operation at the till',
    next: 'Finish it',
  }),
  'update.no-copy': () => ({
    message: "No copy of the till's memory could be made before the update",
    next: "Make room on the till's disk and try again",
  }),
}
