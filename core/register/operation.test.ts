import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, anOperation, NOW } from '#test/fixtures.ts'
import type { Uid } from '../document/uid.ts'
import { kopecks } from '../money.ts'
import { MINUTE } from '../time.ts'
import { type BankApproval, type CardAttempt, cardPart } from './card-part.ts'
import { next } from './effect.ts'
import {
  type Claim,
  type Event,
  type Evidence,
  heard,
  type Operation,
  type Signed,
} from './operation.ts'
import { isDisproved, isListed, isOpen, isUnproved, verbsNow } from './standing.ts'

const UID = '1B28A9D5BFC599C10BEBC1FE' as Uid
const signed = {
  sealed: { uid: UID },
  document: aDocument({ number: 2 }),
} as unknown as Signed
const another = { ...signed, document: aDocument({ number: 3 }) }
const person = 'Анна'
const done: Event = { type: 'device', outcome: 'done', signed }
const no: Event = { type: 'device', outcome: 'refused', code: 'TIN_ZERO_SUM', facts: {} }
const told = (verdict: 'silent' | 'away'): Event => ({
  type: 'told',
  by: 'sko',
  verdict,
})
const toldDone: Event = { type: 'told', by: 'operator', verdict: 'done', signed }
const approval = {
  code: '000',
  rrn: '632807000001',
  auth: '123456',
  day: 1,
  at: NOW,
} as BankApproval
const partly: BankApproval = { ...approval, code: '002', sum: kopecks(1000) }
const approved: Event = { type: 'bank', outcome: 'approved', approval }
const toldApproved: Event = { type: 'told', by: 'bank', verdict: 'approved', approval }
const reversed: Event = { type: 'reversed', done: true, day: 1, code: '400' }
const attempt: CardAttempt = {
  mark: { stan: 1, at: NOW },
  undo: { stan: 2, at: NOW },
  receipt: 2,
  masked: '999999******0014',
  entry: 'chip',
}
const toldNever: Event = { type: 'told', by: 'sko', verdict: 'never' }
const claim: Claim = { number: 2, at: { from: NOW, until: NOW + MINUTE }, uid: UID }
const evidence: Evidence = { device: 'silent', operator: 'silent', unsent: null }
const confirmed = (has: Signed | null): Event => ({
  type: 'confirmed',
  person,
  claim,
  evidence,
  signed: has,
})
const denied = (proof: 'proved' | 'unproved'): Event => ({
  type: 'denied',
  person,
  evidence,
  proof,
})

/** Every event that could ever be heard, in each of its flavours. */
const everything: Event[] = [
  { type: 'windowUp', blocked: null },
  { type: 'windowUp', blocked: 'долг' },
  done,
  no,
  { type: 'device', outcome: 'unsent' },
  { type: 'device', outcome: 'unknown' },
  approved,
  { type: 'presented', attempt },
  { type: 'dismissed', why: 'late', person: null },
  { type: 'bank', outcome: 'unsent' },
  { type: 'bank', outcome: 'unknown' },
  { type: 'bank', outcome: 'declined', code: '126' },
  { type: 'restarted' },
  toldDone,
  toldNever,
  { type: 'told', by: 'bank', verdict: 'never', undone: { approval, day: 2 } },
  { type: 'fencing' },
  { type: 'left', lacks: true },
  { type: 'left', lacks: false },
  toldApproved,
  { type: 'bank', outcome: 'approved', approval: partly },
  { type: 'told', by: 'bank', verdict: 'approved', approval: partly },
  { type: 'told', by: 'bank', verdict: 'declined', code: '126' },
  told('silent'),
  told('away'),
  { type: 'continued', person },
  { type: 'gaveUp', person },
  confirmed(signed),
  confirmed(null),
  denied('proved'),
  denied('unproved'),
  { type: 'cancelledUnfinished', person, proof: 'proved' },
  { type: 'cancelledUnfinished', person, proof: 'unproved' },
  reversed,
  { type: 'reversed', done: false, day: null, code: '902' },
  { type: 'acknowledged', person },
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
const part = { ...cardPart('purchase', kopecks(1250)), attempt }
const card = () => anOperation({ state: { is: 'intended', stage: 'authorisation' }, card: part })
const unread = () => ({ ...card(), card: { ...part, attempt: null } })
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
  assert.deepEqual(path(anOperation(), unknown, toldNever), ['asking', 'failed'])
  assert.deepEqual(path(anOperation(), unknown, told('silent'), toldDone), [
    'asking',
    'red',
    'registered',
  ])
})

