import type { Facts } from '../../api/facts.ts'

/** What is wrong with the code of a marked unit. */
export const markFaultsRu = {
  'mark-not-gs1': () => 'это не код маркировки: он начинается с 01 и GTIN',
  'mark-gtin': () => 'в коде маркировки не сходится контрольная цифра GTIN: отсканируйте ещё раз',
  'mark-serial': () => 'в коде маркировки нет серийного номера или он слишком длинный',
  'mark-part': () => 'код маркировки прочитан не целиком или с лишними знаками',
  'mark-unclear': () =>
    'сканер потерял разделители кода маркировки: включите в нём передачу GS (FNC1)',
  'mark-ukz': () => 'УКЗ — это 27 цифр и 3 латинские буквы',
  'mark-missing': ({ name }: Facts) =>
    name === undefined ? 'нужен код маркировки' : `«${name}»: нужен код маркировки этой единицы`,
  'mark-of-other-goods': ({ name }: Facts) =>
    name === undefined
      ? 'это код маркировки другого товара'
      : `это код маркировки товара «${name}»`,
  'mark-one-unit': ({ name = '' }: Facts) => `«${name}»: один код маркировки — одна единица`,
  'mark-twice': ({ name = '' }: Facts) => `«${name}»: этот код маркировки уже есть в чеке`,
}

/** Why a scanned unit did not come into the receipt. */
export const markMissedRu = {
  'mark-first': 'Это УКЗ. Сначала отсканируйте штрихкод товара.',
  'mark-twice': 'Эта единица уже в чеке: один код маркировки — одна единица.',
  'mark-held': 'Чек с этой единицей ещё не завершён. Сначала уточните его.',
  'mark-parked': 'Эта единица в отложенном чеке. Верните его и уберите её оттуда.',
  'mark-wrong': 'Код маркировки не читается. Отсканируйте его ещё раз.',
  'mark-gtin': 'В коде маркировки не сходится контрольная цифра GTIN. Отсканируйте ещё раз.',
  'mark-unclear': 'Сканер потерял разделители кода маркировки. Включите в нём передачу GS (FNC1).',
  'mark-not-here': 'В этом чеке такой единицы нет.',
}

/** Marked goods and the codes of their units. */
export const markingRu = {
  label: 'Маркировка',
  kinds: { none: 'Нет', si: 'СИ', ukz: 'УКЗ', both: 'СИ и УКЗ' },
  scopes: { off: 'не сканировать', si: 'только СИ', all: 'СИ и УКЗ' },
  scan: { si: 'Отсканируйте код маркировки (DataMatrix)', ukz: 'Отсканируйте УКЗ' },
  field: 'Код маркировки',
  typed: 'Или введите его вручную',
  read: (code: string) => `Код прочитан: ${code}`,
  put: 'В чек',
  leave: 'Отмена',
  sold: (number: number | null, when: string) =>
    number === null
      ? `Эта единица уже продана здесь ${when}`
      : `Эта единица уже продана: чек № ${number}, ${when}`,
  soldNext: 'Проверьте, тот ли это товар. Если его вернули без чека, его можно продать снова',
  sellAgain: 'Продать ещё раз',
  refundHow: 'Маркированный товар возвращают по коду: отсканируйте его',
  codeOf: (code: string) => `Код …${code}`,
  codes: 'Коды маркировки',
}
export type MarkingWords = typeof markingRu
