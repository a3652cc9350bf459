import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Keystroke, keysOf, play } from '#test/typist.ts'
import { BURST_GAP_MS, type Place, WEDGE_GAP_MS } from './wedge.ts'

const place = fc.constantFrom<Place>('field', 'search', 'secret', 'nowhere')
const wedgeGap = fc.integer({ min: 1, max: WEDGE_GAP_MS - 1 })
const handGap = fc.integer({ min: WEDGE_GAP_MS, max: 2 * BURST_GAP_MS })
const charsOf = (all: string) => fc.constantFrom(...all)
const stroke = (key: fc.Arbitrary<string>, gapMs: fc.Arbitrary<number>) => fc.record({ key, gapMs })
const code = fc
  .array(charsOf('0123456789ABCXYZabc-./]ФЫ\x1d'), { minLength: 3, maxLength: 60 })
  .map((all) => all.join(''))
  .filter((text) => /\d/.test(text))
const ending = fc.constantFrom(['Enter'], ['Tab'], ['Enter', 'Enter'], ['Enter', 'Tab'])

test('whatever a wedge sends comes out as one code, and nothing of it reaches the page', () => {
  fc.assert(
    fc.property(code, ending, fc.array(wedgeGap, { minLength: 63 }), place, (...given) => {
      const [text, ends, gaps, where] = given
      const keys = [...text, ...ends].map((key, i) => ({ key, gapMs: gaps[i] ?? 1 }))
      assert.deepEqual(play(keys, where), { text: '', passed: [], scans: [text] })
    }),
  )
})

test('a hand is no scan, and what it types arrives whole and in its order', () => {
  const keys = fc.array(stroke(charsOf('abcя.,5 '), handGap), { maxLength: 40 })
  fc.assert(
    fc.property(keys, fc.constantFrom<Place>('field', 'search', 'secret'), (typed, where) => {
      const all = [...typed, { key: 'Enter', gapMs: 60 }]
      const text = typed.map(({ key }) => key).join('')
      fc.pre(!/\d{8,}/.test(text))
      assert.deepEqual(play(all, where), { text, passed: ['Enter'], scans: [] })
    }),
  )
})

test('no character is lost or doubled, whatever comes how fast', () => {
  const any: fc.Arbitrary<Keystroke> = stroke(
    fc.oneof(charsOf('0123456789a'), fc.constantFrom('Enter', 'Tab', 'Escape')),
    fc.integer({ min: 0, max: 2 * BURST_GAP_MS }),
  )
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), place, (keys, where) => {
      const { text, scans } = play(keys, where)
      const sent = keys.map(({ key }) => (key.length === 1 ? key : '')).join('')
      const sorted = (all: string) => [...all].toSorted().join('')
      assert.equal(sorted(text + scans.join('')), sorted(sent))
    }),
  )
})

test('what stands typed before a scan is left as it was', () => {
  const typed = fc.array(charsOf('abc'), { maxLength: 12 }).map((all) => all.join(''))
  fc.assert(
    fc.property(typed, code, wedgeGap, (before, scanned, gapMs) => {
      const pause = { key: scanned.slice(0, 1), gapMs: 2 * BURST_GAP_MS }
      const rest = [...keysOf(scanned.slice(1), gapMs), { key: 'Enter', gapMs }]
      const { text, scans } = play([...keysOf(before, 80), pause, ...rest])
      assert.deepEqual({ text, scans }, { text: before, scans: [scanned] })
    }),
  )
})
