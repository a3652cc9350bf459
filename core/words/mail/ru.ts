import { printedMoment } from '../../time.ts'

/** To the minute: nobody plans by the second. */
const minute = (at: number): string => printedMoment(at).slice(0, 16)

/** What people are told of by mail. */
export const mailRu = {
  warning: (register: string): string => `Касса ${register}: предупреждение о блокировке`,
  block: (register: string): string => `Касса ${register} заблокирована оператором`,
  blockAhead: (register: string, from: number): string =>
    `Касса ${register} будет заблокирована ${minute(from)}`,
  warningOver: (register: string): string => `Касса ${register}: предупреждение снято`,
  blockOver: (register: string): string => `Касса ${register} больше не заблокирована`,
  place: (place: string): string => `Где: ${place}`,
  reason: (reason: string): string => `Причина: ${reason}`,
  from: (from: number): string => `С ${minute(from)}`,
  till: (till: number): string => `Действует до ${minute(till)}`,
  untilLifted: 'Действует, пока её не снимут',
  shiftMayEnd: 'Открытую смену можно закончить и закрыть; новая смена не откроется.',
  next:
    'Чтобы работать дальше, устраните причину или свяжитесь с оператором ПКС ' +
    'ООО «Настоящая Цифровая».',
  worksAgain: 'Смену можно открыть.',
  unsent: (register: string): string => `Касса ${register}: документы не отправлены больше суток`,
  unsentOver: (register: string): string => `Касса ${register}: все документы отправлены`,
  unsentHow: (count: number, since: number): string =>
    `Ждут отправки: ${count}, старейший с ${minute(since)}. Через семь дней касса остановится.`,
  red: (register: string): string => `Касса ${register}: красный чек старше часа`,
  redOver: (register: string): string => `Касса ${register}: красных чеков старше часа больше нет`,
  redHow: (count: number, since: number): string =>
    `Красных чеков: ${count}, старейший с ${minute(since)}. Пока чек красный, касса не продаёт.`,
  redNext: 'Откройте красный чек на кассе и ответьте, проведена ли операция.',
  unsentNext: 'Проверьте интернет кассы; если он есть, обратитесь к оператору программных касс.',
  ending: (serial: string, day: string): string => `Касса ${serial}: подписка заканчивается ${day}`,
  endingHow: {
    ending: 'Автоматическое продление выключено: с этого дня смену открыть нельзя.',
    'ending-no-funds': 'На продление не хватает денег: с этого дня смену открыть нельзя.',
  },
  endingNext: (account: string): string =>
    `Продлите подписку или пополните лицевой счёт ${account} до этого дня.`,
  subscriptionOver: (serial: string): string => `Касса ${serial}: с подпиской всё улажено`,
  lapsed: (serial: string): string => `Касса ${serial}: подписка не продлена`,
  lapsedHow: (day: string): string =>
    `${day} на лицевом счёте не хватило денег. Новую смену на кассе открыть нельзя.`,
  lapsedNext: (account: string): string =>
    `Пополните лицевой счёт ${account}: подписка возобновится сама.`,
  repriced: (tariff: string, day: string): string => `Тариф «${tariff}»: новая цена с ${day}`,
  repricedHow: (before: string, price: string): string =>
    `Продление, которое сейчас стоит ${before}, с этого дня будет стоить ${price}.`,
  repricedPaid: 'Оплаченные периоды остаются оплаченными, доплачивать за них не нужно.',
  repricedUndone: (tariff: string, day: string): string =>
    `Тариф «${tariff}»: новой цены с ${day} не будет`,
  staysAt: (price: string): string => `Её отменили. Продление стоит ${price}, как прежде.`,
  repricedNow: (tariff: string, price: string): string =>
    `Тариф «${tariff}»: теперь продление стоит ${price}`,
  unbalanced: (day: number, terminal: string): string =>
    `Бизнес-день ${day} терминала ${terminal} не сошёлся с банком`,
  unbalancedHow: (at: number, bank: string): string =>
    `Сверка ${minute(at)}, ${bank}. Итоги банка и кассы различаются.`,
  unbalancedNext: 'Какие операции различаются, показывает страница «Бизнес-дни».',
  balanced: (day: number, terminal: string): string =>
    `Бизнес-день ${day} терминала ${terminal} сошёлся с банком`,
  cabinets: { operator: 'кабинет оператора', office: 'личный кабинет zPOS' },
  invitation: (company: string, cabinet: string): string => `Приглашение: ${cabinet}, ${company}`,
  invited: (company: string, cabinet: string, role: string): string =>
    `Вас приглашают в ${cabinet}: ${company}, роль «${role}».`,
  inviteHow: (until: number): string =>
    `Откройте ссылку и придумайте пароль. Она действует один раз и до ${minute(until)}:`,
  notMine: 'Если вы не ждали приглашения, ничего не делайте.',
  cabinet: (address: string): string => `Кабинет: ${address}`,
}
export type MailWords = typeof mailRu
