import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { after, test } from 'node:test'
import { root } from './part.ts'
import { testFiles } from './test-files.ts'
import { grouped } from './test-groups.ts'

const folder = join('dist', 'test', `groups-of-test-${process.pid}`)
after(() => rmSync(join(root, folder), { recursive: true, force: true }))

const membersOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^import '(.*)'$/gm)].map(([, to = '']) =>
    relative(root, join(root, dirname(file), to)),
  )

test('every file is run once, and few processes do it', () => {
  const { units } = testFiles([])
  const run = grouped(units, folder)
  const all = run.flatMap((file) => (units.includes(file) ? [file] : membersOf(file)))
  assert.deepEqual(all.sort(), [...units].sort())
  assert.ok(run.length < units.length / 2)
})

test('a file that hooks its process has it alone, and so has one that is asked for alone', () => {
  const hooked = 'services/runtime/clock.test.ts'
  assert.ok(grouped(testFiles(['services']).units, folder).includes(hooked))
  assert.deepEqual(grouped(['core/time.test.ts'], folder), ['core/time.test.ts'])
})
