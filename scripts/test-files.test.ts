import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './part.ts'
import { mixed, testFiles } from './test-files.ts'

const core = 'core/time.test.ts'
const browser = 'test/e2e/n2-shift.e2e.ts'

test('a file, by a glob and from the root of the disk too, is that file and needs nothing', () => {
  for (const path of [core, 'core/tim?.test.ts', join(root, core)]) {
    const { units, browser, postgres, pages, empty } = testFiles([path])
    assert.deepEqual([units, browser, postgres, pages, empty], [[core], [], false, false, []], path)
  }
})

test('a folder is all tests below it, each once', () => {
  const { units, browser } = testFiles(['core', 'core/api', core])
  assert.ok(units.includes(core) && units.some((file) => file.startsWith('core/api/')))
  assert.equal(new Set(units).size, units.length)
  assert.ok(units.every((file) => file.startsWith('core/')))
  assert.deepEqual(browser, [])
})

test('a browser and a stand need the pages, a suite over a server needs PostgreSQL', () => {
  const inBrowser = testFiles([browser])
  assert.deepEqual([inBrowser.browser, inBrowser.pages, inBrowser.opened], [[browser], true, true])
  assert.ok(testFiles(['stand/stand.test.ts']).pages)
  assert.ok(testFiles(['stand/bank.test.ts']).opened)
  const { postgres, pages, opened } = testFiles(['services/operator/store.db.test.ts'])
  assert.deepEqual([postgres, pages, opened], [true, false, false])
})

test('what has no tests is told', () => {
  assert.deepEqual(testFiles(['core/money.ts', 'no/such', core]).empty, [
    'core/money.ts',
    'no/such',
  ])
})

test('without a path it is everything, the rooms with long tests before the others', () => {
  const { units, browser, postgres, pages, empty } = testFiles([])
  assert.deepEqual([postgres, pages, empty], [true, true, []])
  assert.ok(browser.length > 20 && units.length > 80)
  assert.ok(units.indexOf('sim/sim.test.ts') < units.indexOf(core))
})

test('browsers that tell most are begun first, and others beside them all the way', () => {
  const { browser } = testFiles([])
  assert.ok(
    browser.indexOf('test/e2e/together/red.e2e.ts') < browser.indexOf('test/e2e/faults.e2e.ts'),
  )
  assert.deepEqual(mixed(['A', 'B'], ['1', '2', '3', '4']), ['1', 'A', '2', '3', 'B', '4'])
  assert.deepEqual(mixed([], ['1', '2']), ['1', '2'])
})
