/** The languages of people; papers know the first two (R25). */
export const languages = ['ru', 'be', 'en'] as const
export type Language = (typeof languages)[number]

/** The same words in every language: a missing one does not compile. */
export type InEvery<Words> = Record<Language, Words>

/** How each language calls itself, for whoever looks for her own. */
export const languageNames: InEvery<string> = {
  ru: 'Русский',
  be: 'Беларуская',
  en: 'English',
}

export const isLanguage = (text: unknown): text is Language =>
  languages.some((language) => language === text)

/**
 * The language that a program or a browser asks for by `Accept-Language` (RFC 9110, 12.5.4):
 * the best weighted one that is known; Russian where none is, or nothing is asked.
 */
export function languageOf(accepted: string | null | undefined): Language {
  let best: { language: Language; weight: number } | null = null
  for (const part of (accepted ?? '').split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const language = range.toLowerCase().split('-')[0]
    const weight = weightIn(parameters)
    if (!isLanguage(language) || weight === 0) continue
    if (!best || weight > best.weight) best = { language, weight }
  }
  return best?.language ?? 'ru'
}

function weightIn(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  if (weight === undefined) return 1
  const value = Number(weight.slice(2))
  return value >= 0 && value <= 1 ? value : 0
}
