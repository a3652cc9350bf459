import { formatMoney } from '../../money.ts'
import { billingBe } from '../billing/be.ts'
import type { officeRefusalsRu } from './office-ru.ts'
import type { Say } from './say.ts'

export const officeRefusalsBe: Record<keyof typeof officeRefusalsRu, Say> = {
  'billing.forbids': ({ billing = 'unheard', account }) =>
    billingBe.states[billing](account ?? null),
  'contract.unknown': () => ({
    message: 'Дагавора з такім нумарам няма',
    next: 'Праверце нумар',
  }),
  'equipment.unknown': ({ serial }) => ({
    message: `Абсталявання з SN ${serial ?? '…'} няма`,
    next: 'Праверце серыйны нумар',
  }),
  'report.unproven': () => ({
    message: 'Справаздача касы не пацверджана яе ключом',
    next: 'Праверце SN і УНП касы ў дагаворы; ключ змяніўся — захавайце абсталяванне нанова',
  }),
  'tariff.unknown': () => ({ message: 'Такога тарыфу няма', next: 'Выберыце тарыф са спіса' }),
  'account.unknown': ({ account }) => ({
    message: `Асабовага рахунку ${account ?? '…'} няма`,
    next: 'Праверце нумар асабовага рахунку',
  }),
  'account.no-funds': ({ sum }) => ({
    message: `На асабовым рахунку не хапае ${formatMoney(sum ?? 0)} BYN`,
    next: 'Папоўніце асабовы рахунак',
  }),
  'subscription.none': ({ serial }) => ({
    message: `У абсталявання ${serial ?? '…'} няма дзейнай падпіскі`,
    next: 'Аформіце заказ',
  }),
  'subscription.there': ({ serial }) => ({
    message: `У абсталявання ${serial ?? '…'} ёсць дзейная падпіска`,
    next: 'Спачатку спыніце яе',
  }),
  'order.unknown': () => ({ message: 'Такога заказу няма', next: 'Выберыце заказ са спіса' }),
  'quote.unknown': () => ({ message: 'Такога разліку няма', next: 'Разлічыце цану яшчэ раз' }),
  'quote.over': () => ({
    message: 'Цана больш не дзейнічае: з таго часу нешта змянілася',
    next: 'Разлічыце цану яшчэ раз',
  }),
  'transaction.unknown': () => ({
    message: 'Такой аперацыі па картцы няма',
    next: 'Знайдзіце яе ў спісе транзакцый',
  }),
  'business-day.unknown': () => ({
    message: 'Такога бізнес-дня няма',
    next: 'Выберыце дзень са спіса',
  }),
  'entry.unknown': () => ({ message: 'Такой праводкі няма', next: 'Праверце нумар' }),
  'entry.undone': () => ({
    message: 'Гэта праводка ўжо адменена адваротнай',
    next: 'Рабіць нічога не трэба',
  }),
  'entry.stays': () => ({
    message: 'Адваротнай праводкай адмяняюць толькі паступленні і вяртанні',
    next: 'Каб вярнуць грошы за нявыкарыстаныя дні, спыніце падпіску',
  }),
  'entry.differs': () => ({
    message: 'Пад гэтым нумарам ужо запісана іншае',
    next: 'Пачніце плацеж нанова',
  }),
  'release.no-room': () => ({
    message: 'На дыску офіса няма месца для архіва',
    next: 'Вызваліце месца і загрузіце архіў яшчэ раз',
  }),
  'payment.not-taken': () => ({
    message: 'Тут не плацяць: папаўненне прымае банк',
    next: 'Аплаціце рахунак у банку, указаўшы нумар асабовага рахунку',
  }),
}
