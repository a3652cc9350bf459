import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { strangeField, textFault, valueFault } from './input-fault.ts'

test('a name that stands twice in an object is named by its path', () => {
  const text = '{"lines":[{"price":1},{"price":1,"x":{"price":2},"price":9}]}'
  assert.deepEqual(textFault(text)?.field, 'lines.price')
  assert.equal(textFault('{"a":1,"a":2}')?.fault, 'repeated')
  assert.equal(textFault('{"a":1,"a":2}', { repeats: false }), null)
})

test('a name stands twice however it is written, and another name is another one', () => {
  const spaces = ' '.repeat(40)
  for (const text of [
    '{"kind":"sale","\\u006bind":"deposit"}',
    `{"kind":"sale","kind"${spaces}:"deposit"}`,
    '{"kind"\n\t:"sale","kind":"deposit"}',
  ]) {
    assert.deepEqual(textFault(text), { field: 'kind', fault: 'repeated', facts: {} }, text)
  }
  const long = 'a'.repeat(64)
  assert.equal(textFault(`{"${long}b":1,"${long}c":2}`), null)
  assert.equal(textFault('{"a":"b","b":"a"}'), null)
})

test('whatever JSON is written from a value has nothing wrong in its text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      for (const indent of [0, 2]) {
        assert.equal(textFault(JSON.stringify(value, null, indent) ?? ''), null)
      }
    }),
  )
})

test('texts that look like names, escapes and brackets in texts mislead nobody', () => {
  for (const value of [
    { a: '"a":', b: '\\', c: '{"c":{' },
    ['a', 'a', 'a'],
    { 'a"': 1, a: 2, 'a\\': 3 },
    { a: { a: { a: [] } }, b: [{ a: 1 }, { a: 1 }] },
  ]) {
    assert.equal(textFault(JSON.stringify(value)), null)
  }
})

test('what is nested too deep is refused before anybody parses it', () => {
  for (const open of ['[', '{"a":']) {
    const fault = textFault(open.repeat(100_000))
    assert.deepEqual([fault?.fault, fault?.facts.limit], ['too-deep', 32])
  }
})

test('a text with NUL or half a character is named wherever it stands', () => {
  assert.equal(valueFault({ a: [{ name: 'x\0' }] })?.field, 'a.0.name')
  assert.equal(valueFault({ a: '\ud800' })?.fault, 'unwritable')
  assert.equal(valueFault({ 'a\0': 1 })?.fault, 'unwritable')
  assert.equal(valueFault({ a: ['😀', 'ў', 5, null, true] }), null)
})

test('a field that the contract does not know is named wherever it stands', () => {
  const line = z.object({ price: z.int(), size: z.object({ x: z.int() }).nullish() })
  const schema = z.object({
    lines: z.array(line).max(5).optional(),
    any: z.unknown(),
    loose: z.looseObject({}).default({}),
  })
  assert.equal(
    strangeField(schema, { lines: [{ price: 1 }, { prise: 1 }] })?.field,
    'lines.1.prise',
  )
  assert.equal(strangeField(schema, { lines: [{ size: { y: 1 } }] })?.field, 'lines.0.size.y')
  assert.equal(strangeField(schema, { toString: 1 })?.field, 'toString')
  const known = { lines: [{ price: 1, size: null }], any: { what: 1 }, loose: { what: 1 } }
  assert.equal(strangeField(schema, known), null)
  assert.equal(strangeField(schema, { lines: 'none' }), null)
})

test('a field that no fitting alternative of a union knows is strange', () => {
  const schema = z.object({
    counted: z.union([z.object({ sum: z.int() }), z.object({ name: z.string() }), z.null()]),
  })
  const fieldOf = (counted: unknown) => strangeField(schema, { counted })?.field ?? null
  assert.equal(fieldOf({ sum: 1 }), null)
  assert.equal(fieldOf({ name: 'a' }), null)
  assert.equal(fieldOf(null), null)
  assert.equal(fieldOf({ sum: 1, stranger: 1 }), 'counted.stranger')
  // What fits nowhere is told by the schema itself.
  assert.equal(fieldOf({ other: 1 }), null)
})
