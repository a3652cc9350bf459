import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, anOperation } from '#test/fixtures.ts'
import {
  type Event,
  heard,
  isListed,
  isOpen,
  may,
  next,
  type Operation,
  type Signed,
} from './operation.ts'

const signed = { sealed: {}, document: aDocument() } as unknown as Signed
const person = 'Анна'
const done: Event = { type: 'device', outcome: 'done', signed }
const no: Event = { type: 'device', outcome: 'refused', code: 'TIN_ZERO_SUM', why: 'ноль' }
const told = (verdict: 'silent' | 'away' | 'approved'): Event => ({
  type: 'told',
  by: 'sko',
  verdict,
})
const toldDone: Event = { type: 'told', by: 'operator', verdict: 'done', signed }
const toldNever = (clearing: boolean): Event => ({
  ...{ type: 'told', by: 'sko', verdict: 'never', clearing },
})

/** Every event that could ever be heard, in each of its flavours. */
const everything: Event[] = [
  done,
  no,
  { type: 'device', outcome: 'unsent' },
  { type: 'device', outcome: 'unknown' },
  { type: 'bank', outcome: 'approved' },
  { type: 'bank', outcome: 'unsent' },
  { type: 'bank', outcome: 'unknown' },
  { type: 'bank', outcome: 'declined', code: '126', why: 'запрещена' },
  { type: 'restarted' },
  toldDone,
  toldNever(true),
  toldNever(false),
  told('approved'),
  told('silent'),
  told('away'),
  { type: 'continued', person },
  { type: 'gaveUp', person },
  { type: 'confirmed', person, signed, verified: true },
  { type: 'confirmed', person, signed, verified: false },
  { type: 'denied', person, verified: true },
  { type: 'denied', person, verified: false },
  { type: 'cancelledUnfinished', person },
  { type: 'reversed' },
]

/** The path of events, as the states it passes; an event that means nothing fails the test. */
function path(start: Operation, ...events: Event[]): string[] {
  let operation = start
  return events.map((event) => {
    const after = heard(operation, event)
    assert.ok(after, `${event.type} means nothing to ${operation.state.is}`)
    operation = after
    const { state } = operation
    return 'reached' in state ? `${state.is}:${state.reached}` : state.is
  })
}
const card = () => anOperation({ state: { is: 'intended', stage: 'authorisation' } })
const approved: Event = { type: 'bank', outcome: 'approved' }
const unknown: Event = { type: 'device', outcome: 'unknown' }

test('a heard answer ends a cash operation', () => {
  assert.deepEqual(path(anOperation(), done), ['registered'])
  assert.deepEqual(path(anOperation(), no), ['failed'])
})

test('a device that was never reached waits, and giving up is safe (S1.4)', () => {
  const unsent: Event = { type: 'device', outcome: 'unsent' }
  assert.deepEqual(path(anOperation(), unsent, { type: 'gaveUp', person }), [
    'waiting:no',
    'failed',
  ])
  assert.deepEqual(path(anOperation(), unsent, { type: 'continued', person }, done), [
    'waiting:no',
    'intended',
    'registered',
  ])
})

test('giving up what may have reached the device turns it red, never failed (R4)', () => {
  const lost = [unknown, told('away')]
  assert.deepEqual(path(anOperation(), ...lost, { type: 'gaveUp', person }), [
    'asking',
    'waiting:maybe',
    'red',
  ])
  // A device found away on the repeat does not make the first sending unhappen.
  const again: Event[] = [
    { type: 'continued', person },
    { type: 'device', outcome: 'unsent' },
  ]
  assert.equal(path(anOperation(), ...lost, ...again).at(-1), 'waiting:maybe')
})

test('a lost answer is asked after and cleared by whoever can tell', () => {
  assert.deepEqual(path(anOperation(), unknown, toldDone), ['asking', 'registered'])
  assert.deepEqual(path(anOperation(), unknown, toldNever(true)), ['asking', 'failed'])
  assert.deepEqual(path(anOperation(), unknown, told('silent'), toldDone), [
    'asking',
    'red',
    'registered',
  ])
})

test('an unanswered intent becomes unknown at a start', () => {
  assert.deepEqual(path(anOperation(), { type: 'restarted' }), ['asking'])
  assert.deepEqual(path(card(), { type: 'restarted' }), ['asking'])
})

