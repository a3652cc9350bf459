import type { RightsWords } from './ru.ts'

export const rightsBe: RightsWords = {
  sale: 'Продаж',
  refund: 'Вяртанне',
  annul: 'Ануляванне',
  'cash.move': 'Унясенне і выманне',
  shift: 'Адкрыццё і закрыццё змены',
  report: 'Справаздачы',
  'price.change': 'Змена цаны',
  'price.free': 'Свабодная цана',
  discount: 'Зніжкі і нацэнкі',
  'red.resolve': 'Удакладненне аперацый',
  'clearing.switch': 'Выключэнне аўтаматычнага ўдакладнення',
  correct: 'Аварыйная карэкцыя',
  'goods.edit': 'Тавары',
  'people.edit': 'Супрацоўнікі',
  'settings.edit': 'Налады',
  backup: 'Рэзервовыя копіі',
  update: 'Абнаўленне праграмы',
  'journal.read': 'Журнал дзеянняў',
  'register.block': 'Блакіроўка касы',
  'billing.edit': 'Дагаворы, падпіскі і плацяжы кліентаў',
}
