import { formatMoney } from '../money.ts'
import type { InEvery, Language } from './language.ts'

// Numbers and currency in every language.

/** The forms that a counted noun takes: «1 чек», «2 чека», «5 чеков»; English has two. */
export type Forms = { one: string; few?: string; many?: string; other: string }

const rules: InEvery<Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  be: new Intl.PluralRules('be'),
  en: new Intl.PluralRules('en'),
}

/** The form that goes with a whole number, without the number. */
export function formOf(language: Language, count: number, forms: Forms): string {
  const rule = rules[language].select(Math.abs(count))
  return (rule === 'one' || rule === 'few' || rule === 'many' ? forms[rule] : null) ?? forms.other
}

/** «5 чеков»: the number and the form that goes with it. */
export const counted = (language: Language, count: number, forms: Forms): string =>
  `${count} ${formOf(language, count, forms)}`

/** «1234.56 BYN»: kopecks as the field's papers write them, with their currency. */
export const amount = (sum: number): string => `${formatMoney(sum)}\u00a0BYN`

/** Grams as a scale shows them, in kilograms. */
export const weightText = (grams: number): string => `${(grams / 1000).toFixed(3)} kg`
