import type {
  PrinterHeard,
  PrinterSetup,
  TerminalHeard,
  Weighed,
} from '../../api/register-equipment.ts'
import type { MachineFault } from '../../register/machine.ts'

type Said = { title: string; next: string }

const faults: Record<MachineFault, Said> = {
  refused: {
    title: 'Соединение отклонено',
    next: 'По этому адресу никто не слушает этот порт: проверьте порт и включено ли устройство',
  },
  unreachable: {
    title: 'Адрес не найден',
    next: 'Проверьте адрес, сетевой кабель и что устройство в той же сети',
  },
  'no-answer': {
    title: 'Ответа нет',
    next: 'Устройство не ответило вовремя: проверьте адрес, включено ли оно и то ли это устройство',
  },
  closed: {
    title: 'Соединение прервано',
    next: 'Устройство закрыло связь само: проверьте порт и то ли это устройство',
  },
  'no-device': {
    title: 'Такого устройства нет',
    next: 'Проверьте кабель и имя файла устройства',
  },
  'not-a-device': {
    title: 'Это не устройство',
    next: 'По этому имени лежит обычный файл или ссылка: укажите файл устройства',
  },
  forbidden: {
    title: 'Нет доступа к устройству',
    next: 'Дайте пользователю кассы доступ к устройству: группа lp или dialout',
  },
  'in-use': {
    title: 'Устройство занято',
    next: 'Его открыла другая программа: закройте её и повторите',
  },
}

const heard: Record<PrinterHeard, Said> = {
  printed: {
    title: 'Напечатано',
    next: 'Сверьте бумагу: каждая строка целая, буквы читаются, сумма стоит у правого края',
  },
  'no-paper': { title: 'Нет бумаги', next: 'Вставьте рулон и повторите' },
  silent: {
    title: 'Отправлено, подтверждения нет',
    next: 'Посмотрите, вышла ли бумага: принтер не сообщил, что допечатал',
  },
  refused: faults.refused,
  unreachable: faults.unreachable,
  'no-answer': faults['no-answer'],
  closed: faults.closed,
  'no-device': faults['no-device'],
  'not-a-device': faults['not-a-device'],
  forbidden: faults.forbidden,
  'in-use': faults['in-use'],
}

const weighed: Record<Weighed['heard'], Said> = {
  none: { title: 'Весы не настроены', next: 'Введите вес' },
  stable: { title: 'Вес', next: 'Положите на весы что-нибудь другое и проверьте ещё раз' },
  unstable: { title: 'Вес не успокоился', next: 'Уберите руки с весов и повторите' },
  overload: { title: 'На весах слишком много', next: 'Снимите часть товара' },
  underload: { title: 'Вес меньше нуля', next: 'Уберите всё с весов, обнулите их и повторите' },
  empty: { title: 'На весах пусто', next: 'Положите товар и повторите' },
  garbled: {
    title: 'Ответ весов непонятен',
    next: 'Проверьте протокол весов (MT-SICS) и единицу: кг или г',
  },
  refused: faults.refused,
  unreachable: faults.unreachable,
  'no-answer': faults['no-answer'],
  closed: faults.closed,
  'no-device': faults['no-device'],
  'not-a-device': faults['not-a-device'],
  forbidden: faults.forbidden,
  'in-use': faults['in-use'],
}

const terminal: Record<TerminalHeard, Said> = {
  connected: {
    title: 'Банк на связи',
    next: 'Ничего не списано: это была проверка связи',
  },
  refused: {
    title: 'Банк отклонил проверку',
    next: 'Позвоните в банк-эквайер и назовите код',
  },
  unclear: {
    title: 'Ответ банка непонятен',
    next: 'Позвоните в банк-эквайер: терминал и банк говорят по-разному',
  },
  silent: {
    title: 'Банк не ответил',
    next: 'Соединение есть, ответа нет: повторите через минуту, потом звоните в банк-эквайер',
  },
  forged: {
    title: 'Банк не прошёл проверку',
    next: 'По его адресу отвечает кто-то другой. Не принимайте карты, позвоните в банк-эквайер',
  },
  unsent: {
    title: 'Нет связи с банком',
    next: 'Вопрос не ушёл: проверьте интернет, адрес банка и ключ терминала',
  },
  none: {
    title: 'Терминал не подключён',
    next: 'Эта касса карты не принимает: терминал задают при её установке',
  },
}

const drawers: Record<PrinterSetup['drawer'], string> = {
  off: 'Не открывать',
  before: 'Открывать перед печатью',
  after: 'Открывать после печати',
}

const cuts: Record<PrinterSetup['cut'], string> = {
  none: 'Не резать',
  partial: 'Надрезать',
  full: 'Отрезать',
}

const columns: Record<PrinterSetup['columns'], string> = {
  32: '58 мм, 32 знака',
  42: '80 мм, 42 знака',
  48: '80 мм, 48 знаков',
}

/** The machines on the counter (K4). */
export const equipmentRu = {
  heading: 'Оборудование',
  note: 'Принтер чеков, денежный ящик, весы, карточный терминал, экран покупателя',
  byRight: 'Оборудование настраивает тот, у кого есть право «Настройки»',
  printer: 'Принтер чеков',
  connection: 'Подключение',
  kinds: { network: 'По сети', device: 'К этому компьютеру' },
  host: 'Адрес',
  hostHint: 'IP или имя, например 192.168.1.50',
  port: 'Порт',
  portHint: 'Обычно 9100',
  portWrong: 'нужно число от 1024 до 65535',
  path: 'Файл устройства',
  pathHint: 'Например /dev/usb/lp0',
  columnsTitle: 'Ширина бумаги',
  columns,
  codePageTitle: 'Кодовая страница',
  codePages: { cp866: '866', windows1251: 'Windows-1251' },
  drawerTitle: 'Денежный ящик',
  drawers,
  drawerHint:
    'Открывается с бумагой, по которой деньги кладут или достают; с повтором и копией нет',
  drawerPinTitle: 'Контакт ящика',
  drawerPin: (pin: number) => `Контакт ${pin}`,
  cutTitle: 'Отрез бумаги',
  cuts,
  usual: 'Принтер ещё не настроен здесь: касса печатает, как задано при её запуске',
  save: 'Сохранить',
  saved: 'Сохранено',
  savedDoes: 'Бумаги, которые ждут печати, пойдут на этот принтер',
  tryPrinter: 'Проверить принтер',
  trying: 'Принтер проверяется…',
  scale: 'Весы',
  scaleNote: 'Протокол MT-SICS: по сети или через последовательный порт (скорость задаёт система)',
  scalePortHint: 'Порт сетевых весов или преобразователя, например 4305',
  saveScale: 'Сохранить весы',
  tryScale: 'Проверить весы',
  tryingScale: 'Весы взвешивают…',
  noScale: 'Весов нет',
  weigh: 'Взвесить',
  weighing: 'Взвешивается…',
  weighed,
  missing: 'заполните поле',
  heard,
  took: (ms: number) => `Ответ за ${ms} мс`,
  terminal: 'Карточный терминал',
  terminalNote: 'Связь с банком: вопрос, по которому ничего не списывается. Смена не нужна.',
  tryTerminal: 'Проверить терминал',
  tryingTerminal: 'Касса спрашивает банк…',
  terminalHeard: terminal,
  bankDay: (day: number) => `бизнес-день ${day}`,
  bankCode: (code: string) => `код ${code}`,
}
export type EquipmentWords = typeof equipmentRu
