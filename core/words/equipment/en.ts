import type { EquipmentWords } from './ru.ts'

const refused = {
  title: 'The connection was refused',
  next: 'Nobody listens on this port there: check the port and that the machine is on',
}
const unreachable = {
  title: 'The address was not found',
  next: 'Check the address, the network cable, and that the machine is in the same network',
}
const noAnswer = {
  title: 'No answer',
  next: 'It did not answer in time: check the address, that it is on and that it is the right one',
}
const closed = {
  title: 'The connection was broken',
  next: 'The machine closed it: check the port and that it is the right machine',
}
const noDevice = {
  title: 'There is no such device',
  next: 'Check the cable and the name of the device file',
}
const notADevice = {
  title: 'This is no device',
  next: 'A plain file or a link has this name: give a device file',
}
const forbidden = {
  title: 'The device may not be opened',
  next: 'Let the till’s user open the device: the group lp or dialout',
}
const inUse = {
  title: 'The device is in use',
  next: 'Another program has opened it: close that and try again',
}

export const equipmentEn: EquipmentWords = {
  heading: 'Equipment',
  note: 'Receipt printer, cash drawer, scale, card terminal, customer’s screen',
  byRight: 'Equipment is set up by whoever has the right “Settings”',
  printer: 'Receipt printer',
  connection: 'Connection',
  kinds: { network: 'By network', device: 'To this computer' },
  host: 'Address',
  hostHint: 'IP or name, such as 192.168.1.50',
  port: 'Port',
  portHint: 'Usually 9100',
  portWrong: 'a number from 1024 to 65535 is needed',
  path: 'Device file',
  pathHint: 'Such as /dev/usb/lp0',
  columnsTitle: 'Width of the paper',
  columns: { 32: '58 mm, 32 characters', 42: '80 mm, 42 characters', 48: '80 mm, 48 characters' },
  codePageTitle: 'Code page',
  codePages: { cp866: '866', windows1251: 'Windows-1251' },
  drawerTitle: 'Cash drawer',
  drawers: { off: 'Never open', before: 'Open before printing', after: 'Open after printing' },
  drawerHint:
    'Opens with a paper by which cash goes in or out; not with one that is repeated or copied',
  drawerPinTitle: 'Pin of the drawer',
  drawerPin: (pin) => `Pin ${pin}`,
  cutTitle: 'Cut of the paper',
  cuts: { none: 'No cut', partial: 'Partial cut', full: 'Full cut' },
  usual: 'The printer is not set up here yet: the till prints as it was started to',
  save: 'Save',
  saved: 'Saved',
  savedDoes: 'Papers that wait to be printed go to this printer',
  tryPrinter: 'Try the printer',
  trying: 'The printer is being tried…',
  scale: 'Scale',
  scaleNote: 'A scale that speaks MT-SICS: by network or a serial port whose speed the system sets',
  scalePortHint: 'Port of the scale or of its converter, such as 4305',
  saveScale: 'Save the scale',
  tryScale: 'Try the scale',
  tryingScale: 'The scale is weighing…',
  noScale: 'No scale',
  weigh: 'Weigh',
  weighing: 'Weighing…',
  weighed: {
    none: { title: 'No scale is set up', next: 'Type the weight' },
    stable: { title: 'Weight', next: 'Put something else on the scale and try once more' },
    unstable: {
      title: 'The weight did not come to rest',
      next: 'Take your hands off the scale and try again',
    },
    overload: { title: 'Too much is on the scale', next: 'Take some of the goods off' },
    underload: {
      title: 'The weight is below zero',
      next: 'Clear the scale, zero it and try again',
    },
    empty: { title: 'Nothing is on the scale', next: 'Put the goods on and try again' },
    garbled: {
      title: 'The scale’s answer makes no sense',
      next: 'Check its protocol (MT-SICS) and unit: kg or g',
    },
    refused: refused,
    unreachable: unreachable,
    'no-answer': noAnswer,
    closed: closed,
    'no-device': noDevice,
    'not-a-device': notADevice,
    forbidden: forbidden,
    'in-use': inUse,
  },
  missing: 'fill this in',
  heard: {
    printed: {
      title: 'Printed',
      next: 'Check the paper: each line whole, the letters readable, the sum at the right edge',
    },
    'no-paper': { title: 'Out of paper', next: 'Put in a roll and try again' },
    silent: {
      title: 'Sent, not acknowledged',
      next: 'See whether the paper came out: the printer did not tell that it was done',
    },
    refused,
    unreachable,
    'no-answer': noAnswer,
    closed,
    'no-device': noDevice,
    'not-a-device': notADevice,
    forbidden,
    'in-use': inUse,
  },
  took: (ms) => `Answered within ${ms} ms`,
  terminal: 'Card terminal',
  terminalNote: 'The link to the bank: a question by which nothing is charged. No shift is needed.',
  tryTerminal: 'Try the terminal',
  tryingTerminal: 'The till is asking the bank…',
  terminalHeard: {
    connected: {
      title: 'The bank is there',
      next: 'Nothing was charged: this only tried the link',
    },
    refused: {
      title: 'The bank refused the question',
      next: 'Call the acquiring bank and tell it the code',
    },
    unclear: {
      title: 'The bank’s answer is not understood',
      next: 'Call the acquiring bank: terminal and bank speak differently',
    },
    silent: {
      title: 'The bank did not answer',
      next: 'There is a connection, no answer: try again in a minute, then call the acquiring bank',
    },
    forged: {
      title: 'The bank failed the check',
      next: 'Somebody else answers at its address. Take no cards, call the acquiring bank',
    },
    unsent: {
      title: 'No link to the bank',
      next: 'The question did not leave: check internet, the bank’s address, the terminal’s key',
    },
    none: {
      title: 'No terminal is connected',
      next: 'This till takes no cards: a terminal is set when it is installed',
    },
  },
  bankDay: (day) => `business day ${day}`,
  bankCode: (code) => `code ${code}`,
}
