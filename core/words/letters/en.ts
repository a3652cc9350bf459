import type { LettersWords } from './ru.ts'

export const lettersEn: LettersWords = {
  subject: (company: string, number: number): string => `Receipt no. ${number}, ${company}`,
  heading: 'Electronic receipt',
  send: 'Send the receipt by mail',
  email: 'Customer’s e-mail',
  hint: 'The address is kept until the receipt is sent',
  go: 'Send',
  leave: 'Cancel',
  bad: 'One address like name@mail.by is needed',
  again: 'Send again',
  states: {
    waiting: 'Being sent',
    sent: 'The receipt was sent',
    refused: 'Not sent: the server refused it',
    'given-up': 'Not sent: tried for a day',
  },
  retried: (count: number, time: string): string =>
    `Not sent, try ${count}. The next one at ${time}`,
  forgotten: 'address forgotten',
  said: (said: string): string => `The server said: ${said}`,
  switch: 'Electronic receipt',
  switchDoes: 'A customer may get the receipt as a letter. On paper it is printed all the same.',
  noServer: 'The till has no mail server: letters cannot be sent.',
  open: 'Open the receipt',
  failed: (count: number): string => `Electronic receipts not sent: ${count}`,
  failedNext: 'Open the receipt and press “Send again”',
}
