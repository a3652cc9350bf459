import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { asRussianKeys } from '../keyboard.ts'
import { gtinCheckDigit } from './barcode.ts'
import {
  GS,
  isSameUnit,
  isSiLike,
  isUkzLike,
  marksNeeded,
  readSi,
  readUkz,
  unitsOf,
} from './mark.ts'

const SHOES = `010481234500001221Ab3/xY7-q0Z1m${GS}91EE07${GS}92${'k'.repeat(44)}`
const milk = (serial: string) => `010481234500001221${serial}${GS}93aB1x`

const LETTERS = [..."!%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz"]
const textOf = (length: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), ...length })
const exactly = (length: number) => textOf({ minLength: length, maxLength: length })

/** Codes as registers of marks give them. */
const codes = fc
  .record({
    body: fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 13, maxLength: 13 }),
    serial: fc.oneof(exactly(13), exactly(20)),
    tail: fc.oneof(
      fc.constant([]),
      exactly(4).map((check) => [`93${check}`]),
      fc
        .tuple(exactly(4), fc.oneof(exactly(44), exactly(88)))
        .map(([key, check]) => [`91${key}`, `92${check}`]),
    ),
  })
  .map(({ body, serial, tail }) => {
    const gtin = `${body}${gtinCheckDigit(body)}`
    return { gtin, serial, code: [`01${gtin}21${serial}`, ...tail].join(GS) }
  })

const read = (scanned: string) => {
  const found = readSi(scanned)
  return 'fault' in found ? found.fault : found.code
}

test('a code is read to the same bytes in whatever form a scanner sends it', () => {
  fc.assert(
    fc.property(codes, ({ code, gtin, serial }) => {
      const wanted = { code, gtin, unit: `01${gtin}21${serial}` }
      const asText = code.replaceAll(GS, '<GS>')
      for (const form of [code, `]d2${code}`, `${GS}${code}`, `]d2${GS}${code}`, asText]) {
        assert.deepEqual(readSi(form), wanted)
        assert.ok(isSiLike(form))
      }
      assert.deepEqual(readSi(`<FNC1>${asText}\r\n`), wanted)
    }),
  )
})

test('a code that was typed with the Russian keyboard on is the same code', () => {
  // The name of the symbology has a letter, so that the keyboard is known.
  fc.assert(
    fc.property(codes, ({ code }) => {
      assert.equal(read(asRussianKeys(`]d2${code}`)), code)
      assert.equal(read(asRussianKeys(`]d2${code.replaceAll(GS, '<GS>')}`)), code)
    }),
  )
})

test('separators that a scanner has dropped are put back, or said to be unclear', () => {
  fc.assert(
    fc.property(codes, ({ code }) => {
      const got = read(code.replaceAll(GS, ''))
      assert.ok(got === code || got === 'mark-unclear', got)
    }),
  )
  assert.equal(read(SHOES.replaceAll(GS, '')), SHOES)
  assert.equal(read(milk('abcdefghijklm').replaceAll(GS, '')), milk('abcdefghijklm'))
  // Six characters and a check code, or twelve: nobody can tell.
  assert.equal(read(milk('abc123').replaceAll(GS, '')), 'mark-unclear')
  assert.equal(read(milk('abc123')), milk('abc123'))
})

test('any text is either read to a form that reads to itself, or named as wrong', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        codes.map(({ code }) => code.slice(0, -1)),
      ),
      (text) => {
        const found = readSi(text)
        if (!('fault' in found)) assert.deepEqual(readSi(found.code), found)
      },
    ),
  )
})

test('what is wrong with a code is told by name', () => {
  assert.equal(read('4812345000012'), 'mark-not-gs1')
  assert.equal(read(SHOES.replace('00001221', '00001121')), 'mark-gtin')
  assert.equal(read('0104812345000012'), 'mark-serial')
  assert.equal(read('010481234500001221'), 'mark-serial')
  assert.equal(read(`010481234500001221${'a'.repeat(21)}${GS}93abcd`), 'mark-serial')
  assert.equal(read(`010481234500001221аб1234567890${GS}93abcd`.replace('аб', '€€')), 'mark-serial')
  assert.equal(read(`010481234500001221abcdefghijklm${GS}93abc`), 'mark-part')
  assert.equal(
    read(`010481234500001221abcdefghijklm${GS}91abcd${GS}92${'k'.repeat(43)}`),
    'mark-part',
  )
  assert.equal(read(`010481234500001221abcdefghijklm${GS}55abc`), 'mark-part')
  assert.equal(read(`010481234500001221abcdefghijklm${GS}93abcd${GS}93abcd`), 'mark-part')
  assert.equal(read(`010481234500001221${'a'.repeat(30)}`), 'mark-part')
})

const ukz = `${'1234567890'.repeat(3).slice(0, 27)}ABC`

test('a unified control mark is 27 digits and three letters', () => {
  assert.deepEqual(readUkz(` ${ukz}\r`), { code: ukz })
  assert.deepEqual(readUkz(asRussianKeys(ukz)), { code: ukz })
  assert.deepEqual(readUkz(ukz.toLowerCase()), { code: ukz })
  for (const wrong of ['', ukz.slice(1), `${ukz}A`, ukz.replace('ABC', 'AB1')]) {
    assert.deepEqual(readUkz(wrong), { fault: 'mark-ukz' })
    assert.ok(!isUkzLike(wrong))
  }
  assert.ok(isUkzLike(ukz) && !isSiLike(ukz))
})

test('a unit is the same by any of its codes, whatever stands behind its serial number', () => {
  const si = { si: SHOES, ukz: null }
  assert.ok(isSameUnit(si, { si: SHOES.split(GS)[0] ?? '', ukz }))
  assert.ok(isSameUnit({ si: null, ukz }, { si: milk('x'), ukz }))
  assert.ok(!isSameUnit(si, { si: milk('x'), ukz: null }))
  assert.deepEqual(unitsOf({ si: SHOES, ukz }), [SHOES.split(GS)[0], ukz])
})

test('a shop scans what the law and its exceptions want of it', () => {
  assert.deepEqual(marksNeeded('both', 'all'), { si: true, ukz: true })
  assert.deepEqual(marksNeeded('both', 'si'), { si: true, ukz: false })
  assert.deepEqual(marksNeeded('ukz', 'si'), { si: false, ukz: false })
  assert.deepEqual(marksNeeded('both', 'off'), { si: false, ukz: false })
  assert.deepEqual(marksNeeded('none', 'all'), { si: false, ukz: false })
})

test('the codes that the reader is given to try are read, in both languages', () => {
  for (const page of ['README.md', 'README.ru.md']) {
    const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8')
    const given = [...text.matchAll(/`(01\d{14}21[^`]+)` \| (?:`([^`]+)`|–)/g)]
    assert.equal(given.length, 2, page)
    for (const [, si = '', paper] of given) {
      assert.ok('code' in readSi(si), si)
      assert.ok(paper === undefined || 'code' in readUkz(paper), paper)
    }
  }
})
