import assert from 'node:assert/strict'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { watchDisk } from '#test/disk.ts'
import { makeFolder, moveFile, writeWhole } from './durable-file.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-durable-'))
after(() => rmSync(root, { recursive: true, force: true }))

function recorded(t: TestContext): string[] {
  const calls: string[] = []
  watchDisk(t, (call, path) => {
    calls.push(`${call} ${relative(root, path) || '.'}`)
  })
  return calls
}

test('a folder is made with those above it, and every new name is synced', (t) => {
  const calls = recorded(t)
  makeFolder(join(root, 'a', 'b', 'c'))
  assert.deepEqual(calls.slice(1), [
    'fsyncSync a/b/c',
    'fsyncSync a/b',
    'fsyncSync a',
    'fsyncSync .',
  ])
  assert.equal(statSync(join(root, 'a', 'b', 'c')).mode & 0o777, 0o700)
})

test('a folder made by a process that was killed is synced by the next one', (t) => {
  mkdirSync(join(root, 'left'))
  const calls = recorded(t)
  makeFolder(join(root, 'left'))
  assert.deepEqual(calls.slice(1), ['fsyncSync left', 'fsyncSync .'])
})

test('a file that moves is in the new folder on disk before it is out of the old one', (t) => {
  makeFolder(join(root, 'new'))
  writeWhole(join(root, 'old', 'key'), 'secret')
  const calls = recorded(t)
  moveFile(join(root, 'old', 'key'), join(root, 'new', 'key'))
  const kept = calls.filter((call) => call !== 'rmSync new/key.new')
  assert.deepEqual(kept, [
    'linkSync old/key',
    'renameSync new/key.new',
    'fsyncSync new',
    'rmSync old/key',
    'fsyncSync old',
  ])
  assert.equal(readFileSync(join(root, 'new', 'key'), 'utf8'), 'secret')
})

test('a move that a power cut left half done is done again', () => {
  makeFolder(join(root, 'there'))
  writeWhole(join(root, 'here', 'key'), 'secret')
  linkSync(join(root, 'here', 'key'), join(root, 'there', 'key'))
  moveFile(join(root, 'here', 'key'), join(root, 'there', 'key'))
  assert.equal(existsSync(join(root, 'here', 'key')), false)
  assert.deepEqual(readdirSync(join(root, 'there')), ['key'])
})
