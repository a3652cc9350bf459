import { type Held, verdictOn } from './outcome.ts'
import {
  type AnsweredDocument,
  type AnswerStatement,
  type AskedBy,
  type Attested,
  attest,
  type OperatorKey,
} from './statement.ts'

/** Whom an answer is about, and what it was looked up by. */
export type AnswerQuestion = { device: string; registerNumber: number; asked: AskedBy }

/**
 * The operator's answer for a person to carry (C2b). `found`: the operation's document, where
 * exactly one fits what was asked; `held`: what bears on a «never», where the operation's id and
 * the number expected were given (R2). Nothing else proves that there will be none.
 */
export function answerOf(
  { device, registerNumber, asked }: AnswerQuestion,
  {
    found,
    held,
  }: {
    found: AnsweredDocument | null
    held: Pick<Held, 'number' | 'before' | 'unreadable' | 'retired'> | null
  },
  { key, at }: { key: OperatorKey; at: number },
): Attested<AnswerStatement> {
  const expected = asked.by === 'operation' ? asked.expected : null
  const isNever =
    !found && held && expected !== null && verdictOn({ ...held, found }, expected) === 'never'
  return attest(
    {
      says: 'answer',
      device,
      registerNumber,
      asked,
      verdict: found ? 'done' : isNever ? 'never' : 'cannot-tell',
      document: found,
      before: isNever ? held.before : null,
      at,
      staff: null,
    },
    key,
  )
}
