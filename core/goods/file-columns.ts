/** What a file of goods may tell of them, in the order that a file of ours has. */
export const fileColumns = [
  'id',
  'name',
  'codes',
  'price',
  'group',
  'unit',
  'vat',
  'favourite',
  'marking',
  'colour',
] as const
export type FileColumn = (typeof fileColumns)[number]
/** Where each stands in a row, from 0; what the file does not tell is not there. */
export type FileColumns = Partial<Record<FileColumn, number>>

/** Without these no row says anything. */
const needed = ['name', 'price'] as const

/** Whether goods can be read by these columns. */
export const areEnough = (columns: FileColumns): boolean =>
  needed.every((column) => columns[column] !== undefined)
