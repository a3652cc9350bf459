import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actReasonIn } from './trail.ts'

test('an act tells a role by its name in each language, and a reason as it was typed', () => {
  const told = (what: string, reason: string | null) => actReasonIn('ru', { what, reason })
  assert.equal(told('staff-invited', 'supervisor'), 'Старший')
  assert.equal(
    told('staff-role', 'administrator: за старшего: отпуск'),
    'Администратор: за старшего: отпуск',
  )
  assert.equal(told('person-changed', 'accountant'), 'Бухгалтер')
  assert.equal(actReasonIn('en', { what: 'person-invited', reason: 'viewer' }), 'Viewer')
  assert.equal(told('staff-disabled', 'support'), 'support')
  assert.equal(told('staff-invited', 'новая ссылка'), 'новая ссылка')
  assert.equal(told('staff-invited', 'constructor'), 'constructor')
  assert.equal(told('warn', null), '')
})
