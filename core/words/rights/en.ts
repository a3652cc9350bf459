import type { RightsWords } from './ru.ts'

export const rightsEn: RightsWords = {
  sale: 'Sale',
  refund: 'Refund',
  annul: 'Annulment',
  'cash.move': 'Deposit and withdrawal',
  shift: 'Opening and closing of a shift',
  report: 'Reports',
  'price.change': 'Change of a price',
  'price.free': 'Free price',
  discount: 'Discounts and markups',
  'red.resolve': 'Resolving operations',
  'clearing.switch': 'Switching automatic clearing off',
  correct: 'Emergency correction',
  'goods.edit': 'Goods',
  'people.edit': 'People',
  'settings.edit': 'Settings',
  backup: 'Backups',
  update: 'Update of the program',
  'journal.read': 'Journal of actions',
  'register.block': 'Blocking a register',
  'billing.edit': 'Contracts, subscriptions and payments of clients',
}
