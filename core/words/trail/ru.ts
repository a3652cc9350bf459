import type { AccountActName, OfficeActName } from '../../access/acts.ts'

export const trailRu = {
  heading: 'Журнал действий',
  columns: {
    at: 'Когда',
    person: 'Кто',
    what: 'Что',
    target: 'С чем',
    contract: '№ договора',
    company: 'Компания',
    reason: 'Основание',
    origin: 'Откуда',
  },
  targetBegins: 'С чем: начало',
  everyAct: 'Любое действие',
  none: 'Таких действий нет',
  cut: 'Действий больше 100 000: сузьте отбор, чтобы получить остальные',
  ofContract: 'Журнал договора',
  names: {
    'contract.save': 'Договор записан',
    'contract.conclude': 'Договор заключён',
    'contract.end': 'Договор прекращён',
    'equipment.save': 'Оборудование записано',
    'equipment.retire': 'Оборудование снято с учёта',
    subscribe: 'Подписка оформлена',
    'subscription.stop': 'Подписка прекращена',
    'renewal.on': 'Автопродление включено',
    'renewal.off': 'Автопродление выключено',
    order: 'Заказ',
    payment: 'Поступление',
    payout: 'Возврат денег',
    'entry.undo': 'Проводка отменена',
    'version.require': 'Обязательная версия',
    'release.publish': 'Версия опубликована',
  } as Record<Exclude<OfficeActName, AccountActName>, string>,
}
export type TrailWords = typeof trailRu
