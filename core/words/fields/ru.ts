import type { Facts } from '../../api/facts.ts'
import type { FieldFault } from '../../api/field-fault.ts'
import { formatQuantity } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { deviceRu } from '../device/ru.ts'
import { markFaultsRu } from '../marking/ru.ts'

const types: Record<string, string> = {
  string: 'строка',
  number: 'число',
  int: 'целое число',
  boolean: 'да или нет (true, false)',
  array: 'список',
  object: 'объект',
}

const faults: Record<FieldFault, (facts: Facts) => string> = {
  missing: () => 'не указано',
  'wrong-type': ({ name = '' }) => (types[name] ? `нужно: ${types[name]}` : 'значение не подходит'),
  'too-small': ({ limit }) => `нужно не меньше ${limit}`,
  'too-big': ({ limit }) => `нужно не больше ${limit}`,
  'too-short': ({ limit }) => (limit === 1 ? 'не может быть пустым' : `короче ${limit}`),
  'too-long': ({ limit }) => `длиннее ${limit}`,
  'not-one-of': ({ options = [] }) => `нужно одно из: ${options.join(', ')}`,
  'unknown-field': () => 'такого поля нет',
  malformed: () => 'значение не подходит',
  repeated: () => 'имя стоит дважды',
  'too-deep': ({ limit }) => `вложено глубже, чем на ${limit}`,
  unwritable: () => 'такого знака записать нельзя',
  unprintable: () => 'перевод строки или знак направления письма напечатать нельзя',
  'body-too-big': ({ limit }) => `тело больше ${limit} байт`,
  'body-not-json': () => 'тело запроса — не JSON',
  'type-not-json': () => 'принимается только JSON, content-type: application/json',
  'body-not-object': () => 'тело запроса должно быть объектом JSON',
  uuid: () => 'нужен UUID',
  uid: () => 'нужны 24 шестнадцатеричных знака',
  time: () => 'нужно ЧЧ:ММ или ЧЧ:ММ:СС',
  'day-missing': () => 'нужен день этого времени',
  'place-unknown': () => 'нет такого места в списке',
  'sum-missing': () => 'укажите сумму',
  'name-missing': () => 'не указано: название',
  'price-missing': () => 'не указано: цена',
  'goods-code': () => 'код пишется цифрами, латинскими буквами и знаками, без пробелов',
  picture: () => 'это не картинка PNG 128 × 128',
  'goods-unknown': () => 'такого товара нет',
  'goods-code-unknown': ({ code }) => `товар с кодом ${code} не найден`,
  'code-of-other-goods': () => 'это код другого товара',
  'whole-pieces': () => 'нужно целое число штук',
  'label-weight': ({ limit = 0 }) => `на этикетке ${formatQuantity(limit)}`,
  ...markFaultsRu,
  'not-sold': ({ fault }) => deviceRu.faults[fault as DeviceFault] ?? 'так продать нельзя',
  'receipt-number': () => '№ чека: нужно целое число, например 15',
  'receipt-moment': () => 'Дата и время: нужны дата и время вида 24.11.2026 18:30',
  'receipt-uid': () => 'УИ: нужны 24 знака: цифры и буквы от A до F',
  'operator-answer': () =>
    'Ответ оператора прочитан не целиком: отсканируйте его ещё раз или вставьте все цифры',
  'decline-code': () => 'нужен код, по которому деньги не списаны, например 126',
  'fault-field-unknown': ({ name }) => `у «${name}» нет такого поля`,
  'fault-value-missing': () => 'нужно значение',
  'backup-number': () => 'нужен номер копии',
  'backup-unknown': () => 'такой копии нет',
  'terminal-unknown': () => 'такого терминала нет',
  'ends-before-start': () => 'конец должен быть позже начала и ещё не наступить',
  'pin-digits': () => 'нужно от 4 до 16 цифр',
  'pin-repeats': () => 'цифры повторяются: такой PIN подбирают первым',
  'pin-sequence': () => 'цифры идут подряд: такой PIN подбирают первым',
  'pin-date': () => 'похоже на дату или год: такой PIN подбирают первым',
  day: () => 'нужен день вида 2026-11-24',
  'release-unsigned': () => 'файл подписан не теми ключами или не столькими, сколько нужно',
  'release-not-next': () => 'версия файла должна следовать за прежней',
  'release-expired': () => 'срок файла уже прошёл',
  'release-archive': () => 'архива, который назван в файле, здесь нет: сначала загрузите архив',
  'release-version': () => 'одна версия названа в файле дважды',
  'release-required': () =>
    'в файле нет обязательной версии и ни одной новее: сначала снимите требование',
  'version-unpublished': () => 'такой версии среди опубликованных нет',
  'version-stale': () => 'срок списка версий прошёл: опубликуйте список, подписанный заново',
  'day-past': () => 'этот день уже прошёл',
  'day-too-near': () => 'слишком близкий день: показанные цены действуют две недели',
  taken: () => 'такое уже есть',
  'too-many': ({ limit }) => `больше ${limit} не сохранить: уберите лишнее`,
  unknown: () => 'такого нет',
  'not-last': () => 'сначала отмените следующие цены этого тарифа',
  host: () => 'нужен адрес в сети: имя или IP, без порта и «//»',
  'device-path': () => 'нужен файл устройства, например /dev/usb/lp0 или /dev/ttyUSB0',
  'mail-address': () => 'нужен один адрес вида imya@pochta.by',
  'too-far-ahead': () => 'часы ушли бы вперёд больше чем на сто лет',
}

export const fieldsRu = {
  faults,
  /** Of the form of a red receipt. */
  names: { number: '№ чека', at: 'Дата и время', uid: 'УИ' },
}
export type FieldsWords = typeof fieldsRu
