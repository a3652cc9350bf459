import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, hashOf, requestOf, routeOf } from './routes.ts'

const filterIn = (hash: string) => {
  const route = routeOf(hash)
  return route.at === 'documents' ? route.filter : assert.fail(route.at)
}

test('an address without words is the whole list', () => {
  for (const hash of ['', '#', '#/', '#/documents', '#/nowhere']) {
    assert.deepEqual(requestOf(filterIn(hash)), {})
  }
})

test('a filter lives in the address and comes back from it', () => {
  const filter = { ...filterIn(''), sum: '12,50', uid: '00AA 11', kind: 'sale' }
  assert.deepEqual(filterIn(hashOf(filter)), filter)
})

test('the request takes typed sums as kopecks and leaves out what makes no sense yet', () => {
  assert.deepEqual(requestOf(filterIn('#/documents?sum=12,5&number=7&kind=sale')), {
    ...{ sum: 1250, number: 7, kind: 'sale' },
  })
  const typing = filterIn('#/documents?sum=12,&number=7a&kind=nothing')
  assert.deepEqual(requestOf({ ...typing, sum: 'a' }), {})
  assert.deepEqual(Object.keys(faultsOf({ ...typing, sum: 'a' })), ['number', 'sum'])
})

test('a document and the registers have addresses of their own', () => {
  assert.deepEqual(routeOf('#/documents/00AA'), { at: 'document', uid: '00AA' })
  assert.deepEqual(routeOf('#/registers'), { at: 'registers' })
})
