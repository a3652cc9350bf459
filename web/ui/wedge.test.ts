import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysOf, play } from '#test/typist.ts'
import type { Place } from './wedge.ts'

const milk = '4819000200015'
const places: Place[] = ['field', 'search', 'secret', 'date', 'nowhere']
const enter = (gapMs: number) => ({ key: 'Enter', gapMs })
const scanOf = (code: string, gapMs: number) => [...keysOf(code, gapMs), enter(gapMs)]
const nothingBut = (code: string) => ({ text: '', passed: [], scans: [code] })

test('a wedge is a scan in every place, and the page hears nothing of it', () => {
  for (const place of places) {
    for (const gapMs of [1, 5, 20, 34]) {
      assert.deepEqual(play(scanOf(milk, gapMs), place), nothingBut(milk))
    }
  }
})

test('Enter, Tab, CR and LF behind a code are part of it', () => {
  for (const end of [['Tab'], ['Enter', 'Enter'], ['Enter', 'Tab']]) {
    const keys = [...keysOf(milk, 5), ...end.map((key) => ({ key, gapMs: 5 }))]
    assert.deepEqual(play(keys), nothingBut(milk))
  }
})

test('Enter long after a scan is a person’s', () => {
  const { passed } = play([...scanOf(milk, 5), enter(400)])
  assert.deepEqual(passed, ['Enter'])
})

test('a code keeps its prefix, its letters and its separators', () => {
  for (const code of [']d201048190002000152112\x1d10AB', 'ABC-12', '0A1b', 'ъу04819000200015']) {
    assert.deepEqual(play(scanOf(code, 5)), nothingBut(code))
  }
})

test('two scans on end are two', () => {
  assert.deepEqual(play([...scanOf(milk, 5), ...scanOf('40123455', 5)]).scans, [milk, '40123455'])
})

test('a key or an Enter that comes late does not part a code', () => {
  for (const late of [50, 120, 240]) {
    for (const at of [1, 5, 12, 13]) {
      const keys = scanOf(milk, 5).map((key, i) => (i === at ? { key: key.key, gapMs: late } : key))
      assert.deepEqual(play(keys), nothingBut(milk), `${late} ms at ${at}`)
    }
  }
})

test('digits without Enter behind them are a code from eight on', () => {
  assert.deepEqual(play(keysOf('40123455', 5)), nothingBut('40123455'))
  assert.deepEqual(play([...keysOf('40123455', 5), enter(400)]), nothingBut('40123455'))
  assert.deepEqual(play(keysOf('0,342', 5)), { text: '0,342', passed: [], scans: [] })
})

test('a wedge as slow as a hand is a scan where nobody types so', () => {
  for (const place of ['field', 'nowhere'] as const) {
    assert.deepEqual(play(scanOf(milk, 60), place), nothingBut(milk))
  }
  for (const code of ['10001', ']E0 40123455']) {
    assert.deepEqual(play(scanOf(code, 60), 'nowhere').scans, [code])
  }
  assert.equal(play(scanOf('10001', 60), 'field').text, '10001')
})

test('a day is eight digits of a hand, and more of them are a wedge’s', () => {
  assert.equal(play(scanOf('27112026', 60), 'date').text, '27112026')
  assert.deepEqual(play(scanOf(milk, 60), 'date'), nothingBut(milk))
  assert.deepEqual(play(scanOf('40123455', 5), 'date'), nothingBut('40123455'))
})

test('a PIN, a number looked for and a field left by Tab are typed as fast as hands can', () => {
  const pin = { text: '12345678', passed: ['Enter'], scans: [] }
  assert.deepEqual(play(scanOf('12345678', 60), 'secret'), pin)
  assert.deepEqual(play(scanOf('12345678', 60), 'search'), pin)
  const left = play([...keysOf('12345678', 60), { key: 'Tab', gapMs: 60 }])
  assert.deepEqual(left, { text: '12345678', passed: ['Tab'], scans: [] })
})

test('one or two keys and Enter are a person’s, however quick', () => {
  assert.deepEqual(play(scanOf('5', 1)), { text: '5', passed: ['Enter'], scans: [] })
  assert.deepEqual(play(scanOf('20', 1)), { text: '20', passed: ['Enter'], scans: [] })
  assert.deepEqual(play(scanOf('20', 1), 'nowhere'), nothingBut('20'))
})

test('a word at any pace is typed where words are looked for', () => {
  assert.equal(play(scanOf('молоко', 2), 'search').text, 'молоко')
  assert.deepEqual(play(scanOf('молоко', 2), 'nowhere'), nothingBut('молоко'))
})

test('what a hand typed just before a scan stays typed', () => {
  const [first, ...rest] = scanOf(milk, 5)
  assert.ok(first)
  const keys = [...keysOf('молоко', 90), { key: first.key, gapMs: 90 }, ...rest]
  assert.deepEqual(play(keys), { text: 'молоко', passed: [], scans: [milk] })
})

test('a key that is neither a character nor Enter lets what is held go first', () => {
  const keys = [...keysOf('12', 5), { key: 'Backspace', gapMs: 5 }, ...keysOf('3', 5)]
  assert.deepEqual(play(keys), { text: '123', passed: ['Backspace'], scans: [] })
})
