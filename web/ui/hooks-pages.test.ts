import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begun } from './hooks-pages.ts'

type Row = { id: number; name: string }
const idOf = ({ id }: Row) => `${id}`
const rows = (...ids: number[]): Row[] => ids.map((id) => ({ id, name: `n${id}` }))
const shown = (...ids: number[]) => ({
  rows: rows(...ids),
  next: 'behind' as string | null,
  told: undefined,
  search: 's',
})
const put = (page: { rows: Row[]; next: string | null }, old: ReturnType<typeof shown>) =>
  begun({ page, search: 's' }, old, idOf)

test('a page that says nothing new leaves the list itself as it was', () => {
  const old = shown(1, 2, 3, 4)
  assert.equal(put({ rows: rows(1, 2), next: 'after 2' }, old), old)
})

test('news stand before what was shown, whose rows stay the same ones', () => {
  const old = shown(1, 2, 3, 4)
  const now = put({ rows: rows(9, 1), next: 'after 1' }, old)
  assert.deepEqual(
    now.rows.map(({ id }) => id),
    [9, 1, 2, 3, 4],
  )
  assert.deepEqual(now.rows.slice(1), old.rows)
  assert.equal(now.rows[1], old.rows[0])
  assert.equal(now.next, 'behind')
})

test('a row that says something else is another one', () => {
  const old = shown(1, 2)
  const now = put({ rows: [{ id: 1, name: 'changed' }, ...rows(2)], next: null }, old)
  assert.equal(now.rows[0]?.name, 'changed')
  assert.equal(now.rows[1], old.rows[1])
})

test('rows that are gone are gone, at the end of the list too', () => {
  assert.equal(put({ rows: rows(1), next: null }, shown(1, 2)).rows.length, 1)
  assert.equal(put({ rows: [], next: null }, shown(1, 2)).rows.length, 0)
})

test('another search begins the list anew', () => {
  const now = begun({ page: { rows: rows(5), next: null }, search: 't' }, shown(1, 2), idOf)
  assert.deepEqual(now, { rows: rows(5), next: null, told: undefined, search: 't' })
})

test('what is told in place of a page stands beneath what was shown', () => {
  const old = shown(1, 2)
  const now = begun<Row, string>({ page: { told: 'silent' }, search: 's' }, old, idOf)
  assert.deepEqual([now.rows, now.told], [old.rows, 'silent'])
})
