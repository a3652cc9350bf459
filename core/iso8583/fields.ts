// ISO 8583:1993 as far as terminal and bank speak it: every number, format and code stands here
// once. Texts are ASCII; a moment on this wire has whole seconds.

/** n digits, an letters and digits, ans printable, z track data, x+n a sign and digits, b bytes. */
export type Content = 'n' | 'an' | 'ans' | 'z' | 'x+n' | 'b'

export type Format = {
  name: string
  content: Content
  /** Characters (bytes for `b`): exactly so many of a fixed field, at most of a variable one. */
  length: number
  /** How many digits of length go before the value; 0 for a fixed field. */
  digits: 0 | 2 | 3
  /** Never shown, in whatever form: card data of a reader, PIN, keys. */
  secret?: true
}

const fixed = (content: Content, length: number, name: string): Format => ({
  name,
  content,
  length,
  digits: 0,
})
const ll = (content: Content, length: number, name: string): Format => ({
  name,
  content,
  length,
  digits: 2,
})
const lll = (content: Content, length: number, name: string): Format => ({
  name,
  content,
  length,
  digits: 3,
})
const secret = (format: Format): Format => ({ ...format, secret: true })

/** Fields by their numbers. What is not listed is not understood and refuses the message. */
export const fields: Readonly<Record<number, Format>> = {
  2: ll('n', 19, 'card number'),
  3: fixed('n', 6, 'processing code'),
  4: fixed('n', 12, 'amount, kopecks'),
  7: fixed('n', 10, 'sent at, UTC'),
  11: fixed('n', 6, 'STAN'),
  12: fixed('n', 12, 'local time, Minsk'),
  14: fixed('n', 4, 'expiry'),
  22: fixed('an', 12, 'POS data code'),
  23: fixed('n', 3, 'card sequence number'),
  24: fixed('n', 3, 'function code'),
  25: fixed('n', 4, 'reason'),
  26: fixed('n', 4, 'merchant category'),
  28: fixed('n', 6, 'reconciliation date'),
  29: fixed('n', 3, 'business day'),
  30: fixed('n', 24, 'original amounts'),
  32: ll('n', 11, 'acquirer'),
  35: secret(ll('z', 37, 'track 2')),
  37: fixed('an', 12, 'RRN'),
  38: fixed('an', 6, 'approval code'),
  39: fixed('n', 3, 'action code'),
  41: fixed('ans', 8, 'terminal'),
  42: fixed('ans', 15, 'merchant'),
  43: ll('ans', 99, 'name and location'),
  44: ll('ans', 99, 'additional response'),
  45: secret(ll('ans', 76, 'track 1')),
  48: lll('ans', 999, 'private data'),
  49: fixed('an', 3, 'currency'),
  50: fixed('an', 3, 'reconciliation currency'),
  52: secret(fixed('b', 8, 'PIN block')),
  53: secret(ll('b', 48, 'security information')),
  54: lll('ans', 120, 'additional amounts'),
  55: secret(lll('b', 255, 'chip data')),
  56: ll('n', 35, 'original data'),
  62: lll('ans', 999, 'operation id'),
  63: secret(lll('b', 255, 'encrypted card data')),
  64: fixed('b', 8, 'MAC'),
  74: fixed('n', 10, 'credits, number'),
  75: fixed('n', 10, 'credits reversed, number'),
  76: fixed('n', 10, 'debits, number'),
  77: fixed('n', 10, 'debits reversed, number'),
  86: fixed('n', 16, 'credits, amount'),
  87: fixed('n', 16, 'credits reversed, amount'),
  88: fixed('n', 16, 'debits, amount'),
  89: fixed('n', 16, 'debits reversed, amount'),
  96: secret(lll('b', 999, 'key data')),
  97: fixed('x+n', 17, 'net amount'),
  128: fixed('b', 8, 'MAC'),
}

type TypeRow = { name: string; answer: string | null; mandatory: readonly number[] }

const everywhere = [7, 11, 12, 32, 41, 42]
const answer = [7, 11, 12, 39, 41]
const financial = [3, 4, ...everywhere, 24, 26, 48, 49, 62]
const reversal = [...financial, 25, 56]
const totals = [74, 75, 76, 77, 86, 87, 88, 89, 97]
const reconciliation = [...everywhere, 24, 28, 29, 50, ...totals]

/**
 * Message types, their answers, and the fields without which a message says nothing. A card number
 * is in none of the lists: a reversal may go days after the card, and nobody keeps the number.
 */
export const messageTypes = {
  '1200': { name: 'financial request', answer: '1210', mandatory: [...financial, 22] },
  '1201': { name: 'financial request, repeat', answer: '1210', mandatory: [...financial, 22] },
  '1210': { name: 'financial answer', answer: null, mandatory: answer },
  '1420': { name: 'reversal', answer: '1430', mandatory: reversal },
  '1421': { name: 'reversal, repeat', answer: '1430', mandatory: reversal },
  '1430': { name: 'reversal answer', answer: null, mandatory: answer },
  '1520': { name: 'reconciliation', answer: '1530', mandatory: reconciliation },
  '1521': { name: 'reconciliation, repeat', answer: '1530', mandatory: reconciliation },
  '1530': { name: 'reconciliation answer', answer: null, mandatory: answer },
  '1604': { name: 'administrative request', answer: '1614', mandatory: [...everywhere, 24] },
  '1614': { name: 'administrative answer', answer: null, mandatory: answer },
  '1804': { name: 'network request', answer: '1814', mandatory: [...everywhere, 24] },
  '1814': { name: 'network answer', answer: null, mandatory: answer },
} as const satisfies Record<string, TypeRow>
export type MessageType = keyof typeof messageTypes

export const isMessageType = (text: string): text is MessageType =>
  Object.hasOwn(messageTypes, text)

/**
 * Financial operations by their processing codes: 00–19 debit the card, 20–29 credit it. `of` is
 * what an operation undoes or gives back; it is named by its RRN.
 */
export const financialKinds = {
  purchase: { code: '000000', side: 'debit', of: null, letter: 'P' },
  refund: { code: '200000', side: 'credit', of: 'purchase', letter: 'R' },
  void: { code: '220000', side: 'credit', of: 'purchase', letter: 'V' },
  'refund-void': { code: '020000', side: 'debit', of: 'refund', letter: 'W' },
} as const
export type FinancialKind = keyof typeof financialKinds
export const financialKindNames = Object.keys(financialKinds) as FinancialKind[]

/** Function codes. Those of 690–699 are private use. */
export const functionCodes = {
  financial: '200',
  reversal: '400',
  reconciliation: '500',
  checkpoint: '501',
  inquiry: '690',
  listing: '691',
  'sign-on': '801',
  'sign-off': '802',
  echo: '831',
} as const

/** Why a reversal is sent, as the register may say it. */
export const reversalReasons = {
  unspecified: '4001',
  malfunction: '4002',
  late: '4006',
  'not-completed': '4007',
  undelivered: '4013',
  'no-answer': '4021',
} as const
export type ReversalReason = keyof typeof reversalReasons

/** How the card was read, as whole POS data codes: attended, on premises, online. */
export const entryModes = {
  chip: '51010151134C',
  contactless: 'A1010171004C',
  stripe: 'B1010121504C',
  manual: '600000600040',
  none: '000001000040',
} as const
export type EntryMode = keyof typeof entryModes

/** Belarusian rouble. */
export const CURRENCY = '933'
export const LARGEST_AMOUNT = 999_999_999_999
/** «No host reference»: what a declined operation carries in place of an RRN. */
export const NO_RRN = '000000000000'
export const LARGEST_STAN = 999_999
