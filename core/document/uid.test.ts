import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asRussianKeys } from '../keyboard.ts'
import {
  isRegisterNumber,
  parseUid,
  parseUidStart,
  registerNumberIn,
  uidOf,
  uidsMeant,
} from './uid.ts'

test('the tail of a УИ is the number of the register that made it', () => {
  for (const [text, register] of [
    ['E0CC03A64326BAE607CF1091', 131_010_705],
    ['32B1E3361C6573F807CF1091', 131_010_705],
    ['314FEAAAE1A0CD9F07EDE12B', 133_030_187],
    ['813D867242EC1704071834F3', 119_026_931],
  ] as const) {
    const uid = parseUid(text)
    assert.ok(uid)
    assert.equal(registerNumberIn(uid), register)
  }
})

test('a УИ is made of a hash and a register number and tells both', () => {
  const hash = `0123456789abcdef${'f'.repeat(48)}`
  const uid = uidOf(hash, 100_000_001)
  assert.equal(uid, '0123456789ABCDEF05F5E101')
  assert.equal(parseUid(uid), uid)
  assert.equal(registerNumberIn(uid), 100_000_001)
})

test('case, spaces, dashes and Cyrillic look-alikes are forgiven (R10)', () => {
  const uid = 'E0CC03A64326BAE607CF1091'
  assert.equal(parseUid('e0cc03a64326bae607cf1091'), uid)
  assert.equal(parseUid(' E0CC 03A6-4326 BAE6\u00a007CF 1091 '), uid)
  // Russian А, В, С, Е.
  assert.equal(parseUid('Е0СС03А64326ВАЕ607СF1091'), uid)
  assert.equal(parseUid('е0сс03а64326вае607сf1091'), uid)
})

test('a scanned УИ is found in each form that a scanner gives it (H3)', () => {
  for (const uid of ['E0CC03A64326BAE607CF1091', 'CDF003064326DDC607CF1091']) {
    for (const form of [
      uid,
      uid.toLowerCase(),
      `]Q1${uid}`,
      `]Q3${uid.toLowerCase()}`,
      `${uid}\r`,
    ]) {
      assert.ok(uidsMeant(form).includes(uid as never), form)
      const typed = asRussianKeys(form)
      assert.ok(uidsMeant(typed).includes(uid as never), typed)
    }
  }
  assert.deepEqual(uidsMeant('4810000000017'), [])
})

test('a text that is no УИ is refused', () => {
  for (const wrong of [
    '',
    'E0CC03A64326BAE607CF109',
    'E0CC03A64326BAE607CF10911',
    'Я'.repeat(24),
  ]) {
    assert.equal(parseUid(wrong), null, wrong)
  }
})

test('the start of a УИ is read as leniently as the whole', () => {
  assert.equal(parseUidStart('e0cc 03'), 'E0CC03')
  assert.equal(parseUidStart(' Е0СС-'), 'E0CC')
  assert.equal(parseUidStart('E0CC03A64326BAE607CF1091'), 'E0CC03A64326BAE607CF1091')
  for (const wrong of ['', ' ', '-', 'E0CX', 'не УИ', 'E0CC03A64326BAE607CF10911']) {
    assert.equal(parseUidStart(wrong), null, wrong)
  }
})

test('a register number has nine digits, the first from 1 to 7', () => {
  for (const right of [100_000_000, 119_081_617, 719_014_711, 799_999_999]) {
    assert.ok(isRegisterNumber(right), String(right))
  }
  for (const wrong of [99_999_999, 800_000_000, 119_081_617.5, Number.NaN]) {
    assert.ok(!isRegisterNumber(wrong), String(wrong))
  }
})
