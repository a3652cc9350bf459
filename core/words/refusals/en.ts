import type { Facts, Reason } from '../../api/facts.ts'
import { formatMoney } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { printedMoment } from '../../time.ts'
import { deviceEn } from '../device/en.ts'
import { fieldsEn } from '../fields/en.ts'
import { measuresEn } from '../measures/en.ts'
import { operationsEn } from '../operations/en.ts'
import { rightsEn } from '../rights/en.ts'
import { backupRefusalsEn } from './backups-en.ts'
import { enrolmentRefusalsEn } from './enrolment-en.ts'
import { importRefusalsEn } from './import-en.ts'
import { officeRefusalsEn } from './office-en.ts'
import { peopleRefusalsEn } from './people-en.ts'
import type { Reasons, RefusalsWords } from './ru.ts'
import type { Say } from './say.ts'
import { sellingRefusalsEn } from './selling-en.ts'
import { updateRefusalsEn } from './updates-en.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

const money = ({ sum }: Facts) => formatMoney(sum ?? 0)
const title = ({ kind }: Facts) => (kind ? operationsEn.kinds[kind] : 'Operation')
const document = (facts: Facts) => `“${title(facts)}” No. ${facts.number ?? '…'} of ${money(facts)}`
const existing = (facts: Facts) =>
  `${document(facts)} ${facts.by === 'operator' ? 'at the operator' : 'in the SKO'}`
const seconds = ({ waitMs = 0 }: Facts) => `Try again in ${Math.ceil(waitMs / 1000)} s`
const moment = ({ at }: Facts) => printedMoment(at ?? 0)
const fieldName = ({ field }: Facts): string =>
  field === 'number' || field === 'at' || field === 'uid' ? fieldsEn.names[field] : (field ?? '')

const lineName = ({ name }: Facts) => (name === undefined ? 'The whole receipt' : `“${name}”`)

const all: Reasons = {
  'not-sale': () => 'it is no sale',
  'not-made': () => 'the sale was not made',
  'not-checked': () => 'its document is not checked yet',
  'not-by-card': () => 'the bank never confirmed its payment',
  'other-shift': () => 'this receipt is of another shift',
  'no-such-goods': () => 'the receipt has no such goods',
  worthless: ({ name }) => `${name ?? '…'}: there is nothing to give back`,
  'too-much-by-card': (facts) => `No more than ${money(facts)} can be paid by card`,
  'other-number': ({ number }) => `this operation has document No. ${number ?? '…'}`,
  'other-moment': (facts) => `the document was made ${moment(facts)}`,
  'other-document': (facts) => `it is ${document(facts)}, not this operation’s document`,
  'other-uid': () => 'this operation’s document has another UI',
  'other-register': () => 'it is a UI of another register',
  'known-uid': (facts) => `it is ${document(facts)}, which the register has already`,
  'known-number': (facts) => `under this number the register has ${document(facts)}`,
  'too-low': ({ expected }) => `No. ${expected ?? '…'} or higher is expected`,
  'begun-later': (facts) => `the operation was begun later, ${moment(facts)}`,
  'other-price': (facts) =>
    `${lineName(facts)}: the price ${money(facts)} is not that of the catalogue`,
  'not-in-catalogue': (facts) =>
    `${lineName(facts)}: name, code or VAT rate are not those of the catalogue`,
  'over-limit': (facts) => `${lineName(facts)}: a discount or markup above ${facts.limit ?? 0} %`,
  'not-yours': () => 'Only rights that you have yourself can be given or taken',
  'not-yet-come': () => 'this time has not come yet',
}
const reasons: Partial<Record<Reason, (facts: Facts) => string>> = all
const why = (facts: Facts, otherwise: string): string =>
  facts.said ?? (facts.reason ? (reasons[facts.reason]?.(facts) ?? otherwise) : otherwise)
const tail = (text: string | undefined): string => (text ? `: ${text}` : '')

const TO_OPERATOR = 'Ask the operator of software registers'

