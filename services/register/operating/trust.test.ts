import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRecheck, openTrust } from './trust.ts'

test('who failed a check is named until an answer of his passes, and told once', () => {
  let told = 0
  const trust = openTrust(() => {
    told += 1
  })
  trust.checked('sko', true)
  assert.deepEqual([trust.distrusted(), told], [[], 0])
  trust.checked('bank', false)
  trust.checked('sko', false)
  trust.checked('sko', false)
  assert.deepEqual([trust.distrusted(), told], [['sko', 'bank'], 2])
  trust.checked('bank', true)
  trust.checked('operator', true)
  assert.deepEqual([trust.distrusted(), told], [['sko'], 3])
})

test('who failed a check is asked again until he passes, and nobody else is', async () => {
  const trust = openTrust(() => {})
  const asked: string[] = []
  const answers = (who: 'operator' | 'bank' | 'office', passed: () => boolean) => async () => {
    asked.push(who)
    trust.checked(who, passed())
  }
  let isBack = false
  const recheck = openRecheck(trust, {
    operator: answers('operator', () => isBack),
    bank: answers('bank', () => true),
    office: answers('office', () => true),
  })
  await recheck()
  trust.checked('sko', false)
  trust.checked('operator', false)
  await recheck()
  assert.deepEqual([asked, trust.distrusted()], [['operator'], ['sko', 'operator']])
  isBack = true
  await recheck()
  await recheck()
  assert.deepEqual([asked, trust.distrusted()], [['operator', 'operator'], ['sko']])
})
