import { printedMoment } from '../../time.ts'
import type { MailWords } from './ru.ts'

const minute = (at: number): string => printedMoment(at).slice(0, 16)

export const mailEn: MailWords = {
  warning: (register) => `Register ${register}: warned of a block`,
  block: (register) => `Register ${register} is blocked by the operator`,
  blockAhead: (register, from) => `Register ${register} will be blocked on ${minute(from)}`,
  warningOver: (register) => `Register ${register}: the warning is lifted`,
  blockOver: (register) => `Register ${register} is no longer blocked`,
  place: (place) => `Where: ${place}`,
  reason: (reason) => `Reason: ${reason}`,
  from: (from) => `From ${minute(from)}`,
  till: (till) => `In force until ${minute(till)}`,
  untilLifted: 'In force until it is lifted',
  shiftMayEnd: 'An open shift may be finished and closed; no new one opens.',
  next:
    'To go on working, remove the cause or call the operator of software registers, ' +
    'ООО «Настоящая Цифровая».',
  worksAgain: 'A shift may be opened.',
  unsent: (register) => `Register ${register}: documents are unsent for more than a day`,
  unsentOver: (register) => `Register ${register}: all documents are sent`,
  unsentHow: (count, since) =>
    `Waiting: ${count}, the oldest since ${minute(since)}. After seven days the register stops.`,
  red: (register) => `Register ${register}: a red receipt is older than an hour`,
  redOver: (register) => `Register ${register}: no red receipt is older than an hour any more`,
  redHow: (count, since) =>
    `Red: ${count}, the oldest since ${minute(since)}. The register sells nothing meanwhile.`,
  redNext: 'Open the red receipt at the register and answer whether the operation was made.',
  unsentNext:
    'Check the register’s internet; if there is any, call the operator of software registers.',
  ending: (serial, day) => `Register ${serial}: the subscription ends on ${day}`,
  endingHow: {
    ending: 'Automatic renewal is off: no shift opens from that day on.',
    'ending-no-funds': 'There is not enough money to renew it: no shift opens from that day on.',
  },
  endingNext: (account) =>
    `Renew the subscription or top the personal account ${account} up before that day.`,
  subscriptionOver: (serial) => `Register ${serial}: the subscription is settled`,
  lapsed: (serial) => `Register ${serial}: the subscription was not renewed`,
  lapsedHow: (day) =>
    `On ${day} the personal account had not enough money. No new shift opens at the register.`,
  lapsedNext: (account) =>
    `Top the personal account ${account} up: the subscription begins again by itself.`,
  repriced: (tariff, day) => `Tariff “${tariff}”: a new price from ${day}`,
  repricedHow: (before, price) =>
    `A renewal, which costs ${before} now, will cost ${price} from that day on.`,
  repricedPaid: 'Periods that are paid for stay paid for, nothing has to be added.',
  repricedUndone: (tariff, day) => `Tariff “${tariff}”: no new price from ${day}`,
  staysAt: (price) => `It was withdrawn. A renewal costs ${price} as before.`,
  repricedNow: (tariff, price) => `Tariff “${tariff}”: a renewal costs ${price} now`,
  unbalanced: (day, terminal) =>
    `Business day ${day} of terminal ${terminal} does not balance with the bank`,
  unbalancedHow: (at, bank) =>
    `Reconciled ${minute(at)}, ${bank}. The totals of the bank and of the register differ.`,
  unbalancedNext: 'Which operations differ is shown by the page “Business days”.',
  balanced: (day, terminal) => `Business day ${day} of terminal ${terminal} balances with the bank`,
  cabinets: { operator: 'operator’s cabinet', office: 'zPOS cabinet' },
  invitation: (company, cabinet) => `Invitation: ${cabinet}, ${company}`,
  invited: (company, cabinet, role) =>
    `You are invited to the ${cabinet}: ${company}, role “${role}”.`,
  inviteHow: (until) =>
    `Open the link and choose a password. It works once, until ${minute(until)}:`,
  notMine: 'If you did not expect an invitation, do nothing.',
  cabinet: (address) => `Cabinet: ${address}`,
}
