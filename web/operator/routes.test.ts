import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cabinetRu } from '#core/words/cabinet/ru.ts'
import { type Filter, faultsOf, hashOf, requestOf, routeOf } from './routes.ts'

const { faults } = cabinetRu.list
const request = (filter: Filter) => requestOf(filter, faults)

const WHOLE = '#/documents'
const filterIn = (hash: string) => {
  const route = routeOf(hash)
  return route.at === 'documents' ? route.filter : assert.fail(route.at)
}

test('an address without words is the whole list', () => {
  for (const hash of ['#/documents', '#/documents?', '#/nowhere']) {
    assert.deepEqual(request(filterIn(hash)), {})
  }
})

test('a filter lives in the address and comes back from it', () => {
  const filter = { ...filterIn(WHOLE), sum: '12,50', uid: '00AA 11', kind: 'sale' }
  assert.deepEqual(filterIn(hashOf(filter)), filter)
})

test('the request takes what is typed as it is meant', () => {
  assert.deepEqual(request(filterIn('#/documents?sum=12,5&number=+7+&kind=sale')), {
    sum: 1250,
    number: 7,
    kind: 'sale',
  })
  const moment = '#/documents?day=2026-11-23&time=+9:05+'
  assert.deepEqual(request(filterIn(moment)), { day: '2026-11-23', time: '9:05' })
  assert.deepEqual(request(filterIn('#/documents?uid=+e0cc+03')), { uid: 'E0CC03' })
  assert.deepEqual(request(filterIn('#/documents?kind=nothing&uid=+')), {})
})

test('a field that makes no sense is named, and nothing is asked for', () => {
  const day = '2026-11-23'
  for (const [name, text] of [
    ['number', '7a'],
    ['number', '0'],
    ['number', '3000000000'],
    ['sum', 'a'],
    ['sum', '1,234'],
    ['time', '25:00'],
    ['time', '10'],
    ['uid', 'не УИ'],
    ['uid', '0'.repeat(25)],
  ] as const) {
    const filter = { ...filterIn(WHOLE), day, [name]: text }
    assert.deepEqual(Object.keys(faultsOf(filter, faults)), [name], text)
    assert.equal(request(filter), null, text)
  }
  const noDay = { ...filterIn(WHOLE), time: '10:15' }
  assert.deepEqual(faultsOf(noDay, faults), { time: faults.dayMissing })
  assert.equal(request(noDay), null)
})

test('a document, the registers and the first page have addresses of their own', () => {
  for (const hash of ['', '#', '#/', '#/home']) assert.deepEqual(routeOf(hash), { at: 'home' })
  assert.deepEqual(routeOf('#/documents/00AA'), { at: 'document', uid: '00AA' })
  assert.deepEqual(routeOf('#/registers'), { at: 'registers' })
  assert.deepEqual(routeOf('#/connect'), { at: 'connect', code: '' })
  const brought = { at: 'connect', code: 'BCDF-GHJK' }
  assert.deepEqual(routeOf('#/connect?code=BCDF-GHJK'), brought)
})
