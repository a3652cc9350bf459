import type { Say } from './say.ts'
import type { sellingRefusalsRu } from './selling-ru.ts'

/** Refusals of a receipt that is rung up and not paid yet. */
export const sellingRefusalsBe: Record<keyof typeof sellingRefusalsRu, Say> = {
  'receipt.sold': () => ({
    message: 'Гэты чэк ужо праводзіцца або праведзены',
    next: 'Знайдзіце яго ў «Спісе чэкаў»',
  }),
  'receipt.parked': () => ({
    message: 'Чэк адкладзены',
    next: 'Вярніце яго з «Адкладзеных» і працягвайце',
  }),
  'mark.held': ({ name = '' }) => ({
    message: `«${name}»: чэк з гэтай адзінкай яшчэ не завершаны`,
    next: 'Спачатку ўдакладніце яго',
  }),
  'mark.parked': ({ name = '', said }) => ({
    message:
      said === undefined
        ? `«${name}»: гэта адзінка ў адкладзеным чэку`
        : `«${name}»: гэта адзінка ў адкладзеным чэку «${said}»`,
    next: 'Вярніце яго і прыбярыце яе адтуль',
  }),
  'mark.sold': ({ name = '', number }) => ({
    message:
      number === undefined
        ? `«${name}»: гэта адзінка ўжо прададзена тут`
        : `«${name}»: гэта адзінка ўжо прададзена, чэк № ${number}`,
    next: 'Прыбярыце радок і адсканіруйце код зноў: каса спытае, ці прадаць яшчэ раз',
  }),
  'parked.gone': () => ({
    message: 'Гэтага чэка сярод адкладзеных ужо няма',
    next: 'Паглядзіце спіс адкладзеных: яго маглі вярнуць на іншым экране',
  }),
  'parked.full': ({ limit = 0 }) => ({
    message: `Адкладзена ўжо: ${limit}`,
    next: 'Вярніце і аплаціце або ачысціце тое, што чакае',
  }),
  'letter.off': () => ({
    message: 'Электронныя чэкі выключаны',
    next: 'Іх уключае той, хто мае права «Налады»: «Налады», «Чэк»',
  }),
  'letter.no-receipt': () => ({
    message: 'Па гэтай аперацыі няма чэка для пакупніка',
    next: 'Адправіць можна чэк продажу, вяртання або анулявання',
  }),
  'letter.many': ({ limit = 0 }) => ({
    message: `Гэты чэк адпраўлялі ўжо ${limit} разоў`,
    next: 'Надрукуйце копію',
  }),
  'letter.unknown': () => ({
    message: 'Такога ліста няма',
    next: 'Адпраўце чэк яшчэ раз',
  }),
  'letter.forgotten': () => ({
    message: 'Адрас гэтага ліста ўжо забыты',
    next: 'Увядзіце адрас і адпраўце чэк яшчэ раз',
  }),
}
