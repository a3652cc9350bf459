import type { Marking } from '../document/mark.ts'
import type { FileColumn } from '../goods/file-columns.ts'
import type { TileColour } from '../goods/tile.ts'
import type { Unit } from '../units.ts'

// What files of goods call things, in every language at once: read, and never shown. Small letters,
// without marks, «е» for «ё».

/** How a column may be headed. */
export const headsOf: Record<FileColumn, readonly string[]> = {
  id: ['номер товара', 'id', 'id товара', 'нумар тавару', 'goods number'],
  name: [
    'название',
    'наименование',
    'товар',
    'название товара',
    'наименование товара',
    'номенклатура',
    'назва',
    'назва тавару',
    'тавар',
    'name',
    'product',
    'product name',
    'item',
    'item name',
    'title',
    'goods',
  ],
  codes: [
    'штрихкод',
    'штрих код',
    'штрихкоды',
    'штрих коды',
    'код',
    'коды',
    'код товара',
    'артикул',
    'шк',
    'штрыхкод',
    'штрых код',
    'штрыхкоды',
    'barcode',
    'barcodes',
    'bar code',
    'code',
    'codes',
    'ean',
    'ean13',
    'ean 13',
    'gtin',
    'upc',
    'sku',
  ],
  price: [
    'цена',
    'цена розничная',
    'розничная цена',
    'цена продажи',
    'отпускная цена',
    'цена с ндс',
    'цана',
    'цана продажу',
    'рознічная цана',
    'price',
    'retail price',
    'sale price',
  ],
  group: [
    'группа',
    'группа товаров',
    'категория',
    'раздел',
    'група',
    'група тавараў',
    'катэгорыя',
    'раздзел',
    'group',
    'category',
    'department',
  ],
  unit: [
    'единица',
    'единица измерения',
    'ед',
    'ед изм',
    'ед измерения',
    'адзінка',
    'адзінка вымярэння',
    'адз',
    'unit',
    'units',
    'uom',
    'unit of measure',
  ],
  vat: [
    'ставка ндс',
    'ндс',
    'ндс ставка',
    'стаўка пдв',
    'пдв',
    'vat',
    'vat rate',
    'tax',
    'tax rate',
  ],
  favourite: ['избранный', 'избранное', 'абраны', 'абранае', 'favourite', 'favorite'],
  marking: ['маркировка', 'вид маркировки', 'маркіроўка', 'від маркіроўкі', 'marking'],
  // Of «colour» alone: that is how a thing looks, not its tile.
  colour: [
    'цвет плитки',
    'цвет кнопки',
    'колер пліткі',
    'колер кнопкі',
    'tile colour',
    'tile color',
  ],
}

/** How a unit may be written. */
export const unitNames: Record<Unit, readonly string[]> = {
  piece: ['шт', 'штука', 'штуки', 'штук', 'штука', 'pcs', 'pc', 'piece', 'pieces', 'ea', 'each'],
  pack: ['уп', 'упак', 'упаковка', 'пачка', 'пач', 'упакоўка', 'pack', 'packs', 'pk', 'package'],
  kg: ['кг', 'килограмм', 'кілаграм', 'kg'],
  g: ['г', 'гр', 'грамм', 'грам', 'g'],
  l: ['л', 'литр', 'літр', 'l', 'litre', 'liter'],
  m: ['м', 'метр', 'пог м', 'м пог', 'm', 'metre', 'meter'],
  m2: ['м2', 'кв м', 'м кв', 'кв метр', 'm2', 'sq m'],
  m3: ['м3', 'куб м', 'м куб', 'куб метр', 'm3', 'cu m'],
}

/** How goods may be said to be marked, letters alone. */
export const markingNames: Record<Marking, readonly string[]> = {
  none: ['нет', 'не', 'няма', 'без маркировки', 'без маркіроўкі', 'no', 'none', 'not marked'],
  si: ['си', 'сі', 'si'],
  ukz: ['укз', 'ukz'],
  both: ['си и укз', 'си укз', 'сі і укз', 'сі укз', 'si and ukz', 'si ukz'],
}

/** How the colour of a tile may be written. */
export const colourNames: Record<TileColour, readonly string[]> = {
  red: ['красный', 'чырвоны', 'red'],
  orange: ['оранжевый', 'аранжавы', 'orange'],
  yellow: ['желтый', 'жоўты', 'yellow'],
  green: ['зеленый', 'зялены', 'green'],
  teal: ['бирюзовый', 'бірузовы', 'teal', 'turquoise'],
  blue: ['синий', 'сіні', 'blue'],
  violet: ['фиолетовый', 'фіялетавы', 'violet', 'purple'],
  pink: ['розовый', 'ружовы', 'pink'],
}

/** How a file may say that no VAT is paid. */
export const noVatNames: readonly string[] = [
  'без ндс',
  'не облагается',
  'без пдв',
  'нет',
  'no vat',
  'none',
  'exempt',
]

/** How a file may say yes or no. */
export const yesNames: readonly string[] = ['да', 'так', 'yes', 'y', 'true', '1', '+']
export const noNames: readonly string[] = ['нет', 'не', 'no', 'n', 'false', '0', '-']

/** What may stand behind a price. */
export const currencyNames: readonly string[] = ['р', 'руб', 'рублей', 'бел руб', 'byn', 'br']

/** How the names of months begin: «12.май» was a price before a spreadsheet made a day of it. */
export const monthStarts: readonly string[] = [
  ...['янв', 'фев', 'мар', 'апр', 'май', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  ...['сту', 'лют', 'сак', 'кра', 'чэр', 'ліп', 'жні', 'вер', 'кас', 'ліс', 'сне'],
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
]
