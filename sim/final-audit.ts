import { TOKEN } from '#shop/enrolment.ts'
import { insist } from './invariant.ts'
import { checkCancellations, checkMoney } from './money-audit.ts'
import { checkProjections } from './projection-audit.ts'
import type { RunningAudit } from './running-audit.ts'
import type { SimulatedShop } from './simulated-shop.ts'

/** What must hold once all is quiet: nothing is left to be explained away. */
export function finalAudit(shop: SimulatedShop, audit: RunningAudit): void {
  const { truth } = audit
  const books = audit.books()
  for (const { state } of books.operations.values()) {
    const ended = ['registered', 'failed', 'cancelled'].includes(state.is)
    insist(ended, `nothing is left open: ${state.is}`)
    insist(!('proof' in state) || state.proof !== 'unproved', 'no word is left unproved')
  }
  for (const { document } of truth.documents) {
    const id = document.operation ?? ''
    const operation = books.operations.get(id)
    const isForgotten = (!operation && books.ever.has(id)) || truth.forgotten.has(id)
    const isRegistered = operation?.state.is === 'registered' && operation.signed !== null
    insist(isForgotten || isRegistered, `every document of the till is known to it: ${id}`)
  }
  for (const { signed } of books.operations.values()) {
    const isOut = !signed || shop.printer.papers.has(signed.sealed.uid)
    insist(isOut, `every document is on paper: ${signed?.document.number}`)
  }
  checkMoney(shop, truth)
  checkCancellations(shop, truth)
  insist(truth.cash === books.drawer(), 'drawer and device hold the same')
  const stored = shop.operator.disk.get(TOKEN)?.documents.length
  insist(stored === truth.documents.length, 'the operator has every document')
  checkProjections(shop.register.disk)
}

/** The register's counters of the shift are those of the device, which is right about them. */
export function isAligned({ register, sko }: SimulatedShop): boolean {
  const own = JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))
  const device = JSON.parse(String(sko.disk.prepare('select state from device').get()?.state))
  return JSON.stringify(own.shift) === JSON.stringify(device.shift)
}
