import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { paper } from '#core/api/stand.ts'
import { watchDisk } from '#test/disk.ts'
import { openRoll } from './roll.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-tape-'))
after(() => rmSync(root, { recursive: true, force: true }))

test('a paper that the disk does not take has not come out, and the next one does', (t) => {
  const path = join(root, 'paper.jsonl')
  const told: number[] = []
  const tape = openRoll(path, paper, ({ number }) => told.push(number))
  const saying = (line: string) => ({ job: null, at: 1, lines: [line] })
  tape.append(saying('first'))
  let full = true
  watchDisk(t, (call, at) => {
    if (!full || call !== 'fsyncSync' || at !== path) return
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })
  assert.throws(() => tape.append(saying('lost')), /no space/)
  // As where the disk had room for the half of it.
  appendFileSync(path, '{"number":2,"jo')
  full = false
  tape.append(saying('second'))
  assert.deepEqual(told, [1, 2])
  const lines = (pieces: ReturnType<typeof tape.shown>) => pieces.map((each) => each.lines[0])
  assert.deepEqual(lines(tape.shown()), ['first', 'second'])
  assert.deepEqual(openRoll(path, paper, () => {}).shown(), tape.shown())
})
