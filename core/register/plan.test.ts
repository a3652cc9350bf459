import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import type { OperationRequest } from '../api/operation-request.ts'
import type { FiscalDocument } from '../document/document.ts'
import type { Line, Payment } from '../document/totals.ts'
import type { OperationId } from '../id.ts'
import { LARGEST_AMOUNT } from '../iso8583/fields.ts'
import { kopecks, MAX_SUM, thousandths, ZERO } from '../money.ts'
import { cardPart } from './card-part.ts'
import type { Operation } from './operation.ts'
import { type BasisReceipt, type Planned, plan, type Unplanned } from './plan.ts'

const id = '0197a2b4-0000-7000-8000-000000000009' as OperationId
const cashier = 'Анна'
const bread: Line = {
  name: 'Хлеб',
  code: '4810268036606',
  price: kopecks(500),
  quantity: thousandths(2000),
  discount: ZERO,
  markup: ZERO,
  vat: 10,
}
const cheese: Line = { ...bread, name: 'Сыр', code: null, discount: kopecks(30), vat: 20 }
const pay = (means: Payment['means'], sum: number): Payment => ({ means, sum: kopecks(sum) })
const noBasis: BasisReceipt = { operation: null, undone: [], last: null, shift: null }

type Given = Partial<Parameters<typeof plan>[1]>
const ask = (request: Omit<OperationRequest, 'id'>, given: Given = {}) =>
  plan(
    { id, ...request } as OperationRequest,
    { cashier, lines: [], names: [], pieces: new Set(), basis: noBasis, ...given } as Parameters<
      typeof plan
    >[1],
  )
function planned(...given: Parameters<typeof ask>): Planned {
  const answer = ask(...given)
  assert.ok(!('kind' in answer), JSON.stringify(answer))
  return answer
}
/** A refusal by its code, wrong input by its field. */
function unplanned(...given: Parameters<typeof ask>): string {
  const answer: Planned | Unplanned = ask(...given)
  assert.ok('kind' in answer, 'it was planned')
  return answer.kind === 'invalid' ? answer.field : answer.code
}

test('a shift is opened and closed without money', () => {
  for (const kind of ['shift-opening', 'shift-closing'] as const) {
    const { command, sum, cash, payments, card, returns } = planned({ kind })
    assert.deepEqual(command, { kind, cashier })
    assert.deepEqual({ sum, cash, payments, card, returns }, nothing)
  }
})
const nothing = { sum: 0, cash: 0, payments: [], card: null, returns: [] }

test('cash is moved by its sum, which must be there', () => {
  for (const kind of ['deposit', 'withdrawal'] as const) {
    const { command, sum, cash, payments } = planned({ kind, sum: kopecks(700) })
    assert.deepEqual(command, { kind, cashier, sum: 700 })
    assert.deepEqual([sum, cash, payments], [700, 700, [pay('cash', 700)]])
    assert.equal(unplanned({ kind }), 'sum')
  }
})

test('a sale is its lines, what they come to, and what of it is cash and card', () => {
  const payments = [pay('card', 1200), pay('cash', 1000), pay('other', 100)]
  const request = { kind: 'sale', discount: kopecks(70), markup: kopecks(9), payments } as const
  const { command, ...rest } = planned(request, { lines: [bread, cheese] })
  assert.deepEqual(command, {
    kind: 'sale',
    cashier,
    lines: [bread, cheese],
    discount: 70,
    markup: 9,
    payments,
    total: 1909,
    basis: null,
  })
  assert.deepEqual(rest, {
    sum: 1909,
    payments,
    cash: 609,
    returns: [],
    card: cardPart('purchase', kopecks(1200)),
    discounts: 100,
    markups: 9,
  })
  assert.equal(
    planned({ kind: 'sale', payments: [pay('cash', 1000)] }, { lines: [bread] }).card,
    null,
  )
})

