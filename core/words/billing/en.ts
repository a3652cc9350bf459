import { printedMoment } from '../../time.ts'
import type { BillingWords } from './ru.ts'

const CONTACT = 'Contact EKSKAT-BEL. You find their contacts at https://zpos.by'
const CONTRACT_FAULT = 'The contract was drawn up wrongly. Contact EKSKAT-BEL'
const ENDING = 'The zPOS.Kassa subscription is about to end.'
const CABINET = 'in the cabinet at https://private.zpos.by'
const numbered = (text: string, account: string | null) =>
  `${text} Personal account number: ${account ?? '…'}`

export const billingEn: BillingWords = {
  states: {
    'serial-unknown': () => ({
      message: `The serial number of this equipment is not known. ${CONTACT}`,
      next: CONTRACT_FAULT,
    }),
    'no-contract': () => ({
      message: 'There is no contract yet. Contact EKSKAT-BEL.',
      next: 'Conclude a contract for zPOS.Kassa; you find the contacts at https://zpos.by',
    }),
    'unp-mismatch': () => ({
      message:
        'The UNP in the settings of this register is not the UNP in the contract for ' +
        `zPOS.Kassa. ${CONTACT}`,
      next: CONTRACT_FAULT,
    }),
    'no-subscription': (account) => ({
      message: numbered(
        `There is no zPOS.Kassa subscription at present. Please place an order ${CABINET}`,
        account,
      ),
      next: 'Go to the cabinet at https://private.zpos.by and order a subscription',
    }),
    'update-required': () => ({
      message:
        'Your zPOS.Kassa equipment needs a mandatory software update! Open “App store” (on the ' +
        'desktop) and update the apps: make sure that “Automatic update” is on in the “App ' +
        'store”. For automatic updates restart the equipment from time to time (at least once ' +
        'a week).',
      next: 'Open the app store and update the software to the present version',
    }),
    ending: (account) => ({
      message: numbered(
        `${ENDING} Please top up the personal account and place an order ${CABINET}`,
        account,
      ),
      next: 'Go to the cabinet at https://private.zpos.by and prolong the subscription',
    }),
    'ending-no-funds': (account) => ({
      message: numbered(
        `${ENDING} The personal account does not cover its automatic renewal. ` +
          `Please top up the personal account ${CABINET}`,
        account,
      ),
      next: 'Go to the cabinet at https://private.zpos.by and prolong the subscription',
    }),
    ok: () => ({ message: 'The zPOS.Kassa subscription is valid', next: 'You can work' }),
    unheard: () => ({
      message: 'zPOS billing has not answered for more than eight days: no shift may be opened',
      next:
        'Check the Internet connection and press “Check again”. If the line is fine, contact ' +
        'EKSKAT-BEL; you find the contacts at https://zpos.by',
    }),
  },
  title: 'Message from billing',
  account: 'Personal account',
  checkAgain: 'Check again',
  unanswered: 'Billing did not answer: its last answer holds. Check the Internet connection',
  read: 'Understood',
  grace: (until) =>
    'zPOS billing has not answered for long. Shifts may be opened until ' +
    `${printedMoment(until).slice(0, 16)}, check the Internet connection`,
}
