import type { Facts } from '../../api/facts.ts'
import type { FieldFault } from '../../api/field-fault.ts'
import { formatQuantity } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { deviceBe } from '../device/be.ts'
import { markFaultsBe } from '../marking/be.ts'
import type { FieldsWords } from './ru.ts'

const types: Record<string, string> = {
  string: 'радок',
  number: 'лік',
  int: 'цэлы лік',
  boolean: 'так або не (true, false)',
  array: 'спіс',
  object: 'аб’ект',
}

const faults: Record<FieldFault, (facts: Facts) => string> = {
  missing: () => 'не ўказана',
  'wrong-type': ({ name = '' }) => (types[name] ? `патрэбна: ${types[name]}` : 'не падыходзіць'),
  'too-small': ({ limit }) => `патрэбна не менш за ${limit}`,
  'too-big': ({ limit }) => `патрэбна не больш за ${limit}`,
  'too-short': ({ limit }) => (limit === 1 ? 'не можа быць пустым' : `карацей за ${limit}`),
  'too-long': ({ limit }) => `даўжэй за ${limit}`,
  'not-one-of': ({ options = [] }) => `патрэбна адно з: ${options.join(', ')}`,
  'unknown-field': () => 'такога поля няма',
  malformed: () => 'не падыходзіць',
  repeated: () => 'імя стаіць двойчы',
  'too-deep': ({ limit }) => `укладзена глыбей, чым на ${limit}`,
  unwritable: () => 'такога знака запісаць нельга',
  unprintable: () => 'перанос радка або знак напрамку пісьма надрукаваць нельга',
  'body-too-big': ({ limit }) => `цела большае за ${limit} байт`,
  'body-not-json': () => 'цела запыту — не JSON',
  'type-not-json': () => 'прымаецца толькі JSON, content-type: application/json',
  'body-not-object': () => 'цела запыту павінна быць аб’ектам JSON',
  uuid: () => 'патрэбны UUID',
  uid: () => 'патрэбны 24 шаснаццатковыя знакі',
  time: () => 'патрэбна ГГ:ХХ або ГГ:ХХ:СС',
  'day-missing': () => 'патрэбны дзень гэтага часу',
  'place-unknown': () => 'няма такога месца ў спісе',
  'sum-missing': () => 'укажыце суму',
  'name-missing': () => 'не ўказана: назва',
  'price-missing': () => 'не ўказана: цана',
  'goods-code': () => 'код пішацца лічбамі, лацінскімі літарамі і знакамі, без прабелаў',
  picture: () => 'гэта не малюнак PNG 128 × 128',
  'goods-unknown': () => 'такога тавару няма',
  'goods-code-unknown': ({ code }) => `тавар з кодам ${code} не знойдзены`,
  'code-of-other-goods': () => 'гэта код іншага тавару',
  'whole-pieces': () => 'патрэбны цэлы лік штук',
  'label-weight': ({ limit = 0 }) => `на этыкетцы ${formatQuantity(limit)}`,
  ...markFaultsBe,
  'not-sold': ({ fault }) => deviceBe.faults[fault as DeviceFault] ?? 'так прадаць нельга',
  'receipt-number': () => '№ чэка: патрэбны цэлы лік, напрыклад 15',
  'receipt-moment': () => 'Дата і час: патрэбны дата і час выгляду 24.11.2026 18:30',
  'receipt-uid': () => 'УІ: патрэбны 24 знакі: лічбы і літары ад A да F',
  'operator-answer': () =>
    'Адказ аператара прачытаны не цалкам: адсканіруйце яго яшчэ раз або ўстаўце ўсе лічбы',
  'decline-code': () => 'патрэбны код, па якім грошы не спісаны, напрыклад 126',
  'fault-field-unknown': ({ name }) => `у «${name}» няма такога поля`,
  'fault-value-missing': () => 'патрэбна значэнне',
  'backup-number': () => 'патрэбны нумар копіі',
  'backup-unknown': () => 'такой копіі няма',
  'terminal-unknown': () => 'такога тэрмінала няма',
  'ends-before-start': () => 'канец павінен быць пазней за пачатак і яшчэ не настаць',
  'pin-digits': () => 'патрэбна ад 4 да 16 лічбаў',
  'pin-repeats': () => 'лічбы паўтараюцца: такі PIN падбіраюць першым',
  'pin-sequence': () => 'лічбы ідуць запар: такі PIN падбіраюць першым',
  'pin-date': () => 'падобна на дату ці год: такі PIN падбіраюць першым',
  day: () => 'патрэбны дзень выгляду 2026-11-24',
  'release-unsigned': () => 'файл падпісаны не тымі ключамі або не столькімі, колькі трэба',
  'release-not-next': () => 'версія файла павінна ісці за ранейшай',
  'release-expired': () => 'тэрмін файла ўжо прайшоў',
  'release-archive': () => 'архіва, які названы ў файле, тут няма: спачатку загрузіце архіў',
  'release-version': () => 'адна версія названа ў файле двойчы',
  'release-required': () =>
    'у файле няма абавязковай версіі і ніводнай навейшай: спачатку зніміце патрабаванне',
  'version-unpublished': () => 'такой версіі сярод апублікаваных няма',
  'version-stale': () => 'тэрмін спіса версій мінуў: апублікуйце спіс, падпісаны нанова',
  'day-past': () => 'гэты дзень ужо мінуў',
  'day-too-near': () => 'занадта блізкі дзень: паказаныя цэны дзейнічаюць два тыдні',
  taken: () => 'такое ўжо ёсць',
  'too-many': ({ limit }) => `больш за ${limit} не захаваць: прыбярыце лішняе`,
  unknown: () => 'такога няма',
  'not-last': () => 'спачатку адмяніце наступныя цэны гэтага тарыфу',
  host: () => 'патрэбны адрас у сетцы: імя або IP, без порта і «//»',
  'device-path': () => 'патрэбны файл прылады, напрыклад /dev/usb/lp0 або /dev/ttyUSB0',
  'mail-address': () => 'патрэбны адзін адрас накшталт imya@poshta.by',
  'too-far-ahead': () => 'гадзіннік пайшоў бы наперад больш чым на сто гадоў',
}

export const fieldsBe: FieldsWords = {
  faults,
  names: { number: '№ чэка', at: 'Дата і час', uid: 'УІ' },
}