const register = {
  'operation.red': (facts) => ({
    message: `What became of “${title(facts)}” of ${money(facts)} is not known (a “red receipt”)`,
    next: 'Open the receipt and clear the operation up, then work goes on',
  }),
  'operation.open': (facts) => ({
    message: `“${title(facts)}” of ${money(facts)} has not ended yet`,
    next: 'Wait until it ends or open the receipt',
  }),
  'operation.differs': plain(
    'There is an operation of this number already, with other data',
    'Begin the operation anew',
  ),
  'operation.unknown': plain('There is no such operation', 'Find it in the list of receipts'),
  'shift.closed': plain('The shift is not open', 'Open the shift'),
  'shift.opened': plain('The shift is open already', 'Go on with the work'),
  'shift.over24h': plain(
    'The shift has lasted over 24 hours. It can only be closed',
    'Withdraw the cash and close the shift',
  ),
  'shift.blocked': (facts) => ({
    message: measuresEn.blockedBecause(facts),
    next: measuresEn.callOperator,
  }),
  'drawer.not-empty': (facts) => ({
    message: `There is ${money(facts)} in the drawer. Make a “Withdrawal” before closing the shift`,
    next: 'Withdraw the whole sum and close the shift',
  }),
  'drawer.not-enough': (facts) => ({
    message: `There is only ${money(facts)} of cash in the drawer`,
    next: 'Lower the sum or make a “Deposit”',
  }),
  'drawer.full': (facts) => ({
    message: `There would be ${money(facts)} in the drawer, more than the largest sum`,
    next: 'Lower the sum or make a “Withdrawal”',
  }),
  'carried.differs': (facts) =>
    (facts.sum ?? 0) === 0
      ? {
          message: 'The cash of the former device is deposited already',
          next: 'Nothing needs to be done',
        }
      : {
          message: `Cash of the former device to deposit: ${money(facts)}`,
          next: 'Deposit it in one go, the whole sum',
        },
  'shift.full': plain('The shift’s counters are full', 'Withdraw the cash and close the shift'),
  discrepancy: (facts) => {
    const more =
      (facts.sum ?? 0) < 0
        ? 'more in the database than in the SKO'
        : 'more in the SKO than in the database'
    return {
      message: `Cash in the database and in the SKO disagree: ${money(facts)} (${more})`,
      next: operationsEn.steps.correct,
    }
  },
  'sko.retired': plain(
    'The operator has retired this device: its documents are not taken any more',
    'Connect a new device to this register in the operator’s cabinet: the till goes on with it',
  ),
  'operator.diverged': plain(
    'The operator holds other documents of this SKO than the till. Work is stopped',
    'Contact the operator of software registers, do not replace the SKO',
  ),
  'sko.diverged': plain(
    'The SKO and the register have diverged: it lacks documents that were made. Work is stopped',
    'Contact the operator of software registers, do not replace the SKO',
  ),
  'unsent.over7days': plain(
    'No documents have reached the operator for over 7 days. Work is stopped',
    'Remove the cause named in “Documents are not delivered”: work goes on by itself',
  ),
  'sko.away': plain('No connection to the SKO', 'Check the SKO’s connection and try again'),
  'sko.refused': (facts) => ({
    message: `The SKO refused: ${why(facts, 'no reason is given')}`,
    next: 'Correct the data and try again. If it refuses again, ask the technical support',
  }),
  'operation.failed': (facts) => ({
    message: `The operation failed. ${why(facts, '')}`.trim(),
    next: 'Compare the shift’s counters in “Get data”; in doubt contact the operator',
  }),
  'basis.missing': plain(
    'The receipt that the operation is about is not named',
    'Open the receipt in the list and begin from it',
  ),
  'basis.wrong': (facts) => ({
    message: `The operation is not possible with this receipt: ${why(facts, 'it is no sale')}`,
    next: 'Open a sale in the list of receipts and begin from it',
  }),
  'basis.not-last': (facts) => {
    const { number } = facts
    const after =
      number === undefined ? undefined : `after it there is document No. ${number ?? '…'}`
    const only = 'Only the last payment document of the present shift can be annulled'
    return {
      message: `${only}${tail(after ?? why(facts, ''))}`,
      next: 'Make a “Refund” of this receipt',
    }
  },
  'basis.annulled': plain(
    'This receipt is annulled already',
    'Nothing to do: the annulment stands in the list of receipts',
  ),
  'basis.unproved': plain(
    'An earlier refund of this receipt is not checked yet',
    'Restore the connection to the SKO and try again: the register checks it by itself',
  ),
  'basis.exhausted': (facts) => ({
    message: `No more than is left of it can come back${tail(why(facts, facts.name ?? ''))}`,
    next: 'Lower the quantity or look at the earlier refunds of this receipt',
  }),
  'payment.wrong': (facts) => ({
    message: why(
      facts,
      deviceEn.faults[facts.fault as DeviceFault] ?? 'The payment does not add up to the receipt',
    ),
    next: 'Correct the payment',
  }),
  'goods.unknown': ({ code }) => ({
    message: `The goods are not found${tail(code)}`,
    next: 'Check the code or find the goods by name',
  }),
  'goods.code-taken': ({ code = '', name }) => ({
    message: name ? `The code ${code} is that of “${name}” already` : 'Other goods have this code',
    next: 'Take the code away from one of the two',
  }),
  'goods.changed': plain(
    'The goods were changed while they were open here',
    'Open them anew to see what they are now',
  ),
  'grant.void': plain(
    'The grant of this receipt is no longer good',
    'Mend the receipt, or let somebody with the right grant it again',
  ),
  'card.no-terminal': plain('Cards are not taken: there is no terminal', 'Take cash'),
  'card-day.none': plain('No card was used since the last reconciliation', 'Nothing to reconcile'),
  'card-day.unknown': plain(
    'The bank does not know this business day: it seems that its data were put back',
    'Call the bank; the reconciliation repeats itself and will name what the bank forgot',
  ),
  'bank.silent': plain(
    'The bank does not answer',
    'Check the connection and try again: after the shift it is reconciled by itself too',
  ),
  'reversal.pending': plain(
    'The bank has not confirmed the technical reversal of an earlier operation yet',
    'Take cash, or try again when the connection to the bank is restored',
  ),
  'claim.wrong': (facts) => ({
    message: `The data do not fit. ${fieldName(facts)}${tail(why(facts, ''))}`.trim(),
    next: 'Compare the field with the operator’s answer and correct it',
  }),
  'claim.no-document': ({ by }) => ({
    message: `The ${by === 'operator' ? 'operator' : 'SKO'} says that it has no document`,
    next: 'Mark the operation “UNSUCCESSFUL”',
  }),
  'claim.not-yet': plain(
    'The operator answers, but has no such document',
    'Wait until documents are sent or the SKO answers, then the data can be checked',
  ),
  'answer.unsigned': plain(
    'The answer is not signed by the operator: it was altered or given by somebody else',
    'Ask for it anew in the operator’s cabinet (“What became of an operation”)',
  ),
  'answer.other-register': ({ register: number }) => ({
    message: `This answer is about another register: ${number ?? '…'}`,
    next: 'Ask for an answer about this register in the operator’s cabinet',
  }),
  'answer.other-operation': (facts) => ({
    message:
      facts.number === undefined
        ? 'This answer is about another operation'
        : `This answer is about another operation: ${document(facts)}`,
    next: 'Ask by the code of the operation that the form shows',
  }),
  'answer.stale': (facts) => ({
    message: `The answer is out of date: the operator gave it on ${moment(facts)}`,
    next: 'Ask anew: an answer is good for a day and is given after the operation was begun',
  }),
  'answer.cannot-tell': plain(
    'It does not follow from this answer whether the operation was made or not',
    'Ask again by the code of the operation once the documents have reached the operator',
  ),
  'deny.exists': (facts) => ({
    message: `This operation has a document: ${existing(facts)}`,
    next: 'Fill in the document’s data and press “SUCCESSFUL”',
  }),
  'deny.unsent': ({ unsent }) => ({
    message: `The operator’s answer cannot be relied on: unsent documents: ${unsent ?? 'no data'}`,
    next: 'Restore the SKO’s internet connection: when none are unsent, try again',
  }),
  'cancel.exists': (facts) => ({
    message: `It cannot be cancelled, the operation has a document: ${existing(facts)}`,
    next: 'Wait for the bank’s answer with “Automatic clearing of operations” on',
  }),
  'correction.needless': plain('Cash agrees, there is nothing to correct', 'Go on with the work'),
  'cash-up.stale': (facts) => ({
    message: `The drawer holds ${money(facts)} by the books now`,
    next: 'Count the cash once more',
  }),
  'correction.stale': (facts) => ({
    message: `The discrepancy has changed: it is ${money(facts)} now`,
    next: 'Get fresh data and check the sum',
  }),
  'verb.not-now': plain(
    'This cannot be done to the operation as it stands',
    'Reload the screen and look at its state',
  ),
  'pin.wrong': plain('Wrong PIN', 'Check the name and enter the PIN again'),
  'pin.locked': (facts) => ({
    message: `Too many wrong tries. ${seconds(facts)}`,
    next: 'Wait and enter the PIN again',
  }),
} satisfies Partial<RefusalsWords['refusals']>

