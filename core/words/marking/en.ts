import type { Facts } from '../../api/facts.ts'
import type { MarkingWords, markFaultsRu, markMissedRu } from './ru.ts'

/** What is wrong with the code of a marked unit. */
export const markFaultsEn: Record<keyof typeof markFaultsRu, (facts: Facts) => string> = {
  'mark-not-gs1': () => 'this is no marking code: it begins with 01 and a GTIN',
  'mark-gtin': () => 'the check digit of the marking code’s GTIN is wrong: scan it again',
  'mark-serial': () => 'the marking code has no serial number, or a too long one',
  'mark-part': () => 'the marking code was not read whole, or with signs too many',
  'mark-unclear': () =>
    'the scanner has dropped the separators of the marking code: let it send GS (FNC1)',
  'mark-ukz': () => 'a UKZ is 27 digits and 3 Latin letters',
  'mark-missing': ({ name }) =>
    name === undefined ? 'a marking code is needed' : `“${name}”: the code of this unit is needed`,
  'mark-of-other-goods': ({ name }) =>
    name === undefined
      ? 'this is the marking code of other goods'
      : `this is the marking code of “${name}”`,
  'mark-one-unit': ({ name = '' }) => `“${name}”: one marking code is one unit`,
  'mark-twice': ({ name = '' }) => `“${name}”: this marking code is in the receipt already`,
}

/** Why a scanned unit did not come into the receipt. */
export const markMissedEn: Record<keyof typeof markMissedRu, string> = {
  'mark-first': 'This is a UKZ. Scan the barcode of the goods first.',
  'mark-twice': 'This unit is in the receipt already: one marking code is one unit.',
  'mark-held': 'The receipt with this unit has not ended yet. Clear that one up first.',
  'mark-parked': 'This unit is in a receipt put aside. Bring it back and take the unit out.',
  'mark-wrong': 'The marking code cannot be read. Scan it again.',
  'mark-gtin': 'The check digit of the marking code’s GTIN is wrong. Scan it again.',
  'mark-unclear': 'The scanner has dropped the marking code’s separators. Let it send GS (FNC1).',
  'mark-not-here': 'There is no such unit in this receipt.',
}

/** Marked goods and the codes of their units. */
export const markingEn: MarkingWords = {
  label: 'Marking',
  kinds: { none: 'None', si: 'SI', ukz: 'UKZ', both: 'SI and UKZ' },
  scopes: { off: 'not scanned', si: 'SI only', all: 'SI and UKZ' },
  scan: { si: 'Scan the marking code (DataMatrix)', ukz: 'Scan the UKZ' },
  field: 'Marking code',
  typed: 'Or type it by hand',
  read: (code) => `Code read: ${code}`,
  put: 'To the receipt',
  leave: 'Cancel',
  sold: (number, when) =>
    number === null
      ? `This unit was sold here already, ${when}`
      : `This unit was sold already: receipt No. ${number}, ${when}`,
  soldNext: 'Check that it is this one. If it came back without a receipt, it may be sold again',
  sellAgain: 'Sell it again',
  refundHow: 'Marked goods come back by their code: scan it',
  codeOf: (code) => `Code …${code}`,
  codes: 'Marking codes',
}
