import type { Sealed } from '../document/document.ts'
import type { OperationId } from '../id.ts'
import { answerByStaff, type StaffWord } from './staff-word.ts'
import {
  type Attested,
  attest,
  type OperatorKey,
  type OutcomeStatement,
  type StaffAnswer,
} from './statement.ts'

/** What the operator holds that bears on an operation, as of one moment. */
export type Held = {
  /** The device's last number. */
  number: number
  /** The operation's document; null: none is found. */
  found: Sealed | null
  /** Hash of the document ahead of the number that the operation was to get. */
  before: string | null
  /** The document under that number cannot be read: it may be the operation's. */
  unreadable: boolean
  /** The device was retired: nothing comes behind its last number. */
  retired: boolean
  /** The last word of the operator's people about it; null: there is none. */
  word: StaffWord | null
}

export type OutcomeQuestion = {
  device: string
  operation: OperationId
  expected: number
  /** Missing where an older register asks: it could not check a statement. */
  nonce?: string | undefined
}

type StoredOutcome = { proof?: Attested<OutcomeStatement> | undefined } & (
  | { verdict: 'done'; sealed: Sealed }
  | { verdict: 'never' }
  /** `word`: of the operator's people, in place of what the books do not tell (C2b). */
  | { verdict: 'cannot-tell'; word?: Attested<StaffAnswer> | undefined }
)

/** What became of an operation, with the operator's word for it to whoever gave a nonce. */
export function outcomeOf(
  asked: OutcomeQuestion,
  held: Held,
  { key, at }: { key: OperatorKey; at: number },
): StoredOutcome {
  const { device, operation, expected, nonce } = asked
  const { found, before, word } = held
  const verdict = verdictOn(held, expected)
  const proof =
    nonce === undefined
      ? undefined
      : attest(
          {
            says: 'outcome',
            device,
            operation,
            expected,
            verdict,
            hash: found?.hash ?? null,
            before,
            at,
            nonce,
            sealed: held.retired ? held.number : null,
          },
          key,
        )
  if (found) return { verdict: 'done', sealed: found, proof }
  if (verdict === 'never') return { verdict, proof }
  const said = word && nonce !== undefined ? answerByStaff(word, { key, at, expected }) : undefined
  return { verdict: 'cannot-tell', proof, word: said }
}

/**
 * What became of an operation whose document was to get the number `expected` (R2). Absence proves
 * something only once that number is stored and taken: before that the document may be on its way;
 * to a retired device's chain nothing comes any more.
 */
export function verdictOn(
  { number, found, unreadable, retired }: Pick<Held, 'number' | 'found' | 'unreadable' | 'retired'>,
  expected: number,
): OutcomeStatement['verdict'] {
  if (found) return 'done'
  return (retired || number >= expected) && !unreadable ? 'never' : 'cannot-tell'
}
