import { virtualCards } from '#core/demo/virtual-card.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import type { OperationId } from '#core/id.ts'
import { lineText } from '#services/register/memory/journal.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { tablesOf } from '#shop/fresh.ts'
import { movedBy, movedByAll } from '#shop/memory-bank.ts'
import { insist } from './invariant.ts'
import type { SimulatedShop } from './simulated-shop.ts'
import type { Truth } from './truth.ts'

/** What of a document went through the bank: charged above zero, given back below. */
const cardPartOf = ({ kind, settlement }: FiscalDocument): number =>
  kind === 'sale' ? settlement.card : 0 - settlement.card

/** Money at the bank against documents of the device, as either grows. */
export function openMoney(shop: SimulatedShop, truth: Truth): () => void {
  const bank = shop.bank.disk
  const seen = { documents: 0, movements: 0 }
  return () => {
    for (; seen.documents < truth.documents.length; seen.documents += 1) {
      const document = truth.documents[seen.documents]?.document
      const id = document?.operation as OperationId
      const part = document?.settlement ? cardPartOf(document) : 0
      if (part !== 0) shop.tally.counts.cardDocuments += 1
      const isPaid = part === 0 || movedBy(bank, id) === part || truth.forgotten.has(id)
      insist(isPaid, `no document without its charge: ${id} ${part}`)
    }
    for (; seen.movements < bank.movements.length; seen.movements += 1) {
      const movement = bank.movements[seen.movements]
      if (!movement) continue
      const { counts } = shop.tally
      counts[movement.reversal ? 'reversals' : 'charges'] += 1
      const id = movement.operation
      const isRight = !movement.reversal || !truth.byOperation.has(id) || truth.forgotten.has(id)
      insist(isRight, `nothing is undone that has a document: ${id}`)
    }
  }
}

/** Money at a bank: what it moved for each operation that it has heard of, and in all. */
export type Moved = { operations: Iterable<string>; by: (id: string) => number; all: number }

export const movedAt = ({ disk }: SimulatedShop['bank']): Moved => ({
  operations: disk.entries.keys(),
  by: (id) => movedBy(disk, id as OperationId),
  all: movedByAll(disk),
})

/** Once all is quiet charges less reversals and refunds are the card parts of documents. */
export function checkMoney({ operations, by, all }: Moved, truth: Truth): void {
  const { byOperation, forgotten } = truth
  let documents = 0
  for (const [id, { document }] of byOperation) {
    const part = document.settlement ? cardPartOf(document) : 0
    const isPaid = by(id) === part || forgotten.has(id)
    insist(isPaid, `no document without its charge: ${id} ${part}`)
  }
  for (const id of operations) {
    const made = byOperation.get(id)?.document
    const part = made?.settlement ? cardPartOf(made) : 0
    const moved = by(id)
    const isForgotten = forgotten.has(id)
    insist(moved === part || isForgotten, `a charge has its document: ${id} ${moved} ${part}`)
    documents += isForgotten ? moved : part
  }
  insist(all === documents, 'charges − reversals − refunds = card parts of documents')
}

/** A paper of the technical reversal for each cancellation, and one alone. */
export function checkCancellations(register: Sqlite, { forgotten }: Truth): void {
  const papers = new Map<string, number>()
  for (const { paper } of register.prepare('select paper from print_job').all()) {
    const { is, id } = JSON.parse(String(paper))
    if (is === 'reversal') papers.set(id, (papers.get(id) ?? 0) + 1)
  }
  const rows = register.prepare(`select id from operation where state = 'cancelled'`).all()
  for (const { id } of rows) {
    const count = papers.get(String(id))
    insist(count === 1 || forgotten.has(String(id)), `one paper for a cancellation: ${count}`)
  }
}

const numbers = Object.values(virtualCards).map(({ pan }) => pan)

/** No number of a card stands anywhere in the register's memory. */
export function checkSecrets(db: Sqlite): void {
  for (const name of tablesOf(db)) {
    const rows = JSON.stringify(db.prepare(`select * from ${name}`).all().map(unpacked))
    // The numbers themselves: an answer carried in digits (C2b) may look like one by chance.
    const isThere = numbers.some((pan) => rows.includes(pan))
    insist(!isThere, `no card number on the register's disk: ${name}`)
  }
}

/** A row as it reads, not as it stands packed: a number would not be seen in packed bytes. */
const unpacked = (row: Record<string, unknown>) =>
  row.packed instanceof Uint8Array ? [Object.values(row), lineText(row)] : row
