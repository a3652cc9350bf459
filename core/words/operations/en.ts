import type { Facts, HelpStep } from '../../api/facts.ts'
import type { Kind, ListedKind } from '../../document/kinds.ts'
import { formatMoney, ZERO } from '../../money.ts'
import { printedMoment } from '../../time.ts'
import { bankEn } from '../bank/en.ts'
import { measuresEn } from '../measures/en.ts'
import type { OperationsWords } from './ru.ts'

const kinds: Record<ListedKind, string> = {
  'shift-opening': 'Shift opening',
  sale: 'Sale',
  refund: 'Refund',
  annulment: 'Annulment',
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  'shift-closing': 'Shift closing',
  correction: 'Emergency correction',
}

/** As it stands in “The … is not completed”. */
const genitives: Record<Kind, string> = {
  'shift-opening': 'shift opening',
  sale: 'sale',
  refund: 'refund',
  annulment: 'annulment',
  deposit: 'deposit',
  withdrawal: 'withdrawal',
  'shift-closing': 'shift closing',
}
const genitive = (kind: Facts['kind']): string =>
  kind === undefined || kind === 'correction' ? '' : genitives[kind]

const titleOf = ({ kind = 'sale' }: Facts): string => kinds[kind]
const what = (facts: Facts): string =>
  (facts.sum ?? 0) > 0 ? `${titleOf(facts)} of ${formatMoney(facts.sum ?? 0)}` : titleOf(facts)

const ASK_OPERATOR =
  'Contact the operator of software registers to find out what became of the operation'
const CORRECT =
  'An administrator makes the “Emergency correction of cash in the database” in “Maintenance”'

/** What undoing the bank's part means: a purchase gives money back, a refund takes it again. */
const undoing = ({ kind }: Facts) =>
  kind === 'sale'
    ? {
        now: 'the money goes back to the card',
        anew: 'if the customer has the goods, take the payment again',
        held: 'Giving the money back to the card waits for a check: there must be no document',
      }
    : {
        now: 'the refund to the card is being undone',
        anew: 'make it again',
        held: 'Undoing the refund to the card waits for a check: there must be no document',
      }

const otherSum = ({ sum, told }: Facts): string => {
  const asked = formatMoney(sum ?? ZERO)
  return typeof told === 'number'
    ? `The bank approved ${formatMoney(told)} in place of ${asked}: no receipt was made`
    : `The bank approved something else than ${asked} in roubles: no receipt was made`
}

const notMoved = ({ kind }: Facts): string =>
  kind === 'sale' ? 'the card was not charged' : 'no money was given back to the card'

/** Why an operation came to nothing, by its code. */
const failures: OperationsWords['failures'] = {
  'shift.blocked': measuresEn.blockedBecause,
  'operation.never': ({ by }) =>
    `The ${by === 'operator' ? 'operator' : 'SKO'} confirmed that there is no document`,
  'operation.denied': ({ reason, person }) => {
    const by = person === undefined ? '' : `, by the operator (${person})`
    return `Marked as unsuccessful${by}${reason === 'unproved' ? ', not checked yet' : ''}`
  },
  'operation.given-up': () => 'Not carried out: the command did not reach the SKO',
  'bank.unreachable': (facts) => `The bank cannot be reached, ${notMoved(facts)}`,
  'bank.never': (facts) => `The bank confirmed that ${notMoved(facts)}`,
  'card.cancelled': () => 'The card payment was cancelled before the card was read',
  'card.late': ({ kind }) =>
    kind === 'sale' ? 'No card was shown in time' : 'Interrupted before the bank was asked',
  'card.no-reader': () => 'No connection to the terminal',
}

/** What a state says, where it is no failure. */
const messages: OperationsWords['messages'] = {
  'shift.warned': measuresEn.warnedBecause,
  'sko.lost': () => 'The connection to the SKO is lost! Check the connection and press Continue',
  'operation.asking': () =>
    'No answer was received. The register is finding out what became of the operation',
  'operation.red': ({ reason, kind }) => {
    if (reason === 'bank-unknown') {
      return 'The register did not carry it out. Contact the bank to find out what became of it'
    }
    if (reason !== 'discrepancy') return ASK_OPERATOR
    const found = 'Cash in the database and in the SKO disagree'
    return `The ${genitive(kind)} is not completed. ${found}. ${ASK_OPERATOR}`
  },
  'operation.held': (facts) => undoing(facts).held,
  'operation.reversing': (facts) => `The operation is cancelled, ${undoing(facts).now}`,
  'bank.other-sum': (facts) => otherSum(facts),
  'operation.unproved': () =>
    'The operation was marked as successful by hand and is not checked yet',
  'operation.attested': ({ person }) =>
    `Made, by the operator’s answer${of(person)}; the document itself is still to come`,
  'operation.disproved': () => 'The operation was marked as successful, but it has no document',
}

const REPEATED = 'Nothing to do: the register repeats the reversal until the bank confirms it'
const CHECK_COUNTERS = 'Compare the shift’s counters with the operator of software registers'
const CHECK_LINE = 'Check the internet connection and try again'

