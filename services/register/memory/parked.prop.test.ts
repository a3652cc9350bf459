import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RungReceipt } from '#core/api/register-parked.ts'
import { kopecks, thousandths } from '#core/money.ts'
import { openParked } from './parked.ts'
import { openRegisterDb } from './store.ts'

const ID = '0197a2b4-1111-7000-8000-000000000001'
const receipt: RungReceipt = {
  lines: [
    {
      key: 1,
      goods: {
        id: 1,
        name: 'Хлеб',
        code: null,
        price: kopecks(255),
        vat: 10,
        unit: 'piece',
        group: 'Хлеб',
      },
      price: kopecks(255),
      quantity: thousandths(1000),
      wrong: null,
      discount: '',
      markup: '',
      reason: null,
      mark: null,
      resold: false,
    },
  ],
  discount: '',
  markup: '',
  reason: null,
  grant: null,
}

type Asked = { page: number; is: 'park' | 'bring'; act: string }
type Page = { holds: boolean; waits: Asked | null }

/** Two pages over one register; every request may be lost, doubled and late, every answer lost. */
function aCounter() {
  const db = openRegisterDb(':memory:')
  const pages: [Page, Page] = [
    { holds: true, waits: null },
    { holds: false, waits: null },
  ]
  const sent: Asked[] = []
  let acts = 0
  const begin = (which: number) => {
    const page = pages[which % 2]
    if (!page || page.waits) return
    acts += 1
    const is = page.holds ? 'park' : 'bring'
    page.waits = { page: which % 2, is, act: `act ${acts}` }
    sent.push(page.waits)
  }
  const deliver = (asked: Asked, isHeard: boolean) => {
    // Opened anew each time: what one life knew the next one must find on the disk.
    const parked = openParked(db, () => acts)
    const { is, act } = asked
    const answer =
      is === 'park'
        ? parked.park({ id: ID, act, name: null, sum: null, receipt, person: 'Анна' })
        : parked.bringBack(ID, act)
    const page = pages[asked.page]
    if (!isHeard || !page || page.waits?.act !== act) return
    page.waits = null
    if (answer.kind === 'done') page.holds = is === 'bring'
  }
  return {
    begin,
    /** Some request of those ever sent, again or for the first time. */
    arrive: (which: number, isHeard: boolean) => {
      const asked = sent[which % Math.max(1, sent.length)]
      if (asked) deliver(asked, isHeard)
    },
    /** Each page asks until it is answered. */
    settle: () => {
      for (const { waits } of pages) if (waits) deliver(waits, true)
    },
    owners: () => pages.filter(({ holds }) => holds).length + openParked(db, () => 0).list().length,
    waits: () => openParked(db, () => 0).waits(ID),
  }
}

const step = fc.record({
  what: fc.constantFrom('begin', 'arrive', 'settle'),
  which: fc.nat(60),
  isHeard: fc.boolean(),
})

test('a receipt is with one page or waits, whatever is lost, doubled, late or killed', () => {
  let brought = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const counter = aCounter()
      for (const { what, which, isHeard } of steps) {
        if (what === 'begin') counter.begin(which)
        else if (what === 'arrive') counter.arrive(which, isHeard)
        else {
          const before = counter.waits()
          counter.settle()
          assert.equal(counter.owners(), 1)
          if (before && !counter.waits()) brought += 1
        }
      }
      counter.settle()
      assert.equal(counter.owners(), 1)
    }),
    { numRuns: 120 },
  )
  assert.ok(brought > 5, `${brought} were brought back`)
})

test('a till that lives long remembers the acts of late, and every receipt that waits', () => {
  const db = openRegisterDb(':memory:')
  const parked = openParked(db, () => 1)
  const park = (id: string, act: string) =>
    parked.park({ id, act, name: null, sum: kopecks(255), receipt, person: 'Анна' })
  const left = 'left since the first day'
  park(left, 'the first act')
  for (let n = 0; n < 5100; n += 1) {
    park(`${n}`, `park ${n}`)
    assert.equal(parked.bringBack(`${n}`, `bring ${n}`).kind, 'done')
  }
  const count = (of: string) => Number(db.prepare(`select count(*) n from ${of}`).get()?.n)
  assert.equal(count('parked_act'), 10_000)
  assert.ok(count('parked_receipt') <= 5002)
  assert.equal(parked.waits(left), true)
  assert.equal(parked.bringBack('5000', 'bring 5000').kind, 'done')
  assert.equal(parked.bringBack('5000', 'another').kind, 'refused')
  db.close()
})
