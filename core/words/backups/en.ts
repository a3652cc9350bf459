import type { BackupsWords } from './ru.ts'

/** Copies of the register's memory (K5). */
export const backupsEn: BackupsWords = {
  heading: 'Backups',
  note: 'Copies of the till’s memory and their checks',
  byRight: 'Backups are for whoever has the right “Backups”',
  lead:
    'Once a day, in a quiet moment, the till makes a copy by itself and checks it at once. ' +
    'Copies are kept for two weeks. You can return to any whole one.',
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
  columns: {
    at: 'When',
    place: 'Where',
    size: 'Size',
    until: 'Knows until',
    check: 'Check',
    back: 'Return',
  },
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
  proved: {
    whole: (day) => `Whole, checked ${day}`,
    foreign: 'Another till’s copy',
    not: 'Not checked yet',
  },
  cards: (cards) =>
    `The bank remembers card operations: ${cards}. Their money cannot be refunded from this ` +
    'till, and the comparison of totals will show a difference.',
  documents: (documents) =>
    `Documents ${documents}: they stay in the СКО and at the operator, not in “Receipts” here.`,
  beyond: (operations) => `The copy has what the till has not: operations ${operations}.`,
  back: {
    begin: 'Return',
    title: (day) => `Return the till to the copy of ${day}?`,
    lead: 'The till’s memory will be what it was in the copy.',
    who: 'People, roles, PINs, goods and settings will be as they were. You will sign in again.',
    after:
      'If the till then tells of a discrepancy with the СКО, the emergency correction mends it.',
    kept: 'What the till has now stays in the list of copies: you can return to it the same way.',
    since: (moment) => `What came after ${moment} will be gone.`,
    word: 'RETURN',
    type: 'To confirm, type the word RETURN',
    yes: 'Return to the copy',
    no: 'Do not return',
    going: 'The till returns to the copy and begins anew…',
    shiftOpen: {
      title: 'The shift is open: there is no return to a copy now',
      next: 'Close the shift, then return to the copy.',
    },
  },
  returned: {
    title: (day) => `The till has returned to the copy of ${day}`,
    none: 'Nothing was lost.',
    kept: (day) => `All that was there before the return lies in the copy of ${day}.`,
    lost: ({ operations, receipts, goods, acts, lastAt }) =>
      `The till has lost: operations ${operations} (receipts of sale among them ${receipts}), ` +
      `changed goods ${goods}, lines of the journal of acts ${acts}. The last of these: ${lastAt}.`,
    failed: (day) => `The till has not returned to the copy of ${day}`,
    failedNext: 'All in the till is as it was. If it fails again, call support.',
    read: 'I see',
  },
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
    newer: {
      title: 'A later version of the till has made this copy',
      next: 'Update the till or choose another copy.',
    },
    failed: { title: 'The copy failed', next: 'Try again. If it fails again, call support.' },
  },
}