const steps: Record<HelpStep, string> = {
  'wait-window': measuresEn.opensItself,
  'call-operator': measuresEn.callOperator,
  'connect-sko': 'Connect the SKO and press “Continue”',
  'wait-seconds': 'Wait a few seconds, there is nothing to do',
  'ask-operator': 'Asking the operator of software registers is obligatory',
  'ask-bank': 'Ask the bank whether the operation went through',
  'money-later':
    'The register gives the money back by itself as soon as the SKO or the operator confirms that',
  'undoing-later':
    'The register undoes it by itself as soon as the SKO or the operator confirms that',
  nothing: REPEATED,
  'nothing-check-counters': `${REPEATED}. ${CHECK_COUNTERS}`,
  'nothing-other-means': `${REPEATED}. Take another card or cash`,
  'will-be-checked': 'The register checks it by itself as soon as the SKO or the operator answers',
  'document-to-come':
    'The register gets the document by itself as soon as the SKO or the operator answers',
  'check-counters': CHECK_COUNTERS,
  'check-line': CHECK_LINE,
  'check-line-or-cash': `${CHECK_LINE}, or take cash`,
  again: 'Repeat the operation',
  'remove-cause': 'Remove the cause and repeat the operation',
  'refund-instead': 'Make a “Refund” of this receipt',
  'call-bank': 'Call the acquiring bank: it could not give the money back to this card',
  'other-card': 'Offer another card or take cash',
  correct: CORRECT,
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
// “SKO” keeps its capitals.
const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

const LOST = 'The answer was lost, the register found out by itself'
const numbered = ({ number }: Facts): string => `document No. ${number ?? ''}`
const clearedAs = (why: string): string => `${LOST}: ${why}. If it is needed, make it anew`

/** Who of the operator's people it was. */
const of = (person: Facts['person']): string => (person === undefined ? '' : ` (${person})`)
const wrong = ({ person }: Facts): string =>
  person === undefined ? 'entered by hand' : `given by the operator (${person})`
const denied = ({ person }: Facts): string =>
  person === undefined
    ? 'It was marked as unsuccessful'
    : `The operator (${person}) said that it came to nothing`

/** How an operation ended without a person, or against her word; `why`: of a failure, in words. */
const notices: OperationsWords['notices'] = {
  registered: (facts: Facts) => ({
    title: `${what(facts)}: successful`,
    next: `${LOST}: ${numbered(facts)} ${
      facts.by === 'operator' ? 'is confirmed by the operator' : 'is confirmed by the SKO'
    }`,
  }),
  failed: (facts: Facts, why: string) => ({
    title: `${what(facts)}: not carried out`,
    next: clearedAs(lower(why)),
  }),
  undone: (facts: Facts) => ({
    title: `${what(facts)}: not carried out`,
    next: clearedAs(`there is no document, ${undoing(facts).now}`),
  }),
  'staff-registered': (facts: Facts) => ({
    title: `${what(facts)}: made, ${numbered(facts)}`,
    next: `So the operator decided${of(facts.person)}. The register checks it as soon as it can`,
  }),
  'staff-failed': (facts: Facts) => ({
    title: `${what(facts)}: not carried out`,
    next: [
      `So the operator decided${of(facts.person)}. The register checks it as soon as it can`,
      ...(facts.means?.includes('card') ? [undoing(facts).held] : []),
    ].join('. '),
  }),
  'adopted-otherwise': (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} is at the SKO`,
    next: `The data ${wrong(facts)} were wrong. The receipt is written by the document’s data`,
  }),
  adopted: (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} is at the SKO`,
    next: `${denied(facts)}, but there is a document. It is back among the receipts`,
  }),
  contradicted: (facts: Facts) => ({
    title: `${what(facts)}: there is no document, though it was marked as successful`,
    next: [
      ...(facts.means?.includes('card')
        ? [`${upper(undoing(facts).now)}: ${undoing(facts).anew}`]
        : []),
      ...(facts.means?.includes('cash') ? [CORRECT] : []),
    ].join('. '),
  }),
  'other-sum': (facts: Facts) => ({
    title: `${titleOf(facts)}. ${otherSum(facts)}`,
    next: `${upper(undoing(facts).now)}. There is nothing to do: the till repeats it by itself`,
  }),
  unreversed: (facts: Facts) => ({
    title: `${what(facts)}: the bank did not undo the operation, code ${facts.code ?? ''}`,
    next: 'Call the acquiring bank: it will give the money back to the card',
  }),
}

const CALL_OPERATOR = 'Ask the operator of software registers, ООО «Настоящая Цифровая»'
const CALL_SUPPORT = 'Ask the technical support'

