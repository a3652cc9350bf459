import { formatMoney } from '../money.ts'
import type { Moment } from '../time.ts'
import { printedMoment } from '../time.ts'
import type { InEvery, Language } from './language.ts'

// Months, numbers and currency in every language. Browsers know nothing of Belarusian but its
// plurals: asked for a date they answer in the machine's language.

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

const months: InEvery<readonly string[]> = {
  ru: [
    ...['января', 'февраля', 'марта', 'апреля', 'мая', 'июня'],
    ...['июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  ],
  be: [
    ...['студзеня', 'лютага', 'сакавіка', 'красавіка', 'мая', 'чэрвеня'],
    ...['ліпеня', 'жніўня', 'верасня', 'кастрычніка', 'лістапада', 'снежня'],
  ],
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
}

/** «27 ноября 2026»: the Minsk day of a moment. */
export function longDay(language: Language, at: Moment): string {
  const [day = '', month = '', year = ''] = printedMoment(at).slice(0, 10).split('.')
  return `${Number(day)} ${months[language][Number(month) - 1] ?? month} ${year}`
}

/** «1234.56 BYN»: kopecks as the field's papers write them, with their currency. */
export const amount = (sum: number): string => `${formatMoney(sum)}\u00a0BYN`
