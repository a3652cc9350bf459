import type { Say } from './say.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

/** Refusals of an import of goods. */
export const importRefusalsEn = {
  'import.unknown': plain(
    'There is no such file: the register was restarted, or others were loaded',
    'Choose the file again',
  ),
  'import.running': plain(
    'Goods are being imported already',
    'Wait until that is over: Import shows how much is left',
  ),
  'import.not-read': plain(
    'The file is not read yet',
    'Wait for the preview and check what will change',
  ),
  'import.has-faults': plain(
    'Some rows of the file are faulty, nothing of it was taken',
    'Mend the rows that are named and choose the file again',
  ),
  'import.stale': plain(
    'Goods were changed after the file was looked through',
    'Read the file again: it shows what will change now',
  ),
  'import.no-room': plain(
    'There is no room for the file on the register’s disk',
    'Make room and choose the file again',
  ),
} satisfies Record<string, Say>