test('a sale that does not add up names the field that is at fault', () => {
  const wrong = (lines: Line[], change: Partial<OperationRequest> = {}) =>
    unplanned({ kind: 'sale', payments: [pay('cash', 1000)], ...change }, { lines })
  assert.equal(wrong([]), 'lines')
  assert.equal(wrong([bread, { ...bread, discount: kopecks(1001) }]), 'lines.1')
  assert.equal(wrong([bread], { discount: kopecks(1001) }), 'discount')
  assert.equal(wrong([bread], { discount: kopecks(1000) }), 'lines')
  assert.equal(wrong([bread], { markup: MAX_SUM }), 'markup')
  assert.equal(wrong([{ ...bread, price: MAX_SUM }]), 'lines.0')
})

test('payments that do not settle a sale are refused, and more than a card message holds', () => {
  const paid = (...payments: Payment[]) => unplanned({ kind: 'sale', payments }, { lines: [bread] })
  assert.equal(paid(), 'payment.wrong')
  assert.equal(paid(pay('cash', 999)), 'payment.wrong')
  assert.equal(paid(pay('card', 1001)), 'payment.wrong')
  assert.equal(paid(pay('card', 1000), pay('cash', 1)), 'payment.wrong')
  assert.equal(paid(pay('cash', MAX_SUM), pay('cash', 1)), 'payment.wrong')
  const dear = (price: number) => [{ ...bread, price: kopecks(price), quantity: thousandths(1000) }]
  const byCard = (price: number) =>
    ask({ kind: 'sale', payments: [pay('card', price)] }, { lines: dear(price) })
  assert.ok(!('kind' in byCard(LARGEST_AMOUNT)))
  const refusal = byCard(LARGEST_AMOUNT + 1)
  assert.ok('kind' in refusal && refusal.kind === 'refused')
  assert.ok(refusal.code === 'payment.wrong')
  assert.equal(refusal.field, 'payments')
})

const key = aKey()
/** A registered sale of bread and cheese for 19.70, its document the eighth of the third shift. */
function aSale(change: Partial<FiscalDocument> = {}, more: Partial<Operation> = {}): Operation {
  const document = aDocument({
    number: 8,
    shift: 3,
    at: NOW,
    lines: [bread, cheese],
    payments: [pay('cash', 2000)],
    settlement: { cash: kopecks(2000), card: ZERO, other: ZERO, change: kopecks(30) },
    sum: kopecks(1970),
    ...change,
  })
  const signed = { document, sealed: sealWith(document, key) }
  const state = { is: 'registered', by: 'sko', proof: 'proved' } as const
  return anOperation({ kind: 'sale', sum: document.sum, state, signed, ...more })
}
const about = (operation: Operation | null, change: Partial<BasisReceipt> = {}): Given => ({
  basis: { operation, undone: [], last: 8, shift: 3, ...change },
})
const both = ['refund', 'annulment'] as const

test('what is undone must be a registered sale whose document was seen', () => {
  for (const kind of both) {
    const code = (operation: Operation | null) => unplanned({ kind }, about(operation))
    assert.equal(code(null), 'basis.missing')
    assert.equal(code(aSale({}, { kind: 'deposit' })), 'basis.wrong')
    assert.equal(code(aSale({}, { state: { is: 'cancelled' } })), 'basis.wrong')
    assert.equal(code(aSale({}, { signed: null })), 'basis.wrong')
  }
})

test('a refund without lines is all that is left, by the means it came by', () => {
  const sale = aSale()
  const { command, sum, cash, returns, payments, card } = planned({ kind: 'refund' }, about(sale))
  assert.deepEqual([sum, cash, returns, card], [1970, 1970, [0, 1], null])
  assert.deepEqual(payments, [pay('cash', 1970)])
  assert.ok(command.kind === 'refund')
  assert.deepEqual(command.basis, { number: 8, uid: sale.signed?.sealed.uid })
  assert.deepEqual([command.total, command.discount, command.markup], [1970, 0, 0])
})

test('a refund counts no discounts of its own: those were the sale’s', () => {
  const { discounts, markups } = planned({ kind: 'refund' }, about(aSale()))
  assert.deepEqual([discounts, markups], [0, 0])
})

