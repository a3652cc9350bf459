import type { Right } from '../../access/rights.ts'

export type RightsWords = Record<Right, string>

/** What each right lets a person do (R26). */
export const rightsRu: RightsWords = {
  sale: 'Продажа',
  refund: 'Возврат',
  annul: 'Аннулирование',
  'cash.move': 'Внесение и изъятие',
  shift: 'Открытие и закрытие смены',
  report: 'Отчёты',
  'price.change': 'Изменение цены',
  'price.free': 'Свободная цена',
  discount: 'Скидки и наценки',
  'red.resolve': 'Уточнение операций',
  'clearing.switch': 'Выключение автоматического уточнения',
  correct: 'Аварийная коррекция',
  'goods.edit': 'Товары',
  'people.edit': 'Сотрудники',
  'settings.edit': 'Настройки',
  backup: 'Резервные копии',
  update: 'Обновление программы',
  'journal.read': 'Журнал действий',
  support: 'Файл для поддержки',
  'clients.read': 'Просмотр всех клиентов и касс',
  'client.view': 'Просмотр от имени клиента',
  'acts.read': 'Журнал действий в кабинете',
  'register.warn': 'Предупреждение кассы',
  'register.block': 'Блокировка кассы',
  'operation.decide': 'Решение об операции за клиента',
  'billing.edit': 'Договоры, подписки и платежи клиентов',
  'orders.place': 'Заказы, продление и оплата',
  'transactions.export': 'Выгрузка транзакций',
  'staff.edit': 'Сотрудники оператора',
  'device.enrol': 'Подключение касс и СКО',
  'documents.export': 'Выгрузка документов',
  'client.people': 'Люди клиента',
}
