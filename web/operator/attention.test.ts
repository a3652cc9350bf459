import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR } from '#core/time.ts'
import { attentionOf, type OwnRegister, statesOfOwn } from './attention.ts'

const NOW = Date.UTC(2026, 10, 27, 9)
const aRegister = (change: Partial<OwnRegister> = {}): OwnRegister => ({
  device: 'D100000001',
  registerNumber: 100_000_001,
  place: 'Магазин',
  address: 'Минск',
  number: 7,
  lastAt: NOW - HOUR,
  heardAt: NOW - HOUR,
  blocked: null,
  measures: [],
  forked: false,
  forgotten: false,
  unsent: null,
  oldestUnsentAt: null,
  red: null,
  redSince: null,
  version: null,
  ...change,
})
const measure = (kind: 'block' | 'warning', inForce: boolean) => ({
  kind,
  reason: 'долг',
  from: inForce ? NOW - DAY : NOW + DAY,
  till: null,
  inForce,
})
const codes = (...registers: OwnRegister[]) =>
  attentionOf(registers, { marked: [] }, NOW).map(({ code, tone }) => `${tone} ${code}`)

test('a register that works needs no attention', () => {
  assert.deepEqual(codes(aRegister()), [])
  assert.deepEqual(statesOfOwn(aRegister(), NOW), ['working'])
})

test('a register not heard for a day, or never, is grey and not red', () => {
  assert.deepEqual(codes(aRegister({ heardAt: NOW - DAY - 1 })), ['grey silent'])
  assert.deepEqual(codes(aRegister({ heardAt: null, lastAt: null, number: 0 })), ['grey silent'])
})

test('receipts that are red for an hour are told with their count and since when', () => {
  const since = (redSince: number) => aRegister({ red: 2, redSince })
  assert.deepEqual(codes(since(NOW - HOUR)), [])
  assert.deepEqual(codes(since(NOW - HOUR - 1)), ['red red'])
  const [told] = attentionOf([since(NOW - DAY)], { marked: [] }, NOW)
  assert.deepEqual([told?.from, told?.register.red], [NOW - DAY, 2])
})

test('blocks and warnings are told from the day they are known, the worst of all first', () => {
  const registers = [
    aRegister({ heardAt: null, measures: [measure('warning', true), measure('block', false)] }),
    aRegister({ measures: [measure('block', true)], forked: true, forgotten: true }),
  ]
  assert.deepEqual(codes(...registers), [
    'red forked',
    'red put-back',
    'red blocked',
    'amber warned',
    'amber blocked-ahead',
    'grey silent',
  ])
})

test('documents with marks are told once for each register, with the way to them', () => {
  const other = aRegister({ device: 'D2', registerNumber: 2 })
  const marked = ['AA', 'BB'].map((uid, i) => ({
    device: 'D100000001',
    number: i + 1,
    uid,
    marks: ['wrong-time' as const],
  }))
  const [found, ...rest] = attentionOf([aRegister(), other], { marked }, NOW)
  assert.deepEqual([found?.code, found?.uids, rest], ['marked', ['AA', 'BB'], []])
})
