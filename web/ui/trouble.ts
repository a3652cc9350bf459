import type { Outcome } from '#core/api/contract.ts'
import { invalidIn } from '#core/words/fields.ts'
import type { Language } from '#core/words/language.ts'
import type { Server } from '#core/words/refusals/ru.ts'
import { refusalIn, refusalsWords } from '#core/words/refusals.ts'
import { spoken } from './language.ts'
import { sentences } from './sentences.ts'

/** An answer that brought nothing, kept as it came: it is put into words where it is drawn. */
export type Trouble = Exclude<Outcome<unknown>, { kind: 'done' }>

/** The same as one text, where there is room for one alone. */
export const sentenceOf = (server: Server, answer: Trouble, language?: Language): string => {
  const { title, next } = troubleOf(server, answer, language)
  return sentences(title, next)
}

/** What to tell of such an answer, and the step that helps; neither ends with a full stop. */
export function troubleOf(
  server: Server,
  answer: Trouble,
  language: Language = spoken.get().language,
): { title: string; next: string } {
  const words = refusalsWords[language]
  switch (answer.kind) {
    case 'refused': {
      const { message, next } = refusalIn(language, answer)
      return { title: message, next }
    }
    case 'invalid':
      return { title: words.notTaken[server](invalidIn(language, answer)), next: '' }
    case 'unsent':
    case 'unknown': {
      if (answer.why === 'server.busy') {
        const { message, next } = refusalIn(language, { code: 'server.busy', facts: {} })
        return { title: message, next }
      }
      const { message, next } = words.unanswered[server]
      return { title: message, next }
    }
    default:
      return answer satisfies never
  }
}
