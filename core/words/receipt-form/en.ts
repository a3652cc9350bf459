import type { ReceiptFormWords } from './ru.ts'

export const receiptFormEn: ReceiptFormWords = {
  heading: 'Receipt',
  note: 'Lines of one’s own, language',
  byRight: 'The receipt is set up by whoever has the right “Settings”',
  header: 'Head',
  headerHint: 'Up to 4 lines of 48 characters, above the requisites',
  footer: 'Foot',
  footerHint: 'Up to 6 lines of 48 characters, below the document',
  tooMany: 'there are more lines than there may be',
  tooLong: 'a line has more than 48 characters',
  unprintable: 'a mark of direction or control cannot be printed',
  save: 'Save',
  saved: 'Saved',
  savedDoes: 'Receipts begun before stay as they were, repeats and copies too',
  preview: 'What the receipt will look like',
  fixed: 'Requisites, number, UI and sums are the law’s and the SKO’s: they cannot be changed',
  goods: 'Rye bread',
}