const warned = () =>
  anOperation({
    kind: 'shift-opening',
    state: { is: 'warned', reason: 'долг', until: NOW + MINUTE },
  })

test('the window of a warning ends in an opening, and by nothing else (S1.5)', () => {
  assert.equal(next(warned()), 'wait')
  for (const event of everything) {
    if (event.type !== 'windowUp') assert.equal(heard(warned(), event), null, event.type)
  }
  const opened = heard(warned(), { type: 'windowUp', blocked: null })
  assert.deepEqual(opened?.state, { is: 'intended', stage: 'fiscal', itself: true })
  assert.deepEqual(verbsNow(warned()), [])
  // Killed on the way, it is sent again: the shift opens by itself all the same.
  const killed = opened && heard(opened, { type: 'restarted' })
  assert.deepEqual([killed && next(killed), killed?.reached], ['fiscalise', 'maybe'])
  assert.equal(killed && heard(killed, done)?.state.is, 'registered')
  const away: Event[] = [{ type: 'device', outcome: 'unsent' }]
  assert.deepEqual(killed && path(killed, ...away), ['waiting:maybe'])
})

test('a block that comes within the window lets no shift open (S1.6)', () => {
  const ended = heard(warned(), { type: 'windowUp', blocked: 'долг' })
  assert.ok(ended && ended.state.is === 'failed')
  assert.deepEqual([ended.state.code, ended.state.facts], ['shift.blocked', { said: 'долг' }])
  // A memory that was put back may have gone on from here before: the device is asked (R19).
  assert.ok(isUnproved(ended))
  assert.equal(heard(ended, toldDone)?.state.is, 'registered')
})

test('an unanswered intent becomes unknown at a start', () => {
  assert.deepEqual(path(anOperation(), { type: 'restarted' }), ['asking'])
  assert.deepEqual(path(card(), { type: 'restarted' }), ['asking'])
})

test('nothing leaves for the bank before a card was read, and that can be called off', () => {
  assert.equal(next(unread()), 'present')
  for (const why of ['cancelled', 'late', 'no-reader'] as const) {
    assert.deepEqual(path(unread(), { type: 'dismissed', why, person: null }), ['failed'])
    assert.equal(heard(card(), { type: 'dismissed', why, person: null }), null)
  }
  // A memory that was put back may have gone on from here before: the device is asked (R19).
  const found = heard(unread(), { type: 'restarted' })
  assert.ok(found && isUnproved(found))
  assert.equal(heard(found, toldDone)?.state.is, 'registered')
  const presented = heard(unread(), { type: 'presented', attempt })
  assert.equal(presented && next(presented), 'authorise')
})

test('no document is asked for until the bank is known to have charged (S3.10)', () => {
  assert.equal(next(card()), 'authorise')
  const asking = heard(card(), { type: 'bank', outcome: 'unknown' })
  assert.equal(asking && next(asking), 'askBank')
  const charged = asking && heard(asking, toldApproved)
  assert.equal(charged && next(charged), 'fiscalise')
})

test('a charged card without a document gets its money back (S3.8, S3.9)', () => {
  assert.deepEqual(path(card(), approved, no), ['intended', 'reversing'])
  assert.deepEqual(path(card(), approved, unknown, toldNever, reversed), [
    'intended',
    'asking',
    'reversing',
    'cancelled',
  ])
})

