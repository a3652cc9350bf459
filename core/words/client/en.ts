import type { ClientWords } from './ru.ts'

export const clientEn: ClientWords = {
  answer: {
    section: 'What became of an operation',
    how:
      'The operator signs the answer. ' +
      'A register without a line takes it in the form of a red receipt: ' +
      'scan the QR code or paste the digits.',
    register: 'Register',
    by: 'What is known',
    byMoment: 'Time and sum',
    byOperation: 'Code of the operation',
    day: 'Day',
    time: 'Time',
    timeHint: 'HH:MM',
    sum: 'Sum',
    code: 'Code of the operation',
    codeHint: 'From the form of the red receipt, with “/number”',
    codeWrong: 'The form of the red receipt shows it: 36 characters, then “/number”',
    ask: 'Ask',
    done: 'The operation was made',
    never: 'There was no operation and will be none',
    cannotTell: 'The operator cannot tell yet',
    several: 'Several documents fit: choose one',
    doneHow: 'The operator holds its document.',
    neverHow: 'Another document has the number that its own was to get.',
    cannotTellHow: 'There is no document, but it may be on its way.',
    neverNeeds: 'That there was none can be proved by the operation’s code with its number.',
    head: (number, at) => `Last document taken: № ${number}, ${at}`,
    noHead: 'No document of this register has been taken yet.',
    given: (at) => `Answered on ${at}, good for a day`,
    qr: 'QR code of the answer for the register',
    digits: 'The answer in digits',
    copy: 'Copy',
    copied: 'Copied',
    print: 'Print',
    choose: 'This one',
    kind: 'Operation',
    number: 'Receipt №',
    at: 'Date and time',
    uid: 'UI',
  },
}
