import type { FileColumn } from '../../goods/file-columns.ts'
import type { RowFault, RowFaultName } from '../../goods/file-row.ts'
import type { TableFault } from '../../goods/table-fault.ts'

type Fault = { [Fact in 'said' | 'name' | 'line']?: RowFault[Fact] | undefined }

const faults: Record<RowFaultName, (fault: Fault) => string> = {
  missing: () => 'не заполнено',
  merged: () => 'объединённые ячейки: разъедините их и заполните каждую',
  formula: () => 'формула без значения или с ошибкой: замените её значением',
  encoding: ({ said }) => `буквы испорчены: «${said}». Сохраните файл в UTF-8`,
  unprintable: ({ said }) => `перенос строки или невидимые знаки: «${said}»`,
  'too-long': ({ said }) => `слишком длинно: «${said}»`,
  'too-many-codes': () => 'больше 20 кодов',
  code: ({ said }) => `«${said}» — не код: в нём цифры, латинские буквы и знаки`,
  'code-rounded': ({ said }) =>
    `«${said}»: таблица округлила штрихкод, последние цифры потеряны. Сделайте столбец текстовым`,
  'code-date': ({ said }) => `вместо кода дата ${said}. Сделайте столбец текстовым`,
  price: ({ said }) => `«${said}» — не цена`,
  'price-date': ({ said }) =>
    `вместо цены дата ${said}: таблица приняла цену за день. Верните число`,
  'price-fraction': ({ said }) => `${said}: в цене не больше двух знаков после запятой`,
  'price-range': ({ said }) => `${said}: цена должна быть больше нуля и не слишком велика`,
  unit: ({ said }) => `единицы «${said}» нет. Есть шт, уп, кг, г, л, м, м², м³`,
  vat: ({ said }) => `ставки «${said}» нет. Есть 20, 10, 0, 25 и «Без НДС»`,
  favourite: ({ said }) => `«${said}»: нужно «да» или «нет»`,
  marking: ({ said }) => `«${said}»: нужно «СИ», «УКЗ», «СИ и УКЗ» или «нет»`,
  colour: ({ said }) => `«${said}»: такого цвета плитки нет`,
  id: ({ said }) => `«${said}» — не номер товара`,
  twice: ({ line }) => `то же, что в строке ${line}`,
  'code-taken': ({ said, name }) => `код ${said} уже есть у товара «${name}»`,
  'codes-of-two': ({ name }) => `коды двух разных товаров, один из них «${name}»`,
  ambiguous: () => 'товаров с таким названием несколько: укажите штрихкод или номер товара',
  retired: () => 'снят с продажи: верните его в продажу или уберите строку',
  'other-goods': ({ name }) => `под этим номером другой товар: «${name}»`,
}

const files: Record<TableFault, { title: string; next: string }> = {
  empty: { title: 'В файле нет строк', next: 'Проверьте, тот ли это файл' },
  'not-table': { title: 'Это не таблица', next: 'Нужен файл CSV или XLSX' },
  'old-xls': {
    title: 'Файл старого вида (XLS) или под паролем',
    next: 'Сохраните его как XLSX без пароля и выберите ещё раз',
  },
  broken: { title: 'Файл повреждён', next: 'Сохраните его заново и выберите ещё раз' },
  'csv-quotes': {
    title: 'Кавычки в CSV не закрыты, или строка слишком длинна',
    next: 'Исправьте эту строку или сохраните таблицу как XLSX',
  },
  'no-sheet': { title: 'В файле нет листа таблицы', next: 'Сохраните его как XLSX или CSV' },
  'too-many-rows': {
    title: 'В файле больше 200 000 строк',
    next: 'Разделите его на части',
  },
  'too-large': {
    title: 'Файл слишком велик',
    next: 'Оставьте в нём одни товары или разделите его на части',
  },
  'no-columns': {
    title: 'Не узнаны столбцы «Название» и «Цена»',
    next: 'Укажите ниже, где они',
  },
}

const columns: Record<FileColumn, string> = {
  id: 'Номер товара',
  name: 'Название',
  codes: 'Штрихкод',
  price: 'Цена',
  group: 'Группа',
  unit: 'Единица',
  vat: 'Ставка НДС',
  favourite: 'Избранный',
  marking: 'Маркировка',
  colour: 'Цвет плитки',
}

/** Goods out of a file and into one. */
export const importRu = {
  heading: 'Импорт',
  export: 'Экспорт',
  columns,
  noVat: 'Без НДС',
  yes: 'да',
  faults,
  files,
  intro: 'Таблица CSV или XLSX: первая строка — названия столбцов, дальше по товару в строке',
  introNext: 'Сначала касса покажет, что изменится. Файл берётся целиком или не берётся совсем',
  choose: 'Выбрать файл',
  another: 'Другой файл',
  sending: 'Файл загружается…',
  reading: (rows: string) => `Файл читается: ${rows}`,
  cancel: 'Отменить',
  atLine: (line: number) => `Около строки ${line}`,
  columnsHeading: 'Столбцы',
  columnsNote: 'Чего в файле нет, то у товаров останется как было',
  absent: 'Нет в файле',
  numbered: (place: number, head: string) => `${place}. ${head}`,
  headless: 'Первая строка — уже товар',
  headlessDoes: 'В файле нет названий столбцов',
  unsaidHeading: 'Новым товарам, если в файле этого нет',
  unsaidGroup: 'Товары',
  readAgain: 'Прочитать',
  counts: { new: 'Новых', changed: 'Изменится', same: 'Без изменений', bad: 'С ошибками' },
  faultsHeading: 'Строки с ошибками',
  faultsNote: 'Пока они есть, из файла не берётся ничего. Исправьте их и выберите файл ещё раз',
  line: 'Строка',
  fault: 'Что не так',
  changesHeading: 'Что изменится',
  change: 'Было → станет',
  apply: 'Импортировать',
  nothing: 'Менять нечего: в файле то же, что в кассе',
  applying: 'Товары записываются',
  applyingNext: 'Продавать можно. Если касса перезапустится, она допишет остальное сама',
  stuck: 'Запись остановилась: проверьте, есть ли место на диске кассы',
  stuckNext: 'Касса продолжит сама, когда оно появится',
  done: 'Импорт завершён',
  doneCounts: (added: string, changed: string) => `Добавлено: ${added}, изменено: ${changed}`,
  toGoods: 'К товарам',
}
export type ImportWords = typeof importRu