for (const [what, sum] of [
  ['a part', kopecks(1000)],
  ['more', kopecks(1251)],
  ['no roubles', null],
] as const) {
  test(`${what} approved is no payment: it goes back, and no document is asked for (A3)`, () => {
    const other = { ...approval, code: '002', sum } as BankApproval
    const answered: Event = { type: 'bank', outcome: 'approved', approval: other }
    const told: Event = { type: 'told', by: 'bank', verdict: 'approved', approval: other }
    const asking: Event = { type: 'bank', outcome: 'unknown' }
    for (const way of [
      [answered],
      [asking, told],
      [asking, { type: 'left', lacks: false }, told],
    ]) {
      const after = (way as Event[]).reduce<Operation>((o, e) => heard(o, e) ?? o, card())
      assert.deepEqual([after.state, after.notice], [{ is: 'reversing', held: false }, 'other-sum'])
      assert.equal(next(after), 'reverse')
      assert.equal(heard(after, toldDone), null)
      assert.equal(heard(after, reversed)?.state.is, 'cancelled')
    }
  })
}

test('the sum that was asked for, told or not told of old, pays', () => {
  for (const sum of [kopecks(1250), undefined]) {
    const whole = { ...approval, sum } as BankApproval
    const paid = heard(card(), { type: 'bank', outcome: 'approved', approval: whole })
    assert.deepEqual(paid?.state, { is: 'intended', stage: 'fiscal' })
  }
})

test('what was charged and undone before the answer was heard stands in the bank’s days', () => {
  const undone = { approval, day: 2 }
  const asking = heard(card(), { type: 'bank', outcome: 'unknown' })
  assert.ok(asking)
  const told = heard(asking, { type: 'told', by: 'bank', verdict: 'never', undone })
  assert.equal(told?.state.is, 'failed')
  assert.deepEqual([told?.card?.approval?.day, told?.card?.reversal?.day], [1, 2])
  const red = heard(asking, { type: 'left', lacks: false })
  const word = { type: 'cancelledUnfinished', person, proof: 'proved' } as const
  const reversing = red && heard(red, word)
  const ended = reversing && heard(reversing, { ...reversed, ...undone } as Event)
  assert.deepEqual([ended?.state.is, ended?.card?.approval], ['cancelled', approval])
})

test('once a reversal was sent, «approved» is not believed: it may come behind it', () => {
  const asking = heard(card(), { type: 'bank', outcome: 'unknown' })
  const fenced = asking && heard(asking, { type: 'fencing' })
  assert.ok(fenced)
  assert.equal(heard(fenced, toldApproved), null)
  const ended = heard(fenced, { type: 'told', by: 'bank', verdict: 'never' })
  assert.equal(ended?.state.is, 'failed')
})

test('with clearing off whatever was found out is left to a person (R5)', () => {
  const left = (lacks: boolean): Event => ({ type: 'left', lacks })
  assert.deepEqual(path(anOperation(), unknown, left(false)), ['asking', 'red'])
  assert.deepEqual(path(anOperation(), unknown, left(true), denied('proved')), [
    'asking',
    'red',
    'failed',
  ])
  const cancel: Event = { type: 'cancelledUnfinished', person, proof: 'proved' }
  assert.equal(path(card(), approved, unknown, left(true), cancel).at(-1), 'reversing')
})

test('a reversal on an unproved word is held until there is proof (R6)', () => {
  const held = [approved, unknown, told('silent'), denied('unproved')]
  const operation = held.reduce<Operation>((o, event) => heard(o, event) ?? o, card())
  assert.deepEqual(operation.state, { is: 'reversing', held: true })
  assert.equal(next(operation), 'rest')
  assert.ok(isUnproved(operation))
  assert.equal(path(operation, toldDone).at(-1), 'registered')
  const released = heard(operation, toldNever)
  assert.equal(released && next(released), 'reverse')
})

/** A red cash receipt after these events. */
function after(...events: Event[]): Operation {
  const red = anOperation({ state: { is: 'red', stage: 'fiscal', lacks: false } })
  return events.reduce<Operation>((o, event) => heard(o, event) ?? assert.fail(event.type), red)
}

test('an unproved «УСПЕШНО» is checked, and raised when it was wrong (S3.6)', () => {
  const said = after(confirmed(null))
  assert.ok(isUnproved(said))
  const proved = after(confirmed(null), toldDone)
  assert.deepEqual(
    [proved.state, proved.notice],
    [{ is: 'registered', by: 'person', proof: 'proved' }, null],
  )
  const other = after(confirmed(null), { ...toldDone, signed: another } as Event)
  assert.equal(other.notice, 'adopted')
  assert.equal(other.signed, another)
  const wrong = after(confirmed(null), toldNever)
  assert.equal(wrong.notice, 'contradicted')
  assert.equal('proof' in wrong.state && wrong.state.proof, 'disproved')
  assert.ok(!isUnproved(wrong))
})