test('no document is asked for until the bank is known to have charged (S3.10)', () => {
  assert.equal(next(card()), 'authorise')
  const asking = heard(card(), { type: 'bank', outcome: 'unknown' })
  assert.equal(asking && next(asking), 'askBank')
  const charged = asking && heard(asking, told('approved'))
  assert.equal(charged && next(charged), 'fiscalise')
})

test('a charged card without a document gets its money back (S3.8, S3.9)', () => {
  assert.deepEqual(path(card(), approved, no), ['intended', 'reversing'])
  assert.deepEqual(path(card(), approved, unknown, toldNever(true), { type: 'reversed' }), [
    'intended',
    'asking',
    'reversing',
    'cancelled',
  ])
})

test('with clearing off an approved card without a document waits for a person (R5)', () => {
  const events = [approved, unknown, told('silent'), toldNever(false)]
  assert.equal(path(card(), ...events).at(-1), 'red')
  const cancel: Event = { type: 'cancelledUnfinished', person }
  assert.equal(path(card(), ...events, cancel).at(-1), 'reversing')
})

test('a reversal on an unproved word is held until there is proof (R6)', () => {
  const denied: Event = { type: 'denied', person, verified: false }
  const held = [approved, unknown, told('silent'), denied]
  const operation = held.reduce<Operation>((o, event) => heard(o, event) ?? o, card())
  assert.deepEqual(operation.state, { is: 'reversing', held: true })
  assert.equal(next(operation), 'rest')
  assert.equal(path(operation, toldDone).at(-1), 'registered')
  const released = heard(operation, toldNever(true))
  assert.equal(released && next(released), 'reverse')
})

test('what a person may do follows from the state alone', () => {
  assert.deepEqual(may(anOperation({ state: { is: 'waiting', reached: 'no' } })), [
    'continue',
    'giveUp',
  ])
  const red = { is: 'red', stage: 'fiscal', never: false } as const
  assert.deepEqual(may(anOperation({ state: red })), ['confirm', 'deny'])
  const proved = { state: { ...red, never: true }, authorisation: 'approved' } as const
  assert.deepEqual(may(anOperation(proved)), ['cancelUnfinished'])
  assert.deepEqual(may(anOperation()), [])
})

/** All operations that any sequence of events can lead to, told apart by what decides. */
function reachable(...starts: Operation[]): Operation[] {
  const found = new Map<string, Operation>()
  const queue = [...starts]
  for (let operation = queue.pop(); operation; operation = queue.pop()) {
    const { state, authorisation, reached, signed: has } = operation
    const key = JSON.stringify([state, authorisation, reached, has !== null])
    if (found.has(key)) continue
    found.set(key, operation)
    for (const event of everything) {
      const after = heard(operation, event)
      if (after) queue.push(after)
    }
  }
  return [...found.values()]
}

test('in every reachable state money and document never part', () => {
  for (const operation of reachable(anOperation(), card())) {
    const { state, authorisation, signed: has } = operation
    const name = JSON.stringify([state, authorisation])
    assert.equal(state.is === 'registered', has !== null, `document: ${name}`)
    if (state.is === 'registered') assert.notEqual(authorisation, 'declined', name)
    if (state.is === 'failed') assert.ok(['none', 'declined'].includes(authorisation), name)
  }
})

test('a registered operation never changes any more', () => {
  const registered = anOperation({ state: { is: 'registered', by: 'sko', verified: true }, signed })
  for (const event of everything) assert.equal(heard(registered, event), null)
})

test('from every reachable state the end is reachable', () => {
  for (const operation of reachable(anOperation(), card())) {
    const ends = reachable(operation).some((o) => !isOpen(o) && o.state.is !== 'reversing')
    assert.ok(ends, JSON.stringify(operation.state))
  }
})

test('what came to nothing leaves the list, what is open or done stays', () => {
  for (const operation of reachable(anOperation(), card())) {
    const gone = ['failed', 'cancelled', 'reversing'].includes(operation.state.is)
    assert.equal(isListed(operation), !gone)
    if (isOpen(operation)) assert.ok(isListed(operation))
  }
})
