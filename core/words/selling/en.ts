import type { SellingWords } from './ru.ts'

/** Ringing a receipt up, beside what the till's words say of it. */
export const sellingEn: SellingWords = {
  aside: {
    park: 'Put aside',
    parkHow: 'The till keeps the receipt. It can be brought back on any screen, in any shift.',
    name: 'Name of the receipt',
    nameHint: 'A name, a table; without one, the time',
    waiting: (count: number) => `Put aside: ${count}`,
    heading: 'Receipts put aside',
    none: 'No receipt is put aside.',
    back: 'Bring back',
    notEmpty: 'First pay, put aside or clear the open receipt.',
    goods: (goods: string, more: number) => (more > 0 ? `${goods} and ${more} more` : goods),
    parking: 'Putting the receipt aside…',
    bringing: 'Bringing the receipt back…',
    close: 'Close',
  },
  weigh: {
    quantity: (unit: string) => `How much, ${unit}`,
    put: 'Put in',
    leave: 'Cancel',
  },
  free: {
    heading: 'Free price',
    put: 'Put in',
    leave: 'Cancel',
  },
  discounts: {
    heading: 'Discounts',
    note: 'Discount buttons with a reason',
    does:
      'A cashier gives such a discount by one press, and its reason stays with the ' +
      'receipt. Above the limit of the role a second person permits it.',
    byRight: 'Discounts are changed by whoever has the right “Settings”.',
    none: 'There are no discount buttons yet.',
    newHeading: 'New button',
    title: 'Name',
    kind: 'Kind',
    kinds: { percent: 'Percent', sum: 'Sum' },
    value: 'Amount',
    valueLike: 'A number above zero such as 5.50; at most 100 percent',
    reason: 'Reason',
    on: 'Goes on',
    goesOn: { line: 'On a line', receipt: 'On the whole receipt' },
    add: 'Add',
    remove: 'Remove',
    removeOf: (title) => `Remove: ${title}`,
    missing: 'Fill this in',
    given: 'Reason of the discount',
    payCard: 'By card at once',
  },
  permit: {
    heading: 'Permission',
    who: 'Who permits',
    grant: 'Permit',
    leave: 'Cancel',
    nobody: 'Nobody has this right now.',
  },
  priceNow: (now: string) =>
    `The price has changed: it is ${now} now. The receipt keeps the former one.`,
  goneNow: 'The goods are no longer sold. The receipt keeps them at the former price.',
  clear: 'Clear the receipt',
  clearAsk: 'Clear the receipt?',
  clearHow: 'All its lines go. A receipt that is still wanted can be put aside.',
  bringLine: 'Bring back',
  bringLineOf: (name: string) => `Bring back: ${name}`,
}
