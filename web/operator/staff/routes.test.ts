import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf } from '#web/ui/address.ts'
import { type FleetFilter, sectionOf, staffRouteOf } from './routes.ts'

const everything: FleetFilter = { search: '', state: '', unp: '' }

test('an address without words is the overview', () => {
  for (const hash of ['', '#', '#/', '#/overview']) {
    assert.deepEqual(staffRouteOf(hash), { at: 'overview' }, hash)
  }
})

test('an address that makes no sense is all registers', () => {
  for (const hash of ['#/fleet', '#/nowhere', '#/fleet/no', '#/fleet?state=no']) {
    assert.deepEqual(staffRouteOf(hash), { at: 'fleet', filter: everything }, hash)
  }
})

test('a filter lives in the address and comes back from it', () => {
  const filter: FleetFilter = { search: 'ООО «Лён» & 5 %', state: 'forked', unp: '191000002' }
  assert.deepEqual(staffRouteOf(addressOf('fleet', filter)), { at: 'fleet', filter })
  assert.equal(addressOf('fleet', everything), '#/fleet')
})

test('a register has an address of its own in the section of registers', () => {
  const route = staffRouteOf('#/fleet/100000001')
  assert.deepEqual(route, { at: 'register', register: 100_000_001 })
  assert.equal(sectionOf(route), 'fleet')
})
