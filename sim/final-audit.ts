import { tillWordOf } from '#core/card/till-report.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { TOKEN } from '#shop/enrolment.ts'
import type { OfficeBooks } from '#shop/memory-office.ts'
import type { Books } from './books.ts'
import { insist } from './invariant.ts'
import { checkCancellations, checkMoney, checkSecrets, type Moved, movedAt } from './money-audit.ts'
import { checkProjections } from './projection-audit.ts'
import type { RunningAudit } from './running-audit.ts'
import type { SimulatedShop } from './simulated-shop.ts'
import type { Truth } from './truth.ts'
import { checkUnits } from './unit-audit.ts'

/** What everybody holds at rest. */
export type Rest = {
  truth: Truth
  books: Books
  register: Sqlite
  /** Uids of documents that are on paper. */
  papers: ReadonlySet<string>
  bank: Moved
  /** How many documents the operator has. */
  stored: number
  /** What the office was told of operations with a card; null: nobody asked it. */
  words: OfficeBooks['words'] | null
}

/** What must hold once all is quiet: nothing is left to be explained away. */
export function finalAudit(shop: SimulatedShop, audit: RunningAudit): void {
  const rest: Rest = {
    truth: audit.truth,
    books: audit.books(),
    register: shop.register.disk,
    papers: shop.printer.papers,
    bank: movedAt(shop.bank),
    stored: shop.operator.disk.get(TOKEN)?.documents.length ?? 0,
    words: shop.office.process.disk.words,
  }
  for (const check of Object.values(checksAtRest)) check(rest)
}

/** Each by what it holds. */
export const checksAtRest = {
  ends: ({ books }) => {
    for (const { state } of books.operations.values()) {
      const ended = ['registered', 'failed', 'cancelled'].includes(state.is)
      insist(ended, `nothing is left open: ${state.is}`)
      insist(!('proof' in state) || state.proof !== 'unproved', 'no word is left unproved')
    }
  },
  documents: ({ truth, books }) => {
    for (const { document } of truth.documents) {
      const id = document.operation ?? ''
      const operation = books.operations.get(id)
      const isForgotten = (!operation && books.ever.has(id)) || truth.forgotten.has(id)
      const isRegistered = operation?.state.is === 'registered' && operation.signed !== null
      insist(isForgotten || isRegistered, `every document of the till is known to it: ${id}`)
    }
  },
  paper: ({ books, papers }) => {
    for (const { signed } of books.operations.values()) {
      const isOut = !signed || papers.has(signed.sealed.uid)
      insist(isOut, `every document is on paper: ${signed?.document.number}`)
    }
  },
  money: ({ bank, truth }) => checkMoney(bank, truth),
  secrets: ({ register }) => checkSecrets(register),
  cancellations: ({ register, truth }) => checkCancellations(register, truth),
  cash: ({ truth, books }) =>
    insist(truth.cash === books.drawer(), 'drawer and device hold the same'),
  upload: ({ stored, truth }) =>
    insist(stored === truth.documents.length, 'the operator has every document'),
  office: ({ words, books, register }) => {
    if (!words) return
    for (const row of register.prepare('select operation from card_transaction').all()) {
      const id = String(row.operation)
      const operation = books.operations.get(id)
      const own = operation ? tillWordOf(operation) : null
      const isTold = JSON.stringify(words[id] ?? null) === JSON.stringify(own)
      insist(isTold, `the office holds of each operation with a card what the till does: ${id}`)
    }
  },
  units: ({ truth, books }) => checkUnits(truth, books.operations),
  projections: ({ register }) => checkProjections(register),
} satisfies Record<string, (rest: Rest) => void>

/** Whatever the register's journal has of operations with a card is at the office. */
export function isReported({ register, office }: SimulatedShop): boolean {
  const last = register.disk
    .prepare(
      `select max(journal.seq) seq from journal
       join card_transaction card on card.operation = journal.operation`,
    )
    .get()
  return Number(last?.seq ?? 0) <= (office.process.disk.journal?.seq ?? 0)
}

/** The register's counters of the shift are those of the device, which is right about them. */
export function isAligned({ register, sko }: SimulatedShop): boolean {
  const own = JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))
  const device = JSON.parse(String(sko.disk.prepare('select state from device').get()?.state))
  return JSON.stringify(own.shift) === JSON.stringify(device.shift)
}
