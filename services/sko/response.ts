import type { FiscalResponse } from '#core/api/tsrv.ts'
import { formatMoney } from '#core/money.ts'
import { isoMinsk } from '#core/time.ts'
import type { StoredDocument } from './store.ts'

/** A pure function of the stored document, so that a repeat is answered with the same bytes. */
export function fiscalResponseOf(stored: StoredDocument): FiscalResponse {
  const { document, uid, body, hash, signature } = stored
  return {
    number: document.number,
    shift_number: document.shift,
    uid,
    created: isoMinsk(document.at),
    serial: document.issuer.device,
    register_number: document.issuer.registerNumber,
    sum: formatMoney(document.sum),
    change: formatMoney(document.settlement.change),
    cash_in: { BYN: formatMoney(document.cash) },
    document: { body, hash, uid, signature },
  }
}
