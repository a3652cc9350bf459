import { type Ledger, newLedger } from '#core/register/ledger.ts'
import { isDisproved, isOpen, isUnproved } from '#core/register/standing.ts'
import { insist } from './invariant.ts'
import type { Fold } from './journal-fold.ts'
import type { AuditedTill } from './simulated-shop.ts'
import type { Truth } from './truth.ts'

type CashPorts = { shop: AuditedTill; truth: Truth; fold: Fold }

/**
 * Double entry, and the discrepancy of device and drawer: exactly the cash of operations whose
 * document and whose postings differ, and each of those has a reason.
 */
export function openCash({ shop, truth, fold }: CashPorts) {
  const db = shop.register.disk
  const rows = db.prepare('select * from posting where seq > ? order by seq')
  const ledger = db.prepare('select body from ledger')
  const entered = new Map<string, number>()
  const uneven = new Set<string>()
  const sums = { posting: 0, all: 0, drawer: 0, documents: 0 }
  const weigh = (id: string) => {
    const difference = (truth.byOperation.get(id)?.cash ?? 0) - (entered.get(id) ?? 0)
    if (difference === 0) uneven.delete(id)
    else uneven.add(id)
  }
  const readPostings = () => {
    for (const { seq, operation, account, amount } of rows.all(sums.posting)) {
      sums.posting = Number(seq)
      sums.all += Number(amount)
      if (account !== 'drawer') continue
      const id = String(operation)
      sums.drawer += Number(amount)
      entered.set(id, (entered.get(id) ?? 0) + Number(amount))
      weigh(id)
    }
    insist(sums.all === 0, 'postings add up to zero')
    const body = ledger.get()?.body
    const { balances, last }: Ledger = body ? JSON.parse(String(body)) : newLedger()
    insist(balances.drawer === sums.drawer, 'the drawer is the sum of its postings')
    insist((last?.number ?? 0) === fold.newest, 'the last document is the newest one seen')
  }
  const readDocuments = () => {
    for (; sums.documents < truth.documents.length; sums.documents += 1) {
      const id = truth.documents[sums.documents]?.document.operation ?? ''
      const { state, card } = fold.operations.get(id) ?? {}
      // A memory put back to before the bank's word knows of no document yet to come.
      const isForgotten = card && truth.forgotten.has(id)
      const isNever = state?.is === 'failed' && state.proof === 'proved' && !isForgotten
      insist(!isNever, 'what is proved never to have been gets no document later')
      weigh(id)
    }
  }
  return {
    drawer: () => sums.drawer,
    check: (): void => {
      readPostings()
      readDocuments()
      for (const id of uneven) {
        const state = JSON.stringify(fold.operations.get(id)?.state ?? 'unknown')
        const isOwn = entered.has(id)
        insist(
          isExplained(id, { truth, fold, isOwn }),
          `a discrepancy has a reason: ${id} ${state}`,
        )
      }
    },
  }
}

type Question = { truth: Truth; fold: Fold; isOwn: boolean }

/** An open operation, a word that nobody has proved, a correction, or a memory put back. */
function isExplained(id: string, { truth, fold, isOwn }: Question): boolean {
  if (fold.corrections.has(id)) return true
  const made = truth.byOperation.get(id)
  const operation = fold.operations.get(id)
  if (!operation) return made !== undefined && fold.ever.has(id)
  if (isOwn) return (isUnproved(operation) || isDisproved(operation)) && !made
  if (truth.forgotten.has(id) && operation.card) return true
  return isOpen(operation) || isUnproved(operation)
}
