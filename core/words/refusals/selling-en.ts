import type { Say } from './say.ts'
import type { sellingRefusalsRu } from './selling-ru.ts'

/** Refusals of a receipt that is rung up and not paid yet. */
export const sellingRefusalsEn: Record<keyof typeof sellingRefusalsRu, Say> = {
  'receipt.sold': () => ({
    message: 'This receipt is being paid or has been paid',
    next: 'Find it in the list of receipts',
  }),
  'receipt.parked': () => ({
    message: 'The receipt has been put aside',
    next: 'Bring it back from those put aside and go on',
  }),
  'mark.held': ({ name = '' }) => ({
    message: `“${name}”: the receipt with this unit has not ended yet`,
    next: 'Clear that one up first',
  }),
  'mark.parked': ({ name = '', said }) => ({
    message:
      said === undefined
        ? `“${name}”: this unit is in a receipt put aside`
        : `“${name}”: this unit is in the receipt put aside as “${said}”`,
    next: 'Bring it back and take the unit out',
  }),
  'mark.sold': ({ name = '', number }) => ({
    message:
      number === undefined
        ? `“${name}”: this unit was sold here already`
        : `“${name}”: this unit was sold already, receipt No. ${number}`,
    next: 'Take the line out and scan the code again: you will be asked whether to sell it again',
  }),
  'parked.gone': () => ({
    message: 'This receipt is no longer among those put aside',
    next: 'Look at the list: it may have been brought back on another screen',
  }),
  'parked.full': ({ limit = 0 }) => ({
    message: `Put aside already: ${limit}`,
    next: 'Bring back and pay, or clear, what waits',
  }),
  'letter.off': () => ({
    message: 'Electronic receipts are switched off',
    next: 'Whoever has the right “Settings” switches them on: “Settings”, “Receipt”',
  }),
  'letter.no-receipt': () => ({
    message: 'This operation has no receipt for a customer',
    next: 'Receipts of a sale, a refund or an annulment can be sent',
  }),
  'letter.many': ({ limit = 0 }) => ({
    message: `This receipt has been sent ${limit} times already`,
    next: 'Print a copy',
  }),
  'letter.unknown': () => ({
    message: 'There is no such letter',
    next: 'Send the receipt again',
  }),
  'letter.forgotten': () => ({
    message: 'The address of this letter is forgotten by now',
    next: 'Type the address and send the receipt again',
  }),
}
