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
  cabinets: { operator: 'кабінет аператара', office: 'асабісты кабінет zPOS' },
  invitation: (company, cabinet) => `Запрашэнне: ${cabinet}, ${company}`,
  invited: (company, cabinet, role) => `Вас запрашаюць у ${cabinet}: ${company}, роля «${role}».`,
  inviteHow: (until) =>
    `Адкрыйце спасылку і прыдумайце пароль. Яна дзейнічае адзін раз і да ${minute(until)}:`,
  notMine: 'Калі вы не чакалі запрашэння, нічога не рабіце.',
  cabinet: (address) => `Кабінет: ${address}`,
}
