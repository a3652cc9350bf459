import type { OperationId } from '../id.ts'
import {
  type AnsweredDocument,
  type Attested,
  attest,
  type OperatorKey,
  type StaffAnswer,
  type StaffEvidence,
} from './statement.ts'

// What the operator's people say became of a red operation, on the client's behalf (C2b, R10). It
// is a person's word: what a device or the operator's own books show goes before it.

/** Where nothing better is at hand, and what an earlier word gives way to: the newest counts. */
export type StaffWord = {
  device: string
  registerNumber: number
  operation: OperationId
  verdict: 'done' | 'never'
  /** What the document is; only with «done». */
  document: AnsweredDocument | null
  evidence: StaffEvidence
  /** Name of whoever said it, as the till shows it. */
  by: string
}

/** What the operator's own books say, as of one moment. */
export type Books = {
  /** The operation's document; null: it is not held. */
  found: AnsweredDocument | null
  /** They prove that there is none (R2). */
  isNever: boolean
  /** The document under the number that was said is another operation's. */
  isTaken: boolean
}

export type StaffWordFault =
  /** The operator holds the operation's document: nobody can deny it. */
  | 'word.exists'
  /** The operator's books prove that there is none: nobody can confirm it. */
  | 'word.never'
  /** The operator holds another document under the number. */
  | 'word.number-taken'
  /** «The operator holds it» was named as evidence, and its books do not tell. */
  | 'word.no-document'

/** Why the word may not be given: it goes nowhere against what the operator itself holds (R2). */
export function faultOfWord(
  said: Pick<StaffWord, 'verdict' | 'evidence'>,
  { found, isNever, isTaken }: Books,
): StaffWordFault | null {
  if (said.verdict === 'never' && found) return 'word.exists'
  if (said.verdict === 'done' && isNever) return 'word.never'
  if (said.verdict === 'done' && !found && isTaken) return 'word.number-taken'
  if (said.evidence === 'document' && !found && !isNever) return 'word.no-document'
  return null
}

/** The word under the operator's signature, for the till or for whoever carries it there. */
export function answerByStaff(
  { device, registerNumber, operation, verdict, document, evidence, by }: StaffWord,
  { key, at, expected }: { key: OperatorKey; at: number; expected: number | null },
): Attested<StaffAnswer> {
  return attest(
    {
      says: 'answer',
      device,
      registerNumber,
      asked: { by: 'operation', operation, expected },
      verdict,
      document,
      before: null,
      at,
      staff: { evidence, by },
    },
    key,
  )
}
