import { type FiscalDocument, GENESIS, type Issuer } from '#core/document/document.ts'
import type { Printable } from '#core/document/print.ts'
import { uidOf } from '#core/document/uid.ts'
import { kopecks, thousandths, ZERO } from '#core/money.ts'

const nobody: Issuer = {
  company: 'zPOS',
  unp: '000000000',
  place: 'zPOS',
  address: '',
  registerNumber: 100_000_000,
  device: 'SKO',
}

const price = kopecks(255)
const sum = kopecks(510)

/** A sale that never was: what a receipt of this shop looks like. */
export function sampleSale(
  issuer: Issuer | null,
  name: string,
): Extract<Printable, { is: 'document' }> {
  const own = issuer ?? nobody
  const document: FiscalDocument = {
    v: 1,
    issuer: own,
    number: 1,
    shift: 1,
    kind: 'sale',
    at: Date.UTC(2026, 0, 1, 9),
    cashier: '—',
    currency: 'BYN',
    operation: null,
    lines: [
      {
        name,
        code: '4810000000007',
        price,
        quantity: thousandths(2000),
        discount: ZERO,
        markup: ZERO,
        vat: 20,
      },
    ],
    discount: ZERO,
    markup: ZERO,
    payments: [{ means: 'cash', sum }],
    settlement: { cash: sum, card: ZERO, other: ZERO, change: ZERO },
    sum,
    vat: [{ rate: 20, gross: sum, vat: kopecks(85) }],
    basis: null,
    cash: sum,
    report: null,
    previous: GENESIS,
  }
  return { is: 'document', document, uid: uidOf('0'.repeat(64), own.registerNumber) }
}
