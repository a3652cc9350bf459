import type { EnrolmentWords } from './ru.ts'

export const enrolmentEn: EnrolmentWords = {
  setup: {
    heading: 'Setting up the register',
    lead: 'The register is not connected to an operator of software registers yet.',
    what: { sko: 'SKO', register: 'Register' },
    steps: {
      sko: [
        'Open the operator’s cabinet and sign in.',
        'Choose “Connect a register”, type the code and compare the SKO’s number.',
        'Give the RN SKKO and confirm.',
      ],
      register: [
        'Open the operator’s cabinet and sign in.',
        'Choose “Connect a register”, type the code and compare the register’s number.',
        'Give the RN SKKO that the SKO is connected to, and confirm.',
      ],
    },
    cabinet: 'The operator’s cabinet',
    code: 'Code',
    serial: 'Number',
    life: (minutes) => `The code is good for ${minutes} more min, then a new one comes`,
    scan: 'Or point a phone’s camera here: it fills the code in, you still have to confirm.',
    asking: 'Asking the operator for a code…',
    unreachable: {
      title: 'The operator does not answer',
      next: 'Check the internet connection: the code comes by itself.',
    },
    refused: {
      title: 'The connection was refused',
      next: 'A new code comes by itself in half a minute.',
    },
    silent: {
      title: 'The register does not answer',
      next: 'Check that it is switched on: the page goes on by itself.',
    },
  },
  connect: {
    section: 'Connect a register',
    heading: 'Connect a register',
    lead: 'A register shows its code on “Setting up the register”, an SKO in its log.',
    code: 'Code',
    find: 'Find',
    what: { sko: 'SKO', register: 'Register' },
    serial: 'Number',
    address: 'Asked from',
    age: (minutes) => (minutes === 0 ? 'less than a minute ago' : `${minutes} min ago`),
    ageName: 'When',
    unknownAddress: 'not known',
    check:
      'Compare the number with what the register or the SKO itself shows. ' +
      'If somebody sent or read you the code, do not confirm.',
    register: 'To which register',
    number: 'RN SKKO',
    numberHelp: 'First digits of the number',
    none: 'There are no registers with such a number',
    free: 'free',
    noDevice: 'connect the SKO first',
    occupied: (serial) => `No. ${serial} is connected`,
    replaces: (serial) => `Replace No. ${serial}: the former register stops working`,
    replacesDevice: (serial) => `Replace device No. ${serial}: it is retired for good`,
    unsent: (serial, count) =>
      'Before it is replaced the till sends the operator the documents that it holds itself. ' +
      `Device No. ${serial} has ${count} unsent. If the till is online, wait a minute`,
    reason: 'Why it is replaced',
    confirm: 'Connect',
    refuse: 'Refuse',
    other: 'Another code',
    done: (what, register) => `${what}: connected to RN SKKO ${register}`,
    refused: 'The connection was refused',
    next: 'Connect another',
  },
  replaced: {
    retired: {
      title: 'The operator has retired this device',
      next:
        'Connect a new device to this register in the operator’s cabinet: the till goes ' +
        'on with it by itself',
    },
    carried: (sum) => `The device was replaced. Cash of the former one in the drawer: ${sum}`,
    missing: (sum) =>
      `The device was replaced. By the former one ${sum} is missing from the drawer`,
    openFirst: 'Open the shift, then deposit it at the new device',
    depositIt: 'Deposit it at the new device in one go',
    withdrawIt: 'Withdraw this sum from the new device in one go',
    deposit: (sum) => `Deposit ${sum}`,
    withdraw: (sum) => `Withdraw ${sum}`,
  },
}
