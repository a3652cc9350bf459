import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  BLOCK,
  isEmpty,
  isSet,
  join,
  joinPacked,
  meet,
  noBits,
  offsetsOf,
  packed,
  setBit,
} from './block-bits.ts'

/** Few, and so many that a bit for each place is shorter. */
const places = fc.oneof(
  fc.uniqueArray(fc.nat(BLOCK - 1), { maxLength: 40 }),
  fc.uniqueArray(fc.nat(BLOCK - 1), { minLength: 100, maxLength: 300, size: 'max' }),
)

const bitsOf = (offsets: readonly number[]) => {
  const bits = noBits()
  for (const offset of offsets) setBit(bits, offset, true)
  return bits
}

const lastFirst = (offsets: Iterable<number>) => [...offsets].sort((one, other) => other - one)

test('places come out as they were put in, the last one first, each of them once', () => {
  fc.assert(
    fc.property(places, (offsets) => {
      const bits = bitsOf([...offsets, ...offsets])
      assert.deepEqual(offsetsOf(bits), lastFirst(offsets))
      assert.equal(isEmpty(bits), offsets.length === 0)
      for (const offset of offsets) setBit(bits, offset, false)
      assert.ok(isEmpty(bits))
    }),
  )
})

test('a place that was taken out leaves its neighbours', () => {
  fc.assert(
    fc.property(places, fc.nat(BLOCK - 1), (offsets, gone) => {
      const bits = bitsOf(offsets)
      setBit(bits, gone, false)
      const left = offsets.filter((offset) => offset !== gone)
      assert.deepEqual(offsetsOf(bits), lastFirst(left))
      assert.equal(isSet(bits, gone), false)
      assert.ok(left.every((offset) => isSet(bits, offset)))
    }),
  )
})

test('packed places are the same ones, in no more bytes than a bit for each place', () => {
  fc.assert(
    fc.property(places, places, fc.nat(7), (offsets, before, shift) => {
      const written = packed(bitsOf(offsets))
      assert.ok(written.length <= Math.min(BLOCK / 8, offsets.length * 2))
      // A row of a database begins anywhere.
      const row = new Uint8Array(written.length + shift).subarray(shift)
      row.set(written)
      const bits = bitsOf(before)
      joinPacked(bits, row)
      assert.deepEqual(offsetsOf(bits), lastFirst(new Set([...offsets, ...before])))
      joinPacked(bits, undefined)
      assert.deepEqual(offsetsOf(bits), lastFirst(new Set([...offsets, ...before])))
    }),
  )
})

test('either and both are those of sets', () => {
  fc.assert(
    fc.property(places, places, (one, other) => {
      const either = bitsOf(one)
      join(either, bitsOf(other))
      assert.deepEqual(offsetsOf(either), lastFirst(new Set([...one, ...other])))
      const both = bitsOf(one)
      meet(both, bitsOf(other))
      assert.deepEqual(offsetsOf(both), lastFirst(one.filter((each) => other.includes(each))))
    }),
  )
})

test('the first place, the last one and those at the edges of a word are told apart', () => {
  for (const offset of [0, 31, 32, 63, 64, BLOCK - 1]) {
    const bits = noBits()
    setBit(bits, offset, true)
    assert.deepEqual(offsetsOf(bits), [offset])
    const again = noBits()
    joinPacked(again, packed(bits))
    assert.deepEqual(offsetsOf(again), [offset])
  }
})
