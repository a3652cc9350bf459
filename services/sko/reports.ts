import { z } from 'zod'
import { readPayload } from '#core/api/tsrv.ts'
import type { Issuer } from '#core/document/document.ts'
import type { Counter, ShiftCounters } from '#core/document/report.ts'
import { formatMoney, type Kopecks } from '#core/money.ts'
import { isoMinsk } from '#core/time.ts'
import { type Call, isFault, type Result } from './call.ts'
import { fiscalResponseOf } from './response.ts'
import type { DeviceRow } from './store.ts'

type ReportAction =
  | 'get_min_max_receipts'
  | 'print_prev_receipt'
  | 'get_x_report'
  | 'print_x_report'
  | 'get_z_report_copy'

const whole = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
])
const byShift = z.object({ shift_number: whole })
const byNumber = z.object({ number: whole })
const receipt = z.object({ number: whole, shift_number: whole.nullish() })

/** Reports and copies. One that does not exist is `null`, as old clients expect (fact:tsrv). */
export function reports(call: Call, row: DeviceRow, action: ReportAction): Result {
  const { store } = call.port
  switch (action) {
    case 'get_x_report':
    case 'print_x_report':
      return row.device.shift
        ? { data: report(call, row.device, row.device.shift) }
        : { fault: 'AVQFR_SHIFT_IS_CLOSED' }
    case 'get_z_report_copy': {
      const asked = readPayload(byNumber, call.data)
      if (isFault(asked)) return asked
      const stored = store.closingOf(row.serial, asked.value.number)
      const counters = stored?.document.report
      if (!stored || !counters) return { data: null }
      const closed = isoMinsk(stored.document.at)
      return { data: { ...report(call, stored.document, counters), closed, uid: stored.uid } }
    }
    case 'print_prev_receipt': {
      const asked = readPayload(receipt, call.data)
      if (isFault(asked)) return asked
      const { number, shift_number: shift } = asked.value
      const stored = store.byNumber(row.serial, number)
      const found = stored && (shift == null || stored.document.shift === shift) ? stored : null
      return { data: found && fiscalResponseOf(found) }
    }
    case 'get_min_max_receipts': {
      const asked = readPayload(byShift, call.data)
      if (isFault(asked)) return asked
      return { data: store.range(row.serial, asked.value.shift_number) }
    }
    default:
      return action satisfies never
  }
}

/** The report object of the protocol (fact:tsrv), counters by currency. */
function report(
  { port }: Call,
  { issuer, cash }: { issuer: Issuer; cash: Kopecks },
  counters: ShiftCounters,
) {
  const sales = counters.sale.count > 0 ? port.store.sales(issuer.device, counters.shift) : null
  return {
    companyName: issuer.company,
    companyUnp: issuer.unp,
    shiftNumber: counters.shift,
    openDate: isoMinsk(counters.openedAt),
    firstSaleDocumentNumber: sales?.first ?? 0,
    lastSaleDocumentNumber: sales?.last ?? 0,
    currencies: ['BYN'],
    saleDocumentsCount: counters.sale.count,
    baseCurrencySum: formatMoney(counters.sale.sum),
    currencyReports: [
      {
        currency: 'BYN',
        ...named('sales', counters.sale),
        ...named('moneyBacks', counters.refund),
        ...named('rollbacks', counters.annulment),
        ...named('deposits', counters.deposit),
        ...named('withdraws', counters.withdrawal),
        cashIn: formatMoney(cash),
      },
    ],
    deviceProperties: { deviceId: String(issuer.registerNumber), serial: issuer.device },
    props: {},
  }
}

const named = (name: string, counter: Counter) => ({
  [`${name}Count`]: counter.count,
  [`${name}Sum`]: formatMoney(counter.sum),
  [`${name}Cash`]: formatMoney(counter.cash),
  [`${name}Cashless`]: formatMoney(counter.card),
  [`${name}Other`]: formatMoney(counter.other),
})
