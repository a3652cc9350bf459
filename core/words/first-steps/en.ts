import type { FirstStepsWords } from './ru.ts'

/** From an empty till to its first sale (K7). */
export const firstStepsEn: FirstStepsWords = {
  way: 'Stages of setting up',
  stages: { connect: 'Connection', administrator: 'Administrator', steps: 'First steps' },
  administrator: {
    heading: 'First administrator',
    lead:
      'The till is connected, but nobody may sign in yet. Name whoever will keep its people, ' +
      'goods and settings: they add the others.',
    name: 'Name',
    nameHint: 'As it is shown at sign-in and on receipts',
    pin: 'PIN',
    repeat: 'PIN again',
    repeatWrong: 'Differs from the PIN',
    save: 'Continue',
    elsewhere: {
      title: 'The first administrator is named at the till itself',
      next: 'Open this page in the till’s own browser: it cannot be done from here.',
    },
  },
  heading: 'First steps',
  note: (left) => `Left before the first sale: ${left}`,
  lead: 'Take the steps in any order and stop at any: the till knows what is done.',
  byRight: 'First steps are for whoever has the right “Settings”',
  done: 'Done',
  left: 'To do',
  shop: {
    title: 'Business details',
    told: 'The operator told them. If something is wrong, mend it in the operator’s cabinet.',
    unknown: 'They appear once the control device answers.',
  },
  office: {
    title: 'Billing',
    serial: 'Serial number in the contract',
    isOpen: 'The till stands in the contract, shifts can be opened.',
    wanting: 'For shifts to open the till must stand in the contract with zPOS under this number.',
    check: 'Ask again',
  },
  goods: {
    title: 'Goods',
    none: 'Load a list from a CSV or XLSX file, or add the first goods by hand.',
    some: (count) => `Goods in the till: ${count}`,
    load: 'Load from a file',
    add: 'Add goods',
  },
  printer: {
    title: 'Printer',
    none: 'Nothing was printed yet. Name the printer and try it.',
    set: 'Set up the printer',
    some: 'The printer prints.',
  },
  sale: {
    title: 'First sale',
    none: 'Open a shift and sell something: the receipt goes to the operator.',
    some: 'The first receipt is made.',
    open: 'To the main menu',
  },
  end: 'Do not show again',
  finish: 'Finish',
}
