import type { Facts } from '../../api/facts.ts'
import type { MarkingWords, markFaultsRu, markMissedRu } from './ru.ts'

/** What is wrong with the code of a marked unit. */
export const markFaultsBe: Record<keyof typeof markFaultsRu, (facts: Facts) => string> = {
  'mark-not-gs1': () => 'гэта не код маркіроўкі: ён пачынаецца з 01 і GTIN',
  'mark-gtin': () =>
    'у кодзе маркіроўкі не сыходзіцца кантрольная лічба GTIN: адсканіруйце яшчэ раз',
  'mark-serial': () => 'у кодзе маркіроўкі няма серыйнага нумара або ён занадта доўгі',
  'mark-part': () => 'код маркіроўкі прачытаны не цалкам або з лішнімі знакамі',
  'mark-unclear': () =>
    'сканер згубіў раздзяляльнікі кода маркіроўкі: уключыце ў ім перадачу GS (FNC1)',
  'mark-ukz': () => 'УКЗ — гэта 27 лічбаў і 3 лацінскія літары',
  'mark-missing': ({ name }) =>
    name === undefined
      ? 'патрэбны код маркіроўкі'
      : `«${name}»: патрэбны код маркіроўкі гэтай адзінкі`,
  'mark-of-other-goods': ({ name }) =>
    name === undefined
      ? 'гэта код маркіроўкі іншага тавару'
      : `гэта код маркіроўкі тавару «${name}»`,
  'mark-one-unit': ({ name = '' }) => `«${name}»: адзін код маркіроўкі — адна адзінка`,
  'mark-twice': ({ name = '' }) => `«${name}»: гэты код маркіроўкі ўжо ёсць у чэку`,
}

/** Why a scanned unit did not come into the receipt. */
export const markMissedBe: Record<keyof typeof markMissedRu, string> = {
  'mark-first': 'Гэта УКЗ. Спачатку адсканіруйце штрыхкод тавару.',
  'mark-twice': 'Гэта адзінка ўжо ў чэку: адзін код маркіроўкі — адна адзінка.',
  'mark-held': 'Чэк з гэтай адзінкай яшчэ не завершаны. Спачатку ўдакладніце яго.',
  'mark-parked': 'Гэта адзінка ў адкладзеным чэку. Вярніце яго і прыбярыце яе адтуль.',
  'mark-wrong': 'Код маркіроўкі не чытаецца. Адсканіруйце яго яшчэ раз.',
  'mark-gtin': 'У кодзе маркіроўкі не сыходзіцца кантрольная лічба GTIN. Адсканіруйце яшчэ раз.',
  'mark-unclear': 'Сканер згубіў раздзяляльнікі кода маркіроўкі. Уключыце ў ім перадачу GS (FNC1).',
  'mark-not-here': 'У гэтым чэку такой адзінкі няма.',
}

/** Marked goods and the codes of their units. */
export const markingBe: MarkingWords = {
  label: 'Маркіроўка',
  kinds: { none: 'Няма', si: 'СІ', ukz: 'УКЗ', both: 'СІ і УКЗ' },
  scopes: { off: 'не сканіраваць', si: 'толькі СІ', all: 'СІ і УКЗ' },
  scan: { si: 'Адсканіруйце код маркіроўкі (DataMatrix)', ukz: 'Адсканіруйце УКЗ' },
  field: 'Код маркіроўкі',
  typed: 'Або ўвядзіце яго ўручную',
  read: (code) => `Код прачытаны: ${code}`,
  put: 'У чэк',
  leave: 'Скасаваць',
  sold: (number, when) =>
    number === null
      ? `Гэта адзінка ўжо прададзена тут ${when}`
      : `Гэта адзінка ўжо прададзена: чэк № ${number}, ${when}`,
  soldNext: 'Праверце, ці той гэта тавар. Калі яго вярнулі без чэка, яго можна прадаць зноў',
  sellAgain: 'Прадаць яшчэ раз',
  refundHow: 'Маркіраваны тавар вяртаюць па кодзе: адсканіруйце яго',
  codeOf: (code) => `Код …${code}`,
  codes: 'Коды маркіроўкі',
}
