import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scanTold, takenId, takePassed } from './passed-scans.ts'

test('a code that is passed is scanned once, and its answer names it', () => {
  const codes: string[] = []
  const answer = takePassed(scanTold('7', '0104810206003413\u001d21'), (code) => codes.push(code))
  assert.deepEqual(codes, ['0104810206003413\u001d21'])
  assert.equal(takenId(answer), '7')
})

test('what else windows say scans nothing', () => {
  for (const said of [null, 'scan', {}, { zpos: 'scan' }, { zpos: 'scan', id: 1, code: '1' }]) {
    assert.equal(takePassed(said, assert.fail), undefined)
    assert.equal(takenId(said), null)
  }
})
