import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationId } from './id.ts'

test('one id has one form', () => {
  const id = '0197c1f0-9d3a-7c2e-8a44-0123456789ab'
  assert.equal(operationId(id.toUpperCase()), id)
  assert.equal(operationId(id), id)
})

test('what is no UUID is no id', () => {
  const id = '0197c1f0-9d3a-7c2e-8a44-0123456789ab'
  for (const wrong of ['', ` ${id}`, `${id}0`, id.replaceAll('-', ''), id.replace('a', 'g')]) {
    assert.equal(operationId(wrong), null, wrong)
  }
})
