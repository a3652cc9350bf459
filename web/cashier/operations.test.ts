import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { usualRoles } from '#core/access/roles.ts'
import { refused } from '#core/api/contract.ts'
import { type OperationRequest, operationRequest } from '#core/api/operation-request.ts'
import {
  type OperationView,
  operationView,
  type Status,
  status as statusSchema,
} from '#core/api/register.ts'
import { kopecks, thousandths } from '#core/money.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import { openWorld } from '#sim/world.ts'
import { place } from '#test/page.ts'
import { addGoods, emptyBasket } from './basket.ts'
import { carryOut, checkBasket, hear, heard, isAtRest } from './operations.ts'
import { newId, type Sending, type Till, till } from './till.ts'
import { refusalIn } from './trouble.ts'

// What the page makes of what it hears of operations.

const NOW = Date.UTC(2026, 10, 23, 9)
const calm: Partial<Till> = {
  session: { user: 'Анна', role: 'cashier', ...usualRoles.cashier, language: 'ru' },
  status: null,
  open: [],
  sending: null,
  basket: emptyBasket,
  trouble: null,
  notice: null,
}
beforeEach(() => {
  place.hash = ''
  till.set(calm)
})

const id = newId()
const aView = (change: Partial<OperationView> = {}): OperationView =>
  operationView.parse({
    id,
    kind: 'sale',
    state: 'registered',
    proof: 'proved',
    at: NOW,
    cashier: 'Анна',
    sum: 500,
    payments: [{ means: 'cash', sum: 500 }],
    number: 2,
    uid: null,
    shift: 1,
    document: null,
    change: 0,
    facts: { paid: null, fiscalised: NOW, stored: null, printed: null },
    may: [],
    expected: null,
    message: null,
    notice: null,
    undone: null,
    reasons: [],
    correction: null,
    card: null,
    ...change,
  })
const aSending = (change: Partial<Sending> = {}): Sending => ({
  request: { id, kind: 'sale' },
  by: 'Анна',
  lost: false,
  fresh: false,
  ...change,
})
const bread = {
  id: 1,
  name: 'Хлеб',
  code: null,
  price: kopecks(500),
  vat: 10,
  unit: 'piece',
} as const
const basketOf = (of: typeof id) =>
  addGoods(emptyBasket, {
    item: { ...bread, group: '' },
    quantity: thousandths(1000),
    newId: () => of,
  })?.basket ?? emptyBasket

test('an operation is at rest once nobody at the till waits for it', () => {
  const rest = { registered: 1, failed: 1, cancelled: 1, reversing: 1 }
  const work = { warned: 0, intended: 0, waiting: 0, asking: 0, red: 0 }
  for (const [state, is] of Object.entries({ ...rest, ...work })) {
    assert.equal(isAtRest(aView({ state: state as OperationView['state'] })), is === 1, state)
  }
})

test('an operation under way stands once among the open ones, as it was last heard', () => {
  const other = aView({ id: newId(), state: 'red' })
  till.set({ open: [other] })
  hear(aView({ state: 'intended' }))
  hear(aView({ state: 'waiting' }))
  assert.deepEqual(
    till.get().open.map((view) => [view.id, view.state]),
    [
      [other.id, 'red'],
      [id, 'waiting'],
    ],
  )
  hear(aView())
  assert.deepEqual(till.get().open, [other])
})

test('the page stays with its own operation until a person or the bank must act', () => {
  for (const state of ['warned', 'intended', 'waiting', 'asking'] as const) {
    till.set({ sending: aSending() })
    hear(aView({ state }))
    assert.notEqual(till.get().sending, null, state)
  }
  for (const state of ['red', 'reversing', 'registered', 'failed'] as const) {
    till.set({ sending: aSending() })
    hear(aView({ state }))
    assert.equal(till.get().sending, null, state)
  }
  till.set({ sending: aSending() })
  hear(aView({ id: newId() }))
  assert.notEqual(till.get().sending, null, 'another one is none of ours')
})

test('a basket that was registered is empty; another one stays', () => {
  till.set({ sending: aSending(), basket: basketOf(id) })
  hear(aView())
  assert.deepEqual(till.get().basket, emptyBasket)
  const other = basketOf(newId())
  till.set({ sending: aSending(), basket: other })
  hear(aView())
  assert.equal(till.get().basket, other)
})

test('what came to nothing keeps its goods, under another id', () => {
  for (const state of ['failed', 'cancelled'] as const) {
    const basket = basketOf(id)
    till.set({ sending: aSending(), basket })
    hear(aView({ state }))
    const now = till.get().basket
    assert.notEqual(now.id, id)
    assert.deepEqual(now.lines, basket.lines)
  }
})