test('a wrong «УСПЕШНО» about a charged card gives the money back (0017)', () => {
  const said = [approved, unknown, told('silent'), confirmed(null), toldNever]
  const wrong = said.reduce<Operation>((o, event) => heard(o, event) ?? o, card())
  assert.deepEqual([wrong.state, wrong.notice], [{ is: 'reversing', held: false }, 'contradicted'])
  assert.ok(isDisproved(wrong))
  assert.equal(heard(wrong, toldDone), null)
})

test('an unproved «НЕУСПЕШНО» is checked: a document that exists is adopted (R6)', () => {
  assert.ok(isUnproved(after(denied('unproved'))))
  const right = after(denied('unproved'), toldNever)
  assert.deepEqual([isUnproved(right), right.notice], [false, null])
  const wrong = after(denied('unproved'), toldDone)
  assert.deepEqual([wrong.state.is, wrong.notice], ['registered', 'adopted'])
})

test('what cleared itself up says so until it was read', () => {
  const read: Event = { type: 'acknowledged', person }
  for (const event of [toldDone, toldNever]) {
    assert.equal(after(event).notice, 'cleared')
    assert.equal(after(event, read).notice, null)
    assert.equal(heard(after(event, read), read), null)
  }
})

test('what a person may do follows from the state alone', () => {
  assert.deepEqual(verbsNow(anOperation({ state: { is: 'waiting', reached: 'no' } })), [
    'continue',
    'giveUp',
  ])
  const red = { is: 'red', stage: 'fiscal', lacks: false } as const
  assert.deepEqual(verbsNow(anOperation({ state: red })), ['confirm', 'deny', 'answer'])
  const lacking = { ...red, lacks: true }
  const charged = { state: lacking, authorisation: 'approved' } as const
  assert.deepEqual(verbsNow(anOperation(charged)), ['cancelUnfinished', 'answer'])
  assert.deepEqual(verbsNow(anOperation({ state: lacking })), ['confirm', 'deny', 'answer'])
  assert.deepEqual(verbsNow(anOperation()), [])
})

/** All operations that any sequence of events can lead to, told apart by what decides. */
function reachable(...starts: Operation[]): Operation[] {
  const found = new Map<string, Operation>()
  const queue = [...starts]
  for (let operation = queue.pop(); operation; operation = queue.pop()) {
    const { state, authorisation, reached, signed: has, claim: said, notice } = operation
    const { card } = operation
    const key = JSON.stringify([state, authorisation, reached, has !== null, said, notice, card])
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
  for (const operation of reachable(anOperation(), unread(), warned())) {
    const { state, authorisation, signed: has } = operation
    const name = JSON.stringify([state, authorisation])
    const isProved = state.is === 'registered' && state.proof === 'proved'
    assert.equal(isProved, has !== null, `document: ${name}`)
    if (state.is === 'registered') {
      assert.notEqual(authorisation, 'declined', name)
      assert.ok(has || operation.claim, `a word about the document: ${name}`)
    }
    if (state.is === 'failed') assert.ok(['none', 'declined'].includes(authorisation), name)
  }
})

test('a registered operation never changes any more', () => {
  const registered = anOperation({
    state: { is: 'registered', by: 'sko', proof: 'proved' },
    signed,
  })
  for (const event of everything) assert.equal(heard(registered, event), null)
})

test('from every reachable state the end is reachable', () => {
  for (const operation of reachable(anOperation(), unread(), warned())) {
    const ends = reachable(operation).some((o) => !isOpen(o) && o.state.is !== 'reversing')
    assert.ok(ends, JSON.stringify(operation.state))
  }
})

test('what came to nothing leaves the list, what is open or done stays', () => {
  for (const operation of reachable(anOperation(), unread(), warned())) {
    const gone = ['failed', 'cancelled', 'reversing'].includes(operation.state.is)
    assert.equal(isListed(operation), !gone)
    if (isOpen(operation)) assert.ok(isListed(operation))
  }
})
