import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import type { UnitMark } from '../document/mark.ts'
import { GS } from '../document/mark.ts'
import type { OperationId } from '../id.ts'
import type { Operation, State } from './operation.ts'
import { standingOfUnit } from './unit.ts'

const markOf = (serial: string): UnitMark => ({
  si: `010481234500001221${serial}${GS}93aB1x`,
  ukz: null,
})
const mark = markOf('Zx3kQ/8w-0aB1')
const key = aKey()
const signed = sealWith(aDocument(), key)
const registered: State = { is: 'registered', by: 'sko', proof: 'proved' }
const denied = (proof: 'proved' | 'unproved'): State => ({
  is: 'failed',
  code: 'operation.denied',
  facts: {},
  proof,
})

const sale = (state: State, change: Partial<Operation> = {}): Operation =>
  anOperation(Object.assign({ state }, change))
/** A refund of these units that has its document, or an annulment. */
const undoing = (
  units: readonly (UnitMark | null)[],
  change: Partial<Operation> = {},
): Operation => {
  const { command } = anOperation()
  assert.ok('lines' in command)
  const [line] = command.lines
  assert.ok(line)
  const lines = units.map((unit) => (unit ? Object.assign({}, line, { mark: unit }) : line))
  const undone = { kind: 'refund' as const, signed, state: registered }
  return anOperation(
    Object.assign(undone, { command: Object.assign({}, command, { lines }) }, change),
  )
}
const standing = (state: State, ...undone: Operation[]) =>
  standingOfUnit(mark, [{ sale: sale(state), undone }]).is

test('a unit that was never sold here is free', () => {
  assert.deepEqual(standingOfUnit(mark, []), { is: 'free' })
})

test('where a unit is follows from how its sale stands', () => {
  const rows: [State, 'held' | 'sold' | 'free'][] = [
    [{ is: 'warned', reason: 'долг', until: NOW }, 'held'],
    [{ is: 'intended', stage: 'fiscal' }, 'held'],
    [{ is: 'waiting', reached: 'maybe' }, 'held'],
    [{ is: 'asking', stage: 'fiscal' }, 'held'],
    [{ is: 'red', stage: 'fiscal', lacks: false }, 'held'],
    [{ is: 'reversing', held: true }, 'held'],
    [{ is: 'reversing', held: false }, 'free'],
    [registered, 'sold'],
    [{ is: 'registered', by: 'person', proof: 'unproved' }, 'sold'],
    [{ is: 'registered', by: 'person', proof: 'disproved' }, 'free'],
    [denied('proved'), 'free'],
    [{ is: 'cancelled' }, 'free'],
  ]
  for (const [state, is] of rows) assert.equal(standing(state), is, JSON.stringify(state))
})

test('a word that a sale has no document counts once checked, or when nothing was sent', () => {
  const at = (proof: 'proved' | 'unproved', reached: Operation['reached']) =>
    standingOfUnit(mark, [{ sale: sale(denied(proof), { reached }), undone: [] }]).is
  assert.equal(at('unproved', 'maybe'), 'sold')
  assert.equal(at('unproved', 'no'), 'free')
  assert.equal(at('proved', 'maybe'), 'free')
})

test('it comes back by the document of an annulment, or of a refund that it is in', () => {
  assert.equal(standing(registered, undoing([mark])), 'free')
  assert.equal(standing(registered, undoing([null, markOf('another_13chr'), mark])), 'free')
  assert.equal(standing(registered, undoing([markOf('another_13chr')])), 'sold')
  assert.equal(standing(registered, undoing([null])), 'sold')
  assert.equal(standing(registered, undoing([])), 'sold')
  assert.equal(standing(registered, undoing([null], { kind: 'annulment' })), 'free')
  assert.equal(standing(registered, undoing([null]), undoing([mark])), 'free', 'any of them')
})

test('a word about a refund brings nothing back: its document does', () => {
  for (const kind of ['refund', 'annulment'] as const) {
    assert.equal(standing(registered, undoing([mark], { kind, signed: null })), 'sold', kind)
  }
})

test('of several sales the undecided one is told, then the newest that stands', () => {
  const named = (id: string, state: State, ...undone: Operation[]) => ({
    sale: sale(state, { id: id as OperationId }),
    undone,
  })
  const told = (...sales: ReturnType<typeof named>[]) => {
    const found = standingOfUnit(mark, sales)
    return found.is === 'free' ? 'free' : `${found.is} ${found.sale.id}`
  }
  const back = undoing([mark])
  const asking: State = { is: 'asking', stage: 'fiscal' }
  assert.equal(told(named('1', registered), named('2', registered)), 'sold 2')
  assert.equal(told(named('1', registered), named('2', registered, back)), 'sold 1')
  assert.equal(told(named('1', registered, back), named('2', registered, back)), 'free')
  assert.equal(told(named('1', asking), named('2', registered)), 'held 1')
  assert.equal(told(named('1', registered), named('2', asking)), 'held 2')
})
