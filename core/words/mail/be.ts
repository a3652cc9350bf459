import { printedMoment } from '../../time.ts'
import type { MailWords } from './ru.ts'

const minute = (at: number): string => printedMoment(at).slice(0, 16)

export const mailBe: MailWords = {
  warning: (register) => `Каса ${register}: папярэджанне пра блакіроўку`,
  block: (register) => `Каса ${register} заблакіравана аператарам`,
  blockAhead: (register, from) => `Каса ${register} будзе заблакіравана ${minute(from)}`,
  warningOver: (register) => `Каса ${register}: папярэджанне знята`,
  blockOver: (register) => `Каса ${register} больш не заблакіравана`,
  place: (place) => `Дзе: ${place}`,
  reason: (reason) => `Прычына: ${reason}`,
  from: (from) => `З ${minute(from)}`,
  till: (till) => `Дзейнічае да ${minute(till)}`,
  untilLifted: 'Дзейнічае, пакуль яе не знімуць',
  shiftMayEnd: 'Адкрытую змену можна скончыць і закрыць; новая змена не адкрыецца.',
  next:
    'Каб працаваць далей, ухіліце прычыну або звяжыцеся з аператарам ПКС ' +
    'ТАА «Настоящая Цифровая».',
  worksAgain: 'Змену можна адкрыць.',
  unsent: (register) => `Каса ${register}: дакументы не адпраўлены больш за суткі`,
  unsentOver: (register) => `Каса ${register}: усе дакументы адпраўлены`,
  unsentHow: (count, since) =>
    `Чакаюць адпраўкі: ${count}, найстарэйшы з ${minute(since)}. Праз сем дзён каса спыніцца.`,
  red: (register) => `Каса ${register}: чырвоны чэк, старэйшы за гадзіну`,
  redOver: (register) => `Каса ${register}: чырвоных чэкаў, старэйшых за гадзіну, больш няма`,
  redHow: (count, since) =>
    `Чырвоных чэкаў: ${count}, найстарэйшы з ${minute(since)}. Пакуль чэк чырвоны, каса не прадае.`,
  redNext: 'Адкрыйце чырвоны чэк на касе і адкажыце, ці праведзена аперацыя.',
  unsentNext: 'Праверце інтэрнэт касы; калі ён ёсць, звярніцеся да аператара праграмных кас.',
  ending: (serial, day) => `Каса ${serial}: падпіска заканчваецца ${day}`,
  endingHow: {
    ending: 'Аўтаматычнае падаўжэнне выключана: з гэтага дня змену адкрыць нельга.',
    'ending-no-funds': 'На падаўжэнне не хапае грошай: з гэтага дня змену адкрыць нельга.',
  },
  endingNext: (account) =>
    `Падоўжыце падпіску або папоўніце асабовы рахунак ${account} да гэтага дня.`,
  subscriptionOver: (serial) => `Каса ${serial}: з падпіскай усё ўладжана`,
  lapsed: (serial) => `Каса ${serial}: падпіска не падоўжана`,
  lapsedHow: (day) =>
    `${day} на асабовым рахунку не хапіла грошай. Новую змену на касе адкрыць нельга.`,
  lapsedNext: (account) => `Папоўніце асабовы рахунак ${account}: падпіска адновіцца сама.`,
  repriced: (tariff, day) => `Тарыф «${tariff}»: новая цана з ${day}`,
  repricedHow: (before, price) =>
    `Падаўжэнне, якое зараз каштуе ${before}, з гэтага дня будзе каштаваць ${price}.`,
  repricedPaid: 'Аплачаныя перыяды застаюцца аплачанымі, даплачваць за іх не трэба.',
  repricedUndone: (tariff, day) => `Тарыф «${tariff}»: новай цаны з ${day} не будзе`,
  staysAt: (price) => `Яе адмянілі. Падаўжэнне каштуе ${price}, як і раней.`,
  repricedNow: (tariff, price) => `Тарыф «${tariff}»: цяпер падаўжэнне каштуе ${price}`,
  unbalanced: (day, terminal) => `Бізнес-дзень ${day} тэрмінала ${terminal} не сышоўся з банкам`,
  unbalancedHow: (at, bank) => `Зверка ${minute(at)}, ${bank}. Вынікі банка і касы розняцца.`,
  unbalancedNext: 'Якія аперацыі розняцца, паказвае старонка «Бізнес-дні».',
  balanced: (day, terminal) => `Бізнес-дзень ${day} тэрмінала ${terminal} сышоўся з банкам`,
  cabinets: { operator: 'кабінет аператара', office: 'асабісты кабінет zPOS' },
  invitation: (company, cabinet) => `Запрашэнне: ${cabinet}, ${company}`,
  invited: (company, cabinet, role) => `Вас запрашаюць у ${cabinet}: ${company}, роля «${role}».`,
  inviteHow: (until) =>
    `Адкрыйце спасылку і прыдумайце пароль. Яна дзейнічае адзін раз і да ${minute(until)}:`,
  notMine: 'Калі вы не чакалі запрашэння, нічога не рабіце.',
  cabinet: (address) => `Кабінет: ${address}`,
}
