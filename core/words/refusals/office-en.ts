import { formatMoney } from '../../money.ts'
import { billingEn } from '../billing/en.ts'
import type { officeRefusalsRu } from './office-ru.ts'
import type { Say } from './say.ts'

export const officeRefusalsEn: Record<keyof typeof officeRefusalsRu, Say> = {
  'billing.forbids': ({ billing = 'unheard', account }) =>
    billingEn.states[billing](account ?? null),
  'contract.unknown': () => ({
    message: 'There is no contract of this number',
    next: 'Check the number',
  }),
  'equipment.unknown': ({ serial }) => ({
    message: `There is no equipment with the serial number ${serial ?? '…'}`,
    next: 'Check the serial number',
  }),
  'report.unproven': () => ({
    message: "The till's report is not proved by its key",
    next: 'Check SN and UNP of the till in its contract; with a new key save the equipment anew',
  }),
  'tariff.unknown': () => ({
    message: 'There is no such tariff',
    next: 'Choose one from the list',
  }),
  'account.unknown': ({ account }) => ({
    message: `There is no personal account ${account ?? '…'}`,
    next: 'Check its number',
  }),
  'account.no-funds': ({ sum }) => ({
    message: `The personal account is short of ${formatMoney(sum ?? 0)} BYN`,
    next: 'Top up the personal account',
  }),
  'subscription.none': ({ serial }) => ({
    message: `The equipment ${serial ?? '…'} has no subscription in force`,
    next: 'Place an order',
  }),
  'subscription.there': ({ serial }) => ({
    message: `The equipment ${serial ?? '…'} has a subscription in force`,
    next: 'End it first',
  }),
  'order.unknown': () => ({
    message: 'There is no such order',
    next: 'Choose an order of the list',
  }),
  'quote.unknown': () => ({
    message: 'There is no such price',
    next: 'Have the price worked out again',
  }),
  'quote.over': () => ({
    message: 'The price does not stand any more: something has changed since',
    next: 'Have the price worked out again',
  }),
  'transaction.unknown': () => ({
    message: 'There is no such transaction',
    next: 'Find it in the list',
  }),
  'business-day.unknown': () => ({
    message: 'There is no such business day',
    next: 'Choose a day from the list',
  }),
  'entry.unknown': () => ({ message: 'There is no such entry', next: 'Check the number' }),
  'entry.undone': () => ({
    message: 'This entry is already undone by a counter-entry',
    next: 'Nothing needs to be done',
  }),
  'entry.stays': () => ({
    message: 'Only payments and payouts are undone by a counter-entry',
    next: 'To give back money for unused days, end the subscription',
  }),
  'entry.differs': () => ({
    message: 'Something else is written down under this number',
    next: 'Begin the payment anew',
  }),
  'release.no-room': () => ({
    message: "There is no room for the archive on the office's disk",
    next: 'Make room and send the archive again',
  }),
  'payment.not-taken': () => ({
    message: 'Payments are not taken here: the bank takes them',
    next: 'Pay the invoice at the bank and name the personal account',
  }),
}
