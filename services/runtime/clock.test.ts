import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { HOUR } from '#core/time.ts'
import { openClock, systemClock } from './clock.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-clock-'))
after(() => rmSync(data, { recursive: true, force: true }))
let files = 0
const newPath = () => join(data, `offset-${++files}`)

/** The clock's lead over the machine's, to a second. */
const lead = ({ now }: { now: () => number }): number => Math.round((now() - Date.now()) / 1000)

/** As the stand writes it: whole or not at all. */
function put(path: string, text: string): void {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

test('without a path the clock is the machine’s', () => {
  assert.equal(openClock(undefined), systemClock)
  assert.equal(lead(openClock(newPath())), 0)
})

test('every clock over the file sees a new offset at once', () => {
  const path = newPath()
  const clocks = [openClock(path), openClock(path)]
  for (const hours of [1, 25, 26]) {
    put(path, `${hours * HOUR}\n`)
    assert.deepEqual(clocks.map(lead), [hours * 3600, hours * 3600])
  }
  assert.equal(lead(openClock(path)), 26 * 3600, 'and so does one opened later')
})

test('the offset never shrinks: less, garbage and a lost file change nothing', () => {
  const path = newPath()
  put(path, String(25 * HOUR))
  const clock = openClock(path)
  assert.equal(lead(clock), 25 * 3600)
  for (const text of ['3600000', '', 'вчера', '-1', '1e9', '99.5', '9'.repeat(16)]) {
    put(path, text)
    assert.equal(lead(clock), 25 * 3600, text)
  }
  rmSync(path)
  assert.equal(lead(clock), 25 * 3600)
  put(path, String(26 * HOUR))
  assert.equal(lead(clock), 26 * 3600, 'it is read again')
})

test('a path that leads nowhere gives the machine’s time', () => {
  assert.equal(lead(openClock(join(data, 'no', 'such', 'folder'))), 0)
})
