import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openLogFile } from './log-file.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-log-'))
after(() => rmSync(root, { recursive: true, force: true }))

test('a log is turned over while it is written, and the oldest goes', () => {
  const log = openLogFile(join(root, 'a.log'), { longest: 100, kept: 2 })
  for (let n = 0; n < 100; n++) log.write(`${String(n).padStart(9, '0')}\n`)
  const names = readdirSync(root).sort()
  assert.deepEqual(names, ['a.log', 'a.log.1', 'a.log.2'])
  for (const name of names) assert.ok(statSync(join(root, name)).size <= 100)
  const lines = ['a.log.2', 'a.log.1', 'a.log'].flatMap((name) =>
    readFileSync(join(root, name), 'utf8').trimEnd().split('\n').map(Number),
  )
  assert.deepEqual(
    lines,
    lines.map((_, i) => 100 - lines.length + i),
  )
  assert.equal(log.tail(2), '000000098\n000000099')
})

test('a line is not parted, and one without an end is not kept for ever', () => {
  const log = openLogFile(join(root, 'b.log'), { longest: 1_000_000, kept: 1 })
  log.write('first ')
  assert.equal(log.tail(1), 'first')
  log.write('line\nnext')
  assert.equal(readFileSync(log.path, 'utf8'), 'first line\n')
  log.write('x'.repeat(70_000))
  assert.equal(statSync(log.path).size, 70_015)
})

test('a folder that takes nothing fails nobody, and the lines lost are told afterwards', () => {
  const folder = join(root, 'later')
  const log = openLogFile(join(folder, 'c.log'), { longest: 1000, kept: 1 })
  for (let n = 0; n < 3; n++) log.write('nobody reads this\n')
  mkdirSync(folder)
  log.write('here\n')
  assert.deepEqual(readFileSync(log.path, 'utf8').trim().split('\n'), ['{"lost":3}', 'here'])
})
