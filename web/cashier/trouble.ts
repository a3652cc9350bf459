import type { OperationRequest } from '#core/api/operation-request.ts'
import type { OperationView } from '#core/api/register.ts'
import { invalidIn } from '#core/words/fields.ts'
import type { Language } from '#core/words/language.ts'
import { endIn, operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { sentences } from '#web/ui/sentences.ts'
import { type Trouble as Answer, sentenceOf, troubleOf } from '#web/ui/trouble.ts'

/** Why the last try came to nothing, kept as facts and shown until the next one. */
export type Trouble =
  | Answer
  /** The session ended before the register heard of it: nobody's name stands under it. */
  | { kind: 'not-begun'; of: OperationRequest['kind'] }
  /** An operation came to nothing, and this is what the register says of it. */
  | { kind: 'ended'; message: OperationView['message'] }

/** What to tell of it, and the step that helps. */
export function toldOf(trouble: Trouble, language: Language): { title: string; next: string } {
  const { kinds, failure } = operationsWords[language]
  const words = tillWords[language].messages
  switch (trouble.kind) {
    case 'not-begun':
      return {
        title: words.notBegun(kinds[trouble.of]),
        next: words.notBegunNext,
      }
    case 'ended': {
      const end = trouble.message && endIn(language, trouble.message)
      if (end && isByHand(trouble)) return { title: end.text, next: end.next }
      return { title: failure, next: sentences(end?.text, end?.next) }
    }
    case 'invalid':
      return {
        title: words.notAccepted,
        next: `${trouble.field}: ${invalidIn(language, trouble)}`,
      }
    default:
      return troubleOf('register', trouble, language)
  }
}

/** The register's code of a refusal; null: it is none. */
export const refusalIn = (trouble: Trouble | null): string | null =>
  trouble?.kind === 'refused' ? trouble.code : null

/** The card did not pay: the bank said no, or no card was read in time. */
export const isDeclined = (trouble: Trouble): boolean =>
  trouble.kind === 'ended' && /^(bank|card)\./.test(trouble.message?.code ?? '')

/** Her own «Cancel» is no fault (D22). */
export const isByHand = (trouble: Trouble): boolean =>
  trouble.kind === 'ended' && trouble.message?.code === 'card.cancelled'

/** The operation that stands in the way. */
export const operationIn = (trouble: Trouble | null): string | undefined =>
  trouble?.kind === 'refused' ? trouble.operation : undefined

/** Why the shift did not open, where a block is why; null: none is. */
export function blockIn(trouble: Trouble | null): string | null {
  if (trouble?.kind === 'refused' && trouble.code === 'shift.blocked') {
    return trouble.facts.said ?? ''
  }
  const message = trouble?.kind === 'ended' ? trouble.message : null
  return message?.code === 'shift.blocked' ? (message.facts.said ?? '') : null
}

/** An answer of the register as one text. */
export const answerOf = (answer: Answer, language?: Language): string =>
  sentenceOf('register', answer, language)
