import type { EquipmentWords } from './ru.ts'

const refused = {
  title: 'Злучэнне адхілена',
  next: 'Па гэтым адрасе ніхто не слухае гэты порт: праверце порт і ці ўключана прылада',
}
const unreachable = {
  title: 'Адрас не знойдзены',
  next: 'Праверце адрас, сеткавы кабель і што прылада ў той жа сетцы',
}
const noAnswer = {
  title: 'Адказу няма',
  next: 'Прылада не адказала своечасова: праверце адрас, ці ўключана яна і ці тая гэта прылада',
}
const closed = {
  title: 'Злучэнне перарвана',
  next: 'Прылада закрыла сувязь сама: праверце порт і ці тая гэта прылада',
}
const noDevice = { title: 'Такой прылады няма', next: 'Праверце кабель і імя файла прылады' }
const notADevice = {
  title: 'Гэта не прылада',
  next: 'Па гэтым імені ляжыць звычайны файл або спасылка: укажыце файл прылады',
}
const forbidden = {
  title: 'Няма доступу да прылады',
  next: 'Дайце карыстальніку касы доступ да прылады: група lp або dialout',
}
const inUse = {
  title: 'Прылада занята',
  next: 'Яе адкрыла іншая праграма: закрыйце яе і паўтарыце',
}

export const equipmentBe: EquipmentWords = {
  heading: 'Абсталяванне',
  note: 'Прынтар чэкаў, грашовая скрыня, вагі, экран пакупніка',
  byRight: 'Абсталяванне наладжвае той, у каго ёсць права «Налады»',
  printer: 'Прынтар чэкаў',
  connection: 'Падключэнне',
  kinds: { network: 'Па сетцы', device: 'Да гэтага камп’ютара' },
  host: 'Адрас',
  hostHint: 'IP або імя, напрыклад 192.168.1.50',
  port: 'Порт',
  portHint: 'Звычайна 9100',
  portWrong: 'патрэбны лік ад 1024 да 65535',
  path: 'Файл прылады',
  pathHint: 'Напрыклад /dev/usb/lp0',
  columnsTitle: 'Шырыня паперы',
  columns: { 32: '58 мм, 32 знакі', 42: '80 мм, 42 знакі', 48: '80 мм, 48 знакаў' },
  codePageTitle: 'Кодавая старонка',
  codePages: { cp866: '866', windows1251: 'Windows-1251' },
  drawerTitle: 'Грашовая скрыня',
  drawers: {
    off: 'Не адкрываць',
    before: 'Адкрываць перад друкам',
    after: 'Адкрываць пасля друку',
  },
  drawerHint: 'Адкрываецца з паперай, па якой грошы кладуць або дастаюць; з паўторам і копіяй не',
  drawerPinTitle: 'Кантакт скрыні',
  drawerPin: (pin) => `Кантакт ${pin}`,
  cutTitle: 'Адрэз паперы',
  cuts: { none: 'Не рэзаць', partial: 'Надрэзаць', full: 'Адрэзаць' },
  usual: 'Прынтар тут яшчэ не наладжаны: каса друкуе, як зададзена пры яе запуску',
  save: 'Захаваць',
  saved: 'Захавана',
  savedDoes: 'Паперы, якія чакаюць друку, пойдуць на гэты прынтар',
  tryPrinter: 'Праверыць прынтар',
  trying: 'Прынтар правяраецца…',
  scale: 'Вагі',
  scaleNote:
    'Вагі з пратаколам MT-SICS: па сетцы або праз паслядоўны порт, хуткасць якому задае сістэма',
  scalePortHint: 'Порт сеткавых вагаў або пераўтваральніка, напрыклад 4305',
  saveScale: 'Захаваць вагі',
  tryScale: 'Праверыць вагі',
  tryingScale: 'Вагі ўзважваюць…',
  noScale: 'Вагаў няма',
  weigh: 'Узважыць',
  weighing: 'Узважваецца…',
  weighed: {
    none: { title: 'Вагі не настроены', next: 'Увядзіце вагу' },
    stable: { title: 'Вага', next: 'Пакладзіце на вагі што-небудзь іншае і праверце яшчэ раз' },
    unstable: { title: 'Вага не супакоілася', next: 'Прыбярыце рукі з вагаў і паўтарыце' },
    overload: { title: 'На вагах занадта шмат', next: 'Зніміце частку тавару' },
    underload: {
      title: 'Вага меншая за нуль',
      next: 'Прыбярыце ўсё з вагаў, абнуліце іх і паўтарыце',
    },
    empty: { title: 'На вагах пуста', next: 'Пакладзіце тавар і паўтарыце' },
    garbled: {
      title: 'Адказ вагаў незразумелы',
      next: 'Праверце пратакол вагаў (MT-SICS) і адзінку: кг або г',
    },
    refused: refused,
    unreachable: unreachable,
    'no-answer': noAnswer,
    closed: closed,
    'no-device': noDevice,
    'not-a-device': notADevice,
    forbidden: forbidden,
    'in-use': inUse,
  },
  missing: 'запоўніце поле',
  heard: {
    printed: {
      title: 'Надрукавана',
      next: 'Звярце паперу: кожны радок цэлы, літары чытаюцца, сума стаіць ля правага краю',
    },
    'no-paper': { title: 'Няма паперы', next: 'Устаўце рулон і паўтарыце' },
    silent: {
      title: 'Адпраўлена, пацвярджэння няма',
      next: 'Паглядзіце, ці выйшла папера: прынтар не паведаміў, што дадрукаваў',
    },
    refused,
    unreachable,
    'no-answer': noAnswer,
    closed,
    'no-device': noDevice,
    'not-a-device': notADevice,
    forbidden,
    'in-use': inUse,
  },
  took: (ms) => `Адказ за ${ms} мс`,
}
