import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Status } from '#core/api/register.ts'
import { keyOf, messagesNow } from './message-order.ts'
import type { Till } from './till.ts'
import type { Trouble } from './trouble.ts'

const calm: Status = {
  issuer: null,
  now: 0,
  version: '1',
  revision: 1,
  shift: { number: 3, openedAt: 0, mustClose: false },
  cash: 0 as Status['cash'],
  carried: 0 as Status['cash'],
  retired: false,
  sko: 'connected',
  distrusted: [],
  diverged: null,
  measures: [],
  unsent: null,
  printer: { waiting: 0, fault: null },
  upload: null,
  open: [],
  notices: [],
  terminal: true,
  clearing: true,
  paperLanguage: 'ru',
  billing: null,
  cashCount: 'sum',
  blindCount: false,
  letters: { are: 'off', waiting: 0, failed: 0, failing: null },
  marking: 'all',
  update: null,
  parked: 0,
  prices: 1,
}
const upload = (stopped: boolean): Status['upload'] => ({
  cause: 'operator-silent',
  code: null,
  isProbed: true,
  stopsAt: stopped ? 0 : null,
  stopped,
})
const notice = (id: string, tone: 'red' | 'green'): Status['notices'][number] => ({
  id: id as Status['notices'][number]['id'],
  tone,
  code: 'registered',
  facts: {},
})
const refused = (code: string): Trouble => ({ kind: 'refused', code, facts: {} }) as Trouble

const known = (status: Partial<Status>, more: Partial<Till> = {}) => ({
  missed: [],
  sending: null,
  open: [],
  trouble: null,
  ...more,
  status: { ...calm, ...status },
})
const told = (...known: Parameters<typeof messagesNow>) => messagesNow(...known).map(keyOf)

test('of a stop of seven days and an old shift that is told which can be mended first', () => {
  const of = { upload: upload(true), shift: { number: 3, openedAt: 0, mustClose: true } }
  assert.deepEqual(told(known(of), { at: 'sale', step: 'cash' }, true), ['upload', 'overdue'])
  const pressed = known(of, { trouble: refused('unsent.over7days') })
  assert.deepEqual(told(pressed, { at: 'sale', step: 'cash' }, true), ['trouble', 'overdue'])
})

test('a code not taken comes first, unless a dialog shows it; what is ahead comes last', () => {
  const all = known(
    {
      upload: upload(false),
      notices: [notice('1', 'red'), notice('2', 'green'), notice('3', 'green')],
      distrusted: ['sko'],
    },
    { missed: [{ code: '1', why: 'unknown' }], trouble: refused('shift.closed') },
  )
  const rest = ['distrusted sko', 'trouble', 'notice 1', 'notice 3', 'notice 2', 'upload']
  assert.deepEqual(told(all, { at: 'menu' }, true), ['missed', ...rest])
  assert.deepEqual(told(all, { at: 'menu' }, false), rest)
})

test('nothing is told twice', () => {
  const diverged = known({ diverged: 'sko' }, { trouble: refused('sko.diverged') })
  assert.deepEqual(told(diverged, { at: 'menu' }, true), ['diverged'])
  const old = known(
    { shift: { number: 1, openedAt: 0, mustClose: true } },
    { trouble: refused('shift.over24h') },
  )
  assert.deepEqual(told(old, { at: 'menu' }, true), ['trouble'])
  assert.deepEqual(told({ ...old, trouble: null }, { at: 'close-shift' }, true), [])
})

test('of all measures there is one message: what acts, with what is ahead in it', () => {
  const measure = (kind: 'warning' | 'block', from: number, inForce: boolean) =>
    ({ kind, reason: `${kind} ${from}`, from, till: null, inForce }) as const
  const [warned, blocked] = [measure('warning', 1, true), measure('block', 2, true)]
  const [soon, later] = [measure('warning', 8, false), measure('block', 9, false)]
  const of = (...measures: Status['measures']) =>
    messagesNow(known({ measures, upload: rejected }), { at: 'menu' }, true)
  const rejected: Status['upload'] = {
    cause: 'operator-rejects',
    code: 'register.blocked',
    isProbed: true,
    stopsAt: null,
    stopped: false,
  }
  const [one, ...none] = of(warned, blocked, soon, later)
  assert.ok(one?.is === 'measure')
  assert.deepEqual(
    [one.measure, one.ahead, one.upload, none],
    [blocked, [soon, later], rejected, []],
  )
  const [warning] = of(warned, later)
  assert.ok(warning?.is === 'measure')
  assert.deepEqual([warning.measure, warning.ahead, warning.upload], [warned, [later], null])
  const [, ahead] = of(soon, later, measure('block', 12, false))
  assert.ok(ahead?.is === 'measure')
  assert.deepEqual([ahead.measure, ahead.ahead], [soon, [later]], 'the next of each kind')
  const pressed = known({ measures: [warned, blocked] }, { trouble: refused('shift.blocked') })
  assert.deepEqual(told(pressed, { at: 'menu' }, true), [], 'the dialog says it')
})
