import type { FiscalDocument, Sealed } from '#core/document/document.ts'

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
  /** Operations of which a memory that was put back knows less than had come about. */
  forgotten: Set<string>
}