const ASK = 'Ask such a person'
const MEND = 'Mend the receipt, or let somebody with the right do it'

const everywhere = {
  'server.busy': (facts) => ({
    message: 'The server is busy: too many calls, nothing was done',
    next: seconds(facts),
  }),
  'session.required': ({ reason }) => {
    if (reason === 'cabinet') {
      return { message: 'You are not signed in', next: 'Sign in by e-mail and password' }
    }
    return reason === 'bank'
      ? { message: 'The bank’s access token is needed', next: 'Take it from acquirer/keys/token' }
      : { message: 'You are not signed in', next: 'Sign in by PIN' }
  },
  'right.required': (facts) => {
    const { reason, right, holders = [] } = facts
    const wanting = `The right “${right ? rightsEn[right] : ''}” is needed`
    if (right === 'client.people' || right === 'documents.export') {
      return {
        message: `${wanting}. The owner of the cabinet has it`,
        next: 'Ask the owner to change your role',
      }
    }
    if (reason === 'cabinet') {
      return {
        message: `${wanting}. The operator’s staff have it`,
        next: 'Sign in with a staff account',
      }
    }
    const who = holders.length > 0 ? `Who has it: ${holders.join(', ')}` : 'Nobody has it'
    return reason === undefined
      ? { message: wanting, next: `${who}. Sign in as such a user` }
      : {
          message: `${why(facts, '')}. ${wanting}`,
          next: `${who}. ${reason === 'not-yours' ? ASK : MEND}`,
        }
  },
} satisfies Partial<RefusalsWords['refusals']>

