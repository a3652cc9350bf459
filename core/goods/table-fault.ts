/** What may be wrong with a file as a whole. */
export const tableFaults = [
  'empty',
  'not-table',
  'old-xls',
  'broken',
  'csv-quotes',
  'no-sheet',
  'too-many-rows',
  'too-large',
  'no-columns',
] as const
export type TableFault = (typeof tableFaults)[number]
