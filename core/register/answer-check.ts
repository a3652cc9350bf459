import type {
  AnsweredDocument,
  AnswerStatement,
  Attested,
  StaffRef,
  VerifyBy,
} from '../operator/statement.ts'
import { isAttested } from '../operator/statement.ts'
import { DAY, MINUTE, type Moment, SECOND } from '../time.ts'
import type { Claim, Operation } from './operation.ts'

// An answer of the operator's that a person carried to the till (C2b): what of it is believed.

/** So long a carried answer is taken: asking anew costs a minute. */
export const ANSWER_LIVES = DAY
// The operator's clock and the till's may stand a little apart.
const SKEW = 5 * MINUTE

/** Who is at the till: its device as enrolled, its own chain, the operator's keys, the time. */
export type AnswerGround = {
  device: string
  registerNumber: number
  verify: VerifyBy
  /** Hash of the register's own document under a number; null: it has none. */
  hashAt: (number: number) => string | null
  now: Moment
}

/** By name: nobody signed it, another till, another operation, too old, nothing said. */
export type AnswerFault =
  | { code: 'answer.unsigned' }
  | { code: 'answer.other-register'; register: number }
  | { code: 'answer.other-operation'; about: AnswerStatement }
  | { code: 'answer.stale'; at: Moment }
  | { code: 'answer.cannot-tell' }

/** What a believed answer says of the operation. */
export type AnswerSays = ({ verdict: 'done'; claim: Claim } | { verdict: 'never' }) & {
  /** Whose word it is; null: the operator's books tell it, and so it proves. */
  staff: StaffRef | null
}

/** Holds a carried answer against the operation that it should be about. */
export function checkAnswer(
  operation: Operation,
  carried: Attested<AnswerStatement>,
  ground: AnswerGround,
): AnswerSays | AnswerFault {
  const { statement } = carried
  if (!isAttested(carried, ground.verify)) return { code: 'answer.unsigned' }
  const { device, registerNumber, at, verdict, document, staff } = statement
  if (device !== ground.device || registerNumber !== ground.registerNumber) {
    return { code: 'answer.other-register', register: registerNumber }
  }
  const isStale = at < operation.begunAt - SKEW || at < ground.now - ANSWER_LIVES
  if (isStale) return { code: 'answer.stale', at }
  if (isOfAnother(operation, statement)) {
    return { code: 'answer.other-operation', about: statement }
  }
  if (verdict === 'done' && document)
    return { verdict, claim: claimOf(document, staff !== null), staff }
  const isSaid = staff !== null && verdict === 'never' && statement.asked.by === 'operation'
  return isSaid || provesNever(operation, statement, ground)
    ? { verdict: 'never', staff }
    : { code: 'answer.cannot-tell' }
}

/** What the answer says that the document is, as somebody would have typed it. */
export const claimOf = ({ number, at, uid }: AnsweredDocument, isTyped = false): Claim => ({
  number,
  at: { from: at, until: at + (isTyped ? typedPrecision(at) : 1) },
  uid,
})

/** A person types seconds, or minutes alone (R10). */
const typedPrecision = (at: Moment): number => (at % MINUTE === 0 ? MINUTE : SECOND)

function isOfAnother(operation: Operation, { asked, document }: AnswerStatement): boolean {
  if (asked.by === 'operation' && asked.operation !== operation.id) return true
  if (!document) return false
  // A foreign device knows no operations; the till alone commands it, number after number.
  const isNamed =
    document.operation === null
      ? document.number === operation.expected
      : document.operation === operation.id
  return !isNamed || document.kind !== operation.kind || document.sum !== operation.sum
}

/** R2, in the till's own chain: a number that was only guessed proves nothing (R19). */
function provesNever(
  { id, expected, guessed }: Operation,
  { asked, verdict, before }: AnswerStatement,
  { hashAt }: AnswerGround,
): boolean {
  if (verdict !== 'never' || asked.by !== 'operation' || guessed) return false
  const own = hashAt(expected - 1)
  const isOwnChain = own === null || own === before
  return asked.operation === id && asked.expected === expected && isOwnChain
}