const operator = {
  'device.unknown': ({ device }) => ({
    message: `SKO No. ${device ?? '…'} is not registered at the operator`,
    next: TO_OPERATOR,
  }),
  'register.blocked': ({ said }) => ({
    message: `The register is blocked by the operator${tail(said)}`,
    next: TO_OPERATOR,
  }),
  'document.gap': ({ number, expected }) => ({
    message: `Document No. ${number ?? '…'} came before document No. ${expected ?? '…'}`,
    next: `Send the documents from No. ${expected ?? '…'} on`,
  }),
  'document.diverges': ({ number }) => ({
    message: `Document No. ${number ?? '…'} was taken already with another content`,
    next: TO_OPERATOR,
  }),
  'document.chain': ({ number = 0 }) => ({
    message: `Document No. ${number ?? '…'} does not continue No. ${number - 1}`,
    next: TO_OPERATOR,
  }),
  'seal.broken': ({ number }) => ({
    message: `The signature of document No. ${number ?? '…'} is wrong`,
    next: TO_OPERATOR,
  }),
  'register.unknown': ({ register: number }) => ({
    message: `There is no register with RN SKKO ${number ?? '…'}`,
    next: 'Check the number',
  }),
  'measures.many': ({ limit = 0 }) => ({
    message: `This many measures of the kind stand on the register already: ${limit}`,
    next: 'Lift those that are not needed on the register’s page',
  }),
  ...enrolmentRefusalsEn,
  'address.foreign': plain('This is told to the machine itself alone', 'Ask from there'),
  'pairing.refused': plain('The SKO did not take this register for its own', TO_OPERATOR),
  'enrolment.store-lost': plain(
    'This SKO has made documents before, and its store is empty',
    'Put the SKO’s store back in its place, or connect another SKO',
  ),
  'register.not-enrolled': plain(
    'The register is not connected to an operator yet',
    'Connect it by the code that its screen shows',
  ),
  'person.known': plain('That person is there already', 'Change the role in the list'),
  'person.unknown': plain('There is no such person', 'Refresh the list'),
  'owner.last': plain(
    'This is the last owner: nobody would be left to manage the cabinet',
    'Make somebody else an owner first',
  ),
  'invitation.void': plain(
    'The invitation is void',
    'Ask the owner of the cabinet to invite you again',
  ),
  'password.wrong': plain(
    'The e-mail or the password does not fit',
    'Check the keyboard layout and enter them again',
  ),
  'password.locked': (facts) => ({ message: 'Too many wrong tries', next: seconds(facts) }),
  'code.required': plain('A code of the app is wanted', 'Enter it together with the password'),
  'code.wrong': plain(
    'The code does not fit',
    'Enter a new code of the app; check the phone’s clock',
  ),
  'factor.on': plain('The second factor is on already', 'Switch it off first'),
  'factor.off': plain('The second factor is not on', 'Begin to set it up anew'),
  'account.exists': plain('There is such an account already', 'Find it in the list'),
  'staff.unknown': plain('There is no such person', 'Refresh the list'),
  'staff.last': plain('This is the last administrator', 'Make somebody else one first'),
  'invitation.unknown': plain(
    'The link does not work',
    'Ask an administrator of the operator for a new one',
  ),
  'client.unknown': plain('There is no such client', 'Refresh the list'),
  'word.exists': plain(
    'The operator holds the document of this operation',
    'Confirm it: it cannot be denied',
  ),
  'word.never': plain(
    'Another document has its number: there was no such operation',
    'Deny it: it cannot be confirmed',
  ),
  'word.number-taken': plain(
    'The operator holds another document under this number',
    'Check receipt № and UI',
  ),
  'word.no-document': plain(
    'The operator holds no document of this operation',
    'Say what the decision rests on',
  ),
  'device.retired': plain(
    'The SKO is retired: its documents are not taken any more',
    'Call the operator',
  ),
  'view.read-only': plain('You are viewing as a client: nothing can be changed', 'End the view'),
  'document.unknown': plain(
    'There is no document with this UI',
    'Check the UI; the document may not have reached the operator yet',
  ),
} satisfies Partial<RefusalsWords['refusals']>

export const refusalsEn: RefusalsWords = {
  refusals: {
    ...register,
    ...everywhere,
    ...operator,
    ...officeRefusalsEn,
    ...peopleRefusalsEn,
    ...backupRefusalsEn,
    ...importRefusalsEn,
    ...sellingRefusalsEn,
    ...updateRefusalsEn,
  },
  unanswered: {
    register: {
      message: 'The register does not answer',
      next: 'Check that it is switched on and try again',
    },
    operator: {
      message: 'The operator does not answer',
      next: 'Check the connection and try again',
    },
    office: {
      message: 'The zPOS cabinet does not answer',
      next: 'Check the connection and try again',
    },
    stand: { message: 'The stand did not answer', next: 'Look at the window where it was started' },
  },
  notTaken: {
    register: (wrong) => wrong,
    operator: (wrong) => `The request is wrong: ${wrong}`,
    office: (wrong) => `The request is wrong: ${wrong}`,
    stand: (wrong) => wrong,
  },
}