test('a line comes back by its place, its code or its name', () => {
  const back = (line: object, named: { code: string | null; name: string | null }) => {
    const lines = [{ ...line, quantity: thousandths(1000) }]
    const names = [Object.assign({ mark: null }, named)]
    return planned({ kind: 'refund', lines }, { ...about(aSale()), names })
  }
  const nameless = { code: null, name: null }
  assert.deepEqual(back({ line: 1 }, nameless).returns, [1])
  assert.equal(back({ line: 1 }, nameless).sum, 485)
  assert.deepEqual(back({}, { code: bread.code, name: 'другое' }).returns, [0])
  assert.deepEqual(back({}, { code: null, name: 'Сыр' }).returns, [1])
})

test('more than is left, and what was never sold, does not come back', () => {
  const code = (line: object, name: string | null = null) =>
    unplanned(
      { kind: 'refund', lines: [{ quantity: thousandths(2001), ...line }] },
      { ...about(aSale()), names: [{ code: null, name, mark: null }] },
    )
  assert.equal(code({ line: 0 }), 'basis.exhausted')
  assert.equal(code({ line: 7, quantity: thousandths(1) }), 'basis.exhausted')
  assert.equal(code({ quantity: thousandths(1) }, 'Молоко'), 'basis.exhausted')
})

/** A refund of the whole sale. */
function refunded(change: Partial<Operation> = {}): Operation {
  const { command, sum, payments, returns } = planned({ kind: 'refund' }, about(aSale()))
  const state = { is: 'registered', by: 'sko', proof: 'proved' } as const
  return anOperation({ kind: 'refund', command, sum, payments, returns, state, ...change })
}

test('what came back once, or may have, does not come back again', () => {
  const again = (undone: Operation) =>
    unplanned({ kind: 'refund' }, about(aSale(), { undone: [undone] }))
  assert.equal(again(refunded()), 'basis.exhausted')
  const denied = { is: 'failed', code: 'operation.denied', facts: {}, proof: 'unproved' } as const
  assert.equal(again(refunded({ state: denied })), 'basis.unproved')
  const annulment = { kind: 'annulment', cashier, number: 8 } as const
  const annulled = refunded({ kind: 'annulment', command: annulment })
  assert.equal(again(annulled), 'basis.annulled')
  assert.equal(
    unplanned({ kind: 'annulment' }, about(aSale(), { undone: [annulled] })),
    'basis.annulled',
  )
})

test('an annulment takes the last document, of the open shift, without its change', () => {
  const { command, sum, cash, payments, card } = planned({ kind: 'annulment' }, about(aSale()))
  assert.deepEqual(command, { kind: 'annulment', cashier, number: 8 })
  assert.deepEqual([sum, cash, payments, card], [1970, 1970, [pay('cash', 1970)], null])
  const code = (change: Partial<BasisReceipt>) =>
    unplanned({ kind: 'annulment' }, about(aSale(), change))
  assert.equal(code({ last: 9 }), 'basis.not-last')
  assert.equal(code({ last: null }), 'basis.not-last')
  assert.equal(code({ shift: 4 }), 'basis.not-last')
  assert.equal(code({ shift: null }), 'basis.not-last')
})

test('card money goes back to its card, by the bank’s reference', () => {
  const rrn = '012345678901'
  const approval = { code: '000', rrn, auth: '123456', day: 1, at: NOW }
  const card = { ...cardPart('purchase', kopecks(1970)), approval } as Operation['card']
  const settlement = { cash: ZERO, card: kopecks(1970), other: ZERO, change: ZERO }
  const paid = { payments: [pay('card', 1970)], settlement }
  const sale = aSale(paid, { card })
  const refund = planned({ kind: 'refund' }, about(sale))
  assert.deepEqual([refund.cash, refund.card?.kind, refund.card?.sum], [0, 'refund', 1970])
  assert.equal(refund.card?.original, rrn)
  const annulment = planned({ kind: 'annulment' }, about(sale))
  assert.deepEqual([annulment.cash, annulment.card?.kind], [0, 'void'])
  assert.equal(annulment.card?.original, rrn)
  for (const kind of both) assert.equal(unplanned({ kind }, about(aSale(paid))), 'basis.wrong')
})
