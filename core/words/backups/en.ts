import type { BackupsWords } from './ru.ts'

/** Copies of the register's memory (K5). */
export const backupsEn: BackupsWords = {
  heading: 'Backups',
  note: 'Copies of the till’s memory and their checks',
  byRight: 'Backups are for whoever has the right “Backups”',
  lead:
    'Once a day, in a quiet moment, the till makes a copy by itself and checks it at once. ' +
    'Copies are kept for two weeks.',
  make: 'Make a copy',
  making: 'The copy is being made and checked…',
  folder: 'Second folder',
  folderHint: 'A USB stick, say: /media/usb. Empty: copies stay in the till alone',
  save: 'Save',
  sameDisk: {
    title: 'The second folder lies on the till’s own disk',
    next: 'A broken disk takes the till and its copies. Choose a folder on another one.',
  },
  noSecond: {
    title: 'Copies lie on the till’s own disk',
    next: 'Name a second folder on another one, so that copies outlive a broken disk.',
  },
  columns: { at: 'When', place: 'Where', size: 'Size', check: 'Check' },
  places: { own: 'Till', outer: 'Second folder' },
  none: 'No copies yet',
  megabytes: (size) => `${size} MB`,
  check: 'Check',
  checking: 'Checking…',
  whole: (day) => `The copy of ${day} is whole`,
  lossNone: 'It has all that the till has.',
  loss: ({ operations, receipts, goods, acts, lastAt }) =>
    `A return to it would lose: operations ${operations} (receipts of sale among them ` +
    `${receipts}), changed goods ${goods}, lines of the journal of acts ${acts}. ` +
    `The last of these: ${lastAt}.`,
  failedAt: (place) => `The last copy was not made: ${place}`,
  faults: {
    missing: {
      title: 'The folder or its stick is not there',
      next: 'Put in the stick that copies are made to, and try again.',
    },
    full: { title: 'The disk is full', next: 'Make room or choose another folder.' },
    denied: {
      title: 'The folder cannot be written to',
      next: 'Let the till’s program write there, or choose another one.',
    },
    damaged: {
      title: 'The copy is damaged',
      next: 'Do not rely on it. Make a new one, better on another disk.',
    },
    journal: {
      title: 'The journal of operations in the copy does not hold',
      next: 'Do not rely on it. If a new copy is no better, call support.',
    },
    acts: {
      title: 'The journal of acts in the copy does not hold',
      next: 'Do not rely on it. If a new copy is no better, call support.',
    },
    failed: { title: 'The copy failed', next: 'Try again. If it fails again, call support.' },
  },
}
