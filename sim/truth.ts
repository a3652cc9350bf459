import { cashEffect, type FiscalDocument, GENESIS, type Sealed } from '#core/document/document.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { insist } from './invariant.ts'

/** A document as the device made it: the truth that everybody else is held against. */
export type Made = { document: FiscalDocument; sealed: Sealed; cash: number }

export type Truth = {
  /** From number 1. */
  documents: Made[]
  byOperation: Map<string, Made>
  cash: number
  /** What came back of each sale, by the number of its document. */
  undone: Map<number, number>
  /** The register's memory was put back: it may have forgotten what came back already. */
  isForgetful: boolean
  /** The operator's memory was put back: it holds less than it signed for. */
  operatorForgot: boolean
  /** Operations of which a memory that was put back knows less than had come about. */
  forgotten: Set<string>
}

export const newTruth = (): Truth => ({
  documents: [],
  byOperation: new Map(),
  cash: 0,
  undone: new Map(),
  isForgetful: false,
  operatorForgot: false,
  forgotten: new Set(),
})

/** Holds the device's next document against all before it, and keeps it. */
export function addDocument(truth: Truth, row: Record<string, unknown>): void {
  const document: FiscalDocument = JSON.parse(String(row.body))
  const { hash, body, uid, signature } = row as unknown as Sealed
  const last = truth.documents.at(-1)
  insist(row.number === truth.documents.length + 1, 'numbers follow each other, each used once')
  insist(document.number === row.number, 'a document carries its own number')
  insist(document.previous === (last?.sealed.hash ?? GENESIS), 'the chain of the device holds')
  insist(sha256(body) === hash, 'a document has its own hash')
  insist(document.at >= (last?.document.at ?? 0), 'documents follow each other in time')
  const { operation } = document
  insist(operation !== null && operation === row.operation, 'a document names its operation')
  insist(!truth.byOperation.has(operation), 'an operation has one document')
  const effect = cashEffect(document.kind, document.settlement)
  truth.cash += effect
  insist(truth.cash >= 0 && document.cash === truth.cash, 'the drawer of the device adds up')
  checkBasis(truth, document)
  const made = { document, sealed: { hash, body, uid, signature }, cash: effect }
  truth.documents.push(made)
  truth.byOperation.set(operation, made)
}

/** Never more comes back than was sold (N4). */
function checkBasis({ documents, undone, isForgetful }: Truth, document: FiscalDocument): void {
  const { basis, sum } = document
  if (!basis) return
  const back = (undone.get(basis.number) ?? 0) + sum
  undone.set(basis.number, back)
  const sold = documents[basis.number - 1]?.document.sum ?? 0
  insist(back <= sold || isForgetful, `no more comes back than was sold: ${back} of ${sold}`)
}