const own = `#/receipts/${id}`
const leads: [Partial<OperationView>, string, 'done' | 'notice'][] = [
  [{}, '#/sale/cash', 'done'],
  [{}, '#/receipts', 'notice'],
  [{}, '', 'notice'],
  [{ kind: 'deposit' }, '#/deposit', 'done'],
  [{ kind: 'deposit' }, '#/withdrawal', 'notice'],
  [{ kind: 'refund' }, `${own}/refund`, 'done'],
  [{ kind: 'refund' }, own, 'notice'],
  [{ kind: 'annulment' }, `#/receipts/${newId()}`, 'done'],
  [{ kind: 'annulment' }, own, 'notice'],
  [{ kind: 'shift-closing' }, '#/close-shift', 'done'],
  [{ kind: 'shift-closing' }, '#/sale', 'notice'],
  [{ kind: 'shift-opening' }, '#/sale', 'notice'],
]
for (const [change, hash, to] of leads) {
  test(`a ${change.kind ?? 'sale'} that ended at «${hash.slice(0, 11)}» leads to: ${to}`, () => {
    place.hash = hash
    till.set({ sending: aSending() })
    hear(aView(change))
    assert.equal(place.hash, to === 'done' ? `#/done/${id}` : hash)
    assert.equal(till.get().notice !== null, to === 'notice')
    assert.equal(till.get().trouble, null)
  })
}

test('a failure is told with what the register says of it, unless it has words of its own', () => {
  const told = (change: Partial<OperationView>) => {
    till.set({ ...calm, sending: aSending() })
    hear(aView({ state: 'failed', ...change }))
    const { trouble, notice } = till.get()
    return [trouble, notice !== null]
  }
  const message = (code: string) => ({ code, facts: {} })
  const zero = message('TIN_ZERO_SUM')
  const notice = { id, tone: 'amber', code: 'failed', facts: {} } as const
  assert.deepEqual(told({ message: zero }), [{ kind: 'ended', message: zero }, false])
  assert.deepEqual(told({}), [{ kind: 'ended', message: null }, false])
  assert.deepEqual(told({ message: zero, notice }), [null, false])
  assert.deepEqual(told({ message: message('operation.denied') }), [null, true])
  assert.deepEqual(told({ state: 'cancelled' }), [null, true])
})

test('A8: a basket that another tab has paid is empty here too; one it failed to, is new', () => {
  till.set({ basket: basketOf(id) })
  hear(aView())
  assert.deepEqual(till.get().basket, emptyBasket)
  till.set({ basket: basketOf(id) })
  hear(aView({ state: 'failed', number: null }))
  const { basket } = till.get()
  assert.equal(basket.lines.length, 1)
  assert.notEqual(basket.id, id)
})

test('news of an operation that nobody here followed says nothing', () => {
  place.hash = '#/sale'
  hear(aView())
  hear(aView({ state: 'failed' }))
  const { trouble, notice, open } = till.get()
  assert.deepEqual([trouble, notice, open, place.hash], [null, null, [], '#/sale'])
})

const block = { kind: 'block', reason: 'долг', from: NOW, till: null, inForce: true } as const
const aStatus = (change: Partial<Status> = {}): Status =>
  statusSchema.parse({
    issuer: null,
    now: NOW,
    version: '',
    revision: 1,
    shift: { number: 1, openedAt: NOW, mustClose: true },
    carried: 0,
    retired: false,
    cash: 500,
    sko: 'away',
    distrusted: [],
    diverged: null,
    measures: [block],
    unsent: null,
    printer: { waiting: 0, fault: null },
    upload: { cause: 'unclear', code: null, isProbed: true, stopsAt: null, stopped: true },
    open: [],
    notices: [],
    terminal: true,
    clearing: true,
    update: null,
    parked: 0,
    prices: 1,
    paperLanguage: 'ru',
    cashCount: 'notes',
    blindCount: false,
    letters: { are: 'off', waiting: 0, failed: 0, failing: null },
    marking: 'all',
    billing: {
      state: 'ok',
      account: null,
      endsOn: null,
      forbids: false,
      warns: false,
      graceUntil: null,
    },
    ...change,
  })

test('what the events of the register bring is taken only when it can be read', () => {
  heard('status', { ...aStatus(), shift: 'open' })
  assert.equal(till.get().status, null)
  heard('operation', { ...aView({ state: 'red' }), sum: '5.00' })
  assert.deepEqual(till.get().open, [])
  heard('status', aStatus())
  assert.equal(till.get().status?.revision, 1)
  heard('operation', aView({ state: 'red' }))
  assert.equal(till.get().open.length, 1)
})

const refusal = (code: RefusalName, operation?: string) => refused(code, {}, { operation })
const passes: [RefusalName, Partial<Status>][] = [
  ['unsent.over7days', { upload: null }],
  ['shift.over24h', { shift: { number: 1, openedAt: NOW, mustClose: false } }],
  ['shift.over24h', { shift: null }],
  ['shift.blocked', { measures: [] }],
  ['shift.blocked', { measures: [{ ...block, inForce: false }] }],
  ['drawer.not-empty', { cash: kopecks(0) }],
  ['sko.away', { sko: 'connected' }],
]
for (const [code, change] of passes) {
  test(`«${code}» stays while it is true, and goes with ${Object.keys(change)}`, () => {
    till.set({ trouble: refusal(code) })
    heard('status', aStatus())
    assert.equal(refusalIn(till.get().trouble), code)
    heard('status', aStatus(change))
    assert.equal(till.get().trouble, null)
  })
}

