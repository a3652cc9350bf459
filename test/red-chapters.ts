import { type Cashier, correct, type Happened } from './cashier.ts'

// What a day of stage 2 is made of. A chapter begins with an open shift and 100.00 in the drawer.

export type Chapter = {
  name: string
  work: (cashier: Cashier) => Promise<void>
  /** What an undisturbed run brings about, so that no chapter passes by doing nothing. */
  happens: Happened[]
}

const bread = { name: 'Хлеб', price: 159, quantity: 2000, vat: 10 }
const apples = { name: 'Яблоки', price: 1739, quantity: 555, vat: 10 }
const sale = {
  kind: 'sale',
  lines: [bread, apples],
  payments: [{ means: 'cash', sum: 2000 }],
}
const deposit = (sum: number) => ({ kind: 'deposit', sum })

export const chapters: Chapter[] = [
  {
    name: 'a refund in parts and an annulment',
    happens: [],
    work: async ({ fulfil }) => {
      const first = await fulfil(sale)
      await fulfil({ kind: 'refund', of: first, lines: [{ line: 0, quantity: 1000 }] })
      await fulfil({ kind: 'refund', of: first })
      await fulfil({ kind: 'annulment', of: await fulfil(sale) })
    },
  },
  {
    name: 'red receipts cleared by themselves',
    happens: ['cleared', 'cleared', 'cleared'],
    work: async ({ fulfil }) => {
      const sold = await fulfil(sale, 'answersLost')
      await fulfil({ kind: 'refund', of: sold }, 'requestsLost')
      await fulfil({ kind: 'annulment', of: await fulfil(sale) }, 'answersLost')
    },
  },
  {
    name: 'red receipts ended by hand, the setting switched there and back',
    happens: ['confirm', 'deny'],
    work: async ({ fulfil, setClearing }) => {
      await setClearing(false)
      await fulfil(sale, 'answersLost')
      await fulfil(deposit(700), 'requestsLost')
      await setClearing(true)
      await fulfil(deposit(1))
    },
  },
  {
    name: 'a lost СКО: «Отказаться», then «Продолжить»',
    happens: ['give-up', 'continue', 'continue'],
    work: async (cashier) => {
      const { world, abstain, fulfil } = cashier
      world.wires.device.faults.cut = 'refused'
      await abstain(sale)
      await fulfil(sale)
      world.wires.device.faults.cut = 'refused'
      await fulfil(deposit(500))
    },
  },
  {
    name: 'a memory put back and the emergency correction',
    happens: ['corrected'],
    work: async (cashier) => {
      const { world, fulfil, kept } = cashier
      await world.revive()
      const copy = world.backUp()
      await fulfil(deposit(250))
      world.putBack(copy)
      cashier.forgotten.push(...kept.splice(-1))
      await correct(cashier, 250)
      await fulfil(sale)
    },
  },
  {
    name: 'red receipts ended by the operator’s answer while nobody is reached',
    happens: ['answer', 'answer'],
    work: async ({ brings, fulfil, setClearing }) => {
      await setClearing(false)
      brings(true)
      await fulfil(sale, 'answersLost')
      await fulfil(deposit(700), 'answersLost')
      brings(false)
      await setClearing(true)
      await fulfil(deposit(1))
    },
  },
  {
    name: 'a shift closed and opened in the red',
    happens: ['confirm', 'deny'],
    work: async ({ fulfil, setClearing, cash }) => {
      await setClearing(false)
      await fulfil({ kind: 'withdrawal', sum: await cash() })
      await fulfil({ kind: 'shift-closing' }, 'answersLost')
      await fulfil({ kind: 'shift-opening' }, 'requestsLost')
      await setClearing(true)
    },
  },
]