const uploads: OperationsWords['uploads'] = {
  causes: {
    'no-internet': 'There is no internet connection',
    'operator-silent': 'There is internet, but the operator does not answer',
    'operator-rejects': 'The operator does not take documents',
    'operator-distrusted': 'The operator failed the check',
    'operator-diverged': 'The register and the operator have diverged',
    'operator-forgot': 'The operator has lost some of the documents that it took',
    unclear: 'There is internet, the operator answers, and still no documents go',
    waiting: 'Documents wait to be sent',
  },
  steps: {
    'no-internet': 'Check the connection: once it is restored, the documents go by themselves',
    'operator-silent': CALL_OPERATOR,
    'operator-rejects': CALL_SUPPORT,
    'operator-distrusted': CALL_OPERATOR,
    'operator-diverged': CALL_OPERATOR,
    'operator-forgot':
      'The register sends them again by itself. Do not switch off the register and the SKO',
    unclear: CALL_SUPPORT,
    waiting: 'Do not switch off the register and the SKO',
  },
  /** Nobody tells whether there is internet. */
  operatorSilent: 'The operator does not answer. Check the internet connection',
  callOperator: CALL_OPERATOR,
  /** Refusals of ingest. */
  rejections: {
    'register.blocked': 'the register is blocked by the operator',
    'device.unknown': 'the SKO is not registered at the operator',
    'device.retired': 'the operator has retired the SKO',
    'seal.broken': 'the document’s signature is wrong',
    'document.gap': 'a document is missing',
    'document.diverges': 'the document was taken already with another content',
    'document.chain': 'the document does not continue the one before',
  },
}

const distrusted: OperationsWords['distrusted'] = {
  sko: {
    title: 'The device failed the check',
    next: `The till believes no such answer and makes no receipt of it. ${CALL_OPERATOR}`,
  },
  operator: {
    title: 'The operator failed the check',
    next: `The till believes no such answer. ${CALL_OPERATOR}`,
  },
  bank: {
    title: 'The bank failed the check',
    next: 'The till believes no such answer. Take no cards, call the acquiring bank',
  },
  office: {
    title: 'Billing failed the check',
    next: 'The till believes no such answer. Contact EKSKAT-BEL',
  },
}

const OTHER_AT_OPERATOR =
  'The operator holds other documents, the till has stopped. Do not replace the SKO.'
const LACKING_IN_SKO =
  'The SKO lacks documents that were made, the till has stopped. Do not replace it.'

const diverged: OperationsWords['diverged'] = {
  operator: {
    title: 'The register and the operator have diverged',
    next: `${OTHER_AT_OPERATOR} ${CALL_OPERATOR}`,
  },
  sko: {
    title: 'The SKO and the register have diverged',
    next: `${LACKING_IN_SKO} ${CALL_OPERATOR}`,
  },
}

/** What a discrepancy comes from. */
const cause = (facts: Facts): string => {
  const named = `${titleOf(facts)} ${printedMoment(facts.at ?? 0)}`
  return facts.reason === 'not-in-register'
    ? `${named}: document No. ${facts.number} is in the SKO and not in the database`
    : `${named}: marked as successful, but there is no document`
}

type Movement = { kind: keyof typeof bankEn.kinds; sum: number }
const movement = ({ kind, sum }: Movement, reversal: boolean): string => {
  const title = bankEn.kinds[kind]
  return `${reversal ? `${bankEn.reversal} (${title})` : title} of ${formatMoney(sum)}`
}

/** One transaction for which a business day is out of balance. */
const difference = (found: {
  bank: Movement | null
  terminal: Movement | null
  reversal: boolean
}): string => {
  const { bank, terminal, reversal } = found
  if (bank && terminal) {
    const other = movement(terminal, reversal)
    return `${movement(bank, reversal)} at the bank, ${other} at the terminal`
  }
  if (bank) return `${movement(bank, reversal)} is at the bank and not at the terminal`
  return terminal ? `${movement(terminal, reversal)} is at the terminal and not at the bank` : ''
}

export const operationsEn: OperationsWords = {
  kinds,
  means: { cash: 'Cash', card: 'Card', other: 'Other' },
  units: { piece: 'pcs', pack: 'packs', kg: 'kg', g: 'g', l: 'l', m: 'm', m2: 'm²', m3: 'm³' },
  what,
  messages,
  failures,
  failed: (why: string) => `The operation failed. ${why}`,
  /** The title that `failed` begins with, where a page has the rest apart. */
  failure: 'The operation failed',
  steps,
  notices,
  uploads,
  distrusted,
  diverged,
  cause,
  difference,
  evidence: {
    device: {
      done: 'has the document',
      never: 'has no document and never will',
      lacks: 'has no document',
      busy: 'cannot answer yet',
      away: 'no connection',
      silent: 'does not answer',
      distrusted: 'failed the check',
    },
    operator: {
      done: 'has the document',
      never: 'has no document',
      'cannot-tell': 'has not received the document yet',
      silent: 'does not answer',
      distrusted: 'failed the check',
    },
    bank: {
      approved: 'approved',
      reversed: 'reversed',
      declined: 'declined',
      never: 'has no such operation',
      silent: 'does not answer',
    },
  },
  cards: {
    asked: 'Being asked',
    approved: 'Approved',
    declined: 'Declined',
    'not-made': 'Not made',
    reversed: 'Reversed',
    unreversed: 'Not reversed by the bank',
  },
}
