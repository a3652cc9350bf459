import { formatMoney } from '../../money.ts'
import { billingRu } from '../billing/ru.ts'
import type { Say } from './say.ts'

/** Refusals of the office, and the till's by its word. */
export const officeRefusalsRu = {
  'billing.forbids': ({ billing = 'unheard', account }) =>
    billingRu.states[billing](account ?? null),
  'contract.unknown': () => ({ message: 'Договора с таким номером нет', next: 'Проверьте номер' }),
  'equipment.unknown': ({ serial }) => ({
    message: `Оборудования с SN ${serial ?? '…'} нет`,
    next: 'Проверьте серийный номер',
  }),
  'report.unproven': () => ({
    message: 'Отчёт кассы не подтверждён её ключом',
    next: 'Проверьте SN и УНП кассы в договоре; ключ сменился — сохраните оборудование заново',
  }),
  'tariff.unknown': () => ({ message: 'Такого тарифа нет', next: 'Выберите тариф из списка' }),
  'account.unknown': ({ account }) => ({
    message: `Лицевого счета ${account ?? '…'} нет`,
    next: 'Проверьте номер лицевого счета',
  }),
  'account.no-funds': ({ sum }) => ({
    message: `На лицевом счете не хватает ${formatMoney(sum ?? 0)} BYN`,
    next: 'Пополните лицевой счет',
  }),
  'subscription.none': ({ serial }) => ({
    message: `У оборудования ${serial ?? '…'} нет действующей подписки`,
    next: 'Оформите заказ',
  }),
  'subscription.there': ({ serial }) => ({
    message: `У оборудования ${serial ?? '…'} есть действующая подписка`,
    next: 'Сначала прекратите её',
  }),
  'order.unknown': () => ({ message: 'Такого заказа нет', next: 'Выберите заказ из списка' }),
  'quote.unknown': () => ({ message: 'Такого расчёта нет', next: 'Рассчитайте цену ещё раз' }),
  'quote.over': () => ({
    message: 'Цена больше не действует: с тех пор что-то изменилось',
    next: 'Рассчитайте цену ещё раз',
  }),
  'transaction.unknown': () => ({
    message: 'Такой операции по карте нет',
    next: 'Найдите её в списке транзакций',
  }),
  'business-day.unknown': () => ({
    message: 'Такого бизнес-дня нет',
    next: 'Выберите день из списка',
  }),
  'entry.unknown': () => ({ message: 'Такой проводки нет', next: 'Проверьте номер' }),
  'entry.undone': () => ({
    message: 'Эта проводка уже отменена обратной',
    next: 'Делать ничего не нужно',
  }),
  'entry.stays': () => ({
    message: 'Обратной проводкой отменяют только поступления и возвраты',
    next: 'Чтобы вернуть деньги за неиспользованные дни, прекратите подписку',
  }),
  'entry.differs': () => ({
    message: 'Под этим номером уже записано другое',
    next: 'Начните платёж заново',
  }),
  'release.no-room': () => ({
    message: 'На диске офиса нет места для архива',
    next: 'Освободите место и загрузите архив ещё раз',
  }),
  'payment.not-taken': () => ({
    message: 'Здесь не платят: пополнение принимает банк',
    next: 'Оплатите счёт в банке, указав номер лицевого счета',
  }),
} satisfies Record<string, Say>