test('a closed shift is a trouble until one is open', () => {
  till.set({ trouble: refusal('shift.closed') })
  heard('status', aStatus({ shift: null }))
  assert.notEqual(till.get().trouble, null)
  heard('status', aStatus())
  assert.equal(till.get().trouble, null)
})

test('an operation in the way is a trouble until it ends; other refusals stay', () => {
  const trouble = refusal('operation.red', id)
  till.set({ open: [aView({ state: 'red' })], trouble })
  heard('status', aStatus({ open: [id] }))
  assert.equal(till.get().trouble, trouble)
  till.set({ open: [] })
  heard('status', aStatus())
  assert.equal(till.get().trouble, null)
  const other = refusal('payment.wrong')
  till.set({ trouble: other })
  heard('status', aStatus({ cash: kopecks(0), sko: 'connected', upload: null, shift: null }))
  assert.equal(till.get().trouble, other)
})

/** A real register answers what the page asks. */
async function aRegister() {
  const world = await openWorld(() => false)
  await world.revive()
  const state = { signedIn: true }
  globalThis.fetch = async (path, { method = 'GET', body } = {}) => {
    const sent = body === undefined ? undefined : JSON.parse(String(body))
    const answer = state.signedIn ? await world.ask(method, String(path), sent) : null
    const nobody = { ...refusal('session.required'), message: 'м', next: 'н' }
    const { status, body: said } = answer ?? { status: 401, body: nobody }
    return new Response(JSON.stringify(said), { status })
  }
  /** Carries out, until the page has nothing under way any more. */
  const sent = async (request: unknown): Promise<void> => {
    carryOut(operationRequest.parse(request) as OperationRequest)
    await new Promise<void>((resolve) => {
      const stop = till.subscribe(() => {
        if (till.get().sending !== null) return
        stop()
        resolve()
      })
    })
    // What is said stands right behind the end of the sending.
    await new Promise(setImmediate)
  }
  return { sent, state }
}

test('what the register did is concluded, what it refused is told and begun anew', async () => {
  const { sent } = await aRegister()
  const basket = basketOf(newId())
  const sale = {
    id: basket.id,
    kind: 'sale',
    lines: [{ name: 'Хлеб', price: 500, quantity: 1000 }],
    payments: [{ means: 'cash', sum: 500 }],
  }
  till.set({ basket })
  await sent(sale)
  assert.equal(refusalIn(till.get().trouble), 'shift.closed')
  assert.equal(till.get().basket.id, basket.id)
  await sent({ id: newId(), kind: 'shift-opening' })
  assert.notEqual(till.get().notice, null)
  await sent({ ...sale, payments: [] })
  assert.equal(refusalIn(till.get().trouble), 'payment.wrong')
  await sent({ ...sale, lines: [] })
  assert.equal(till.get().trouble?.kind, 'invalid')
  assert.equal(till.get().basket.id, basket.id)
  place.hash = '#/sale/cash'
  await sent(sale)
  assert.deepEqual([till.get().trouble, place.hash], [null, `#/done/${basket.id}`])
  assert.deepEqual(till.get().basket, emptyBasket)
  till.set({ basket })
  await sent({ ...sale, discount: 1 })
  assert.equal(refusalIn(till.get().trouble), 'operation.differs')
  await checkBasket()
  assert.deepEqual(till.get().basket, emptyBasket, 'A8: what was paid is not paid again')
})

test('an answer that an event has overtaken takes nothing back', async () => {
  let release = (): void => undefined
  const late = new Promise<void>((resolve) => {
    release = resolve
  })
  const answers = [aView({ state: 'intended' }), aView({ state: 'waiting' })]
  globalThis.fetch = async () => {
    const view = answers.shift()
    if (answers.length > 0) await late
    return new Response(JSON.stringify(view), { status: 200 })
  }
  till.set({ open: [], sending: null })
  heard('status', aStatus({ open: [id] }))
  hear(aView({ state: 'waiting' }))
  const told = new Promise<void>((resolve) => {
    const stop = till.subscribe(() => {
      stop()
      resolve()
    })
  })
  release()
  await told
  assert.equal(answers.length, 0, 'it was asked anew')
  assert.equal(till.get().open[0]?.state, 'waiting', 'the dialog stays')
})

test('one operation at a time: another waits for the end of the first', async () => {
  const { sent } = await aRegister()
  const first = sent({ id: newId(), kind: 'shift-opening' })
  const under = till.get().sending
  carryOut({ id: newId(), kind: 'deposit', sum: kopecks(100) })
  assert.equal(till.get().sending, under)
  assert.notEqual(till.get().notice, null)
  await first
})

test('what met an ended session was not begun, and says so until it is read', async () => {
  const { sent, state } = await aRegister()
  state.signedIn = false
  await sent({ id: newId(), kind: 'shift-opening' })
  const { sending, session, trouble } = till.get()
  assert.deepEqual([sending, session], [null, null])
  assert.deepEqual(trouble, { kind: 'not-begun', of: 'shift-opening' })
})
