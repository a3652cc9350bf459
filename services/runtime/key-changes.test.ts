import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { followKeys, keyOfDocument } from '#core/key-change.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { newDeviceKey, publicHalf } from './device-keys.ts'
import { writeWhole } from './durable-file.ts'
import {
  announcement,
  changeKey,
  keyCheck,
  keysInFiles,
  openFollowedKeys,
  openKeyring,
  openKeyWatch,
} from './key-changes.ts'
import { silentLog } from './log.ts'
import { openOperatorKey, publicHalfOf } from './operator-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-key-changes-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const BEGIN = Date.UTC(2026, 0)
let count = 0

/** An owner with a key, and somebody who was enrolled while it was the first. */
function aPair() {
  const path = join(folder, `${++count}.pem`)
  const anchors = join(folder, `${count}-enrolled.pem`)
  const file = join(folder, `${count}-followed`)
  const clock = { now: BEGIN }
  const now = () => clock.now
  openOperatorKey(path)
  writeFileSync(anchors, readFileSync(publicHalfOf(path)))
  const owner = openKeyring(path, { owner: 'operator', now })
  const open = () =>
    openFollowedKeys(keysInFiles([anchors], file), {
      owner: 'operator',
      now,
      log: silentLog,
      strange: () => {},
    })
  const believer = open()
  const says = () => owner.key('said')
  const passes = ({ key, signature } = says()) => believer.verify(key, 'said', signature)
  const change = (write = writeWhole) =>
    changeKey(path, { owner: 'operator', now: now(), leadMs: HOUR, overlapMs: 30 * DAY, write })
  const hear = () => believer.heard(owner.changes())
  return { path, file, clock, owner, believer, open, says, passes, change, hear }
}

test('a key gives way to another while both sides are at work, and nobody is disbelieved', () => {
  const { clock, says, passes, change, hear } = aPair()
  const first = says()
  change()
  assert.equal(says().key, first.key)
  assert.ok(passes())
  hear()
  clock.now += HOUR
  assert.notEqual(says().key, first.key)
  assert.ok(passes())
  clock.now += 30 * DAY - 1
  assert.ok(passes(first), 'the former one still counts')
  clock.now += 1
  assert.equal(passes(first), false)
  assert.ok(passes())
})

test('whoever was away for several changes follows them all at once, a start between', () => {
  const { clock, believer, open, says, passes, change, hear } = aPair()
  for (const _ of [1, 2, 3]) {
    change()
    clock.now += 40 * DAY
  }
  assert.equal(passes(), false)
  assert.ok(believer.isWanted())
  hear()
  assert.equal(believer.isWanted(), false)
  assert.ok(passes())
  const { key, signature } = says()
  assert.ok(open().verify(key, 'said', signature))
})

test('whoever is enrolled after a change is told the keys that count, and follows the next', () => {
  const { clock, owner, change } = aPair()
  change()
  assert.equal(owner.publicKeys().match(/BEGIN/g)?.length, 2)
  clock.now += 40 * DAY
  assert.equal(owner.publicKeys().match(/BEGIN/g)?.length, 1)
  const anchors = join(folder, `late-${count}.pem`)
  writeFileSync(anchors, owner.publicKeys())
  const file = `${anchors}.followed`
  const now = () => clock.now
  const late = openFollowedKeys(keysInFiles([anchors], file), {
    owner: 'operator',
    now,
    log: silentLog,
    strange: () => {},
  })
  change()
  late.heard(owner.changes())
  clock.now += HOUR
  const { key, signature } = owner.key('said')
  assert.ok(late.verify(key, 'said', signature))
})

test('an announcement of before, shown again, brings no former key back', () => {
  const { clock, owner, says, passes, change, hear, believer } = aPair()
  const first = says()
  change()
  hear()
  const old = owner.changes()
  clock.now += 40 * DAY
  change()
  hear()
  clock.now += 40 * DAY
  believer.heard(old)
  believer.heard([])
  assert.ok(passes())
  assert.equal(passes(first), false)
})

test('a former key in strange hands names nobody', () => {
  const { path, clock, passes, change, hear, believer } = aPair()
  const stolen = join(folder, `stolen-${count}.pem`)
  writeFileSync(stolen, readFileSync(path))
  writeFileSync(publicHalfOf(stolen), readFileSync(publicHalfOf(path)))
  change()
  hear()
  const now = () => clock.now
  const thief = openKeyring(stolen, { owner: 'operator', now })
  changeKey(stolen, { owner: 'operator', now: now(), leadMs: 0, overlapMs: 30 * DAY })
  believer.heard(thief.changes())
  clock.now += HOUR
  const { key, signature } = thief.key('said')
  assert.equal(believer.verify(key, 'said', signature), false)
  assert.ok(passes())
})

test('what one owner announces counts for no other', () => {
  const { path, clock, passes, hear } = aPair()
  changeKey(path, { owner: 'office', now: clock.now, leadMs: 0, overlapMs: DAY })
  hear()
  assert.equal(passes(), false)
})

test('killed at any step of a change, both go on, and the change is done again', () => {
  for (const killedAt of [1, 2, 3]) {
    const { clock, passes, change, hear } = aPair()
    let left = killedAt
    const dies = (path: string, text: string) => {
      left -= 1
      if (left === 0) throw new Error('killed')
      writeWhole(path, text)
    }
    assert.throws(() => change(dies), /killed/)
    hear()
    assert.ok(passes(), `killed at step ${killedAt}`)
    clock.now += MINUTE
    assert.ok(change())
    hear()
    clock.now += HOUR
    assert.ok(passes(), `after step ${killedAt}`)
  }
})

test('a key that would begin before the one that it follows is not believed', () => {
  const [first, second, third] = [newDeviceKey(), newDeviceKey(), newDeviceKey()]
  const at = (from: number) => ({ owner: 'device D1', from, until: from }) as const
  const changes = [announcement(at(100), first, second), announcement(at(80), second, third)]
  const anchors = new Map([[keyCheck.idOf(publicHalf(first)) ?? '', publicHalf(first)]])
  const { keys } = followKeys(anchors, changes, { owner: 'device D1', check: keyCheck })
  assert.equal(keyOfDocument(keys, 90), publicHalf(first))
  assert.equal(keyOfDocument(keys, 100), publicHalf(second))
})

test('a second change waits until the first has begun', () => {
  const { clock, change } = aPair()
  assert.ok(change())
  assert.equal(change(), null)
  clock.now += HOUR
  assert.ok(change())
})

test('a damaged memory of what was followed is asked for again', () => {
  const { clock, file, open, owner, says, change, hear } = aPair()
  change()
  hear()
  clock.now += HOUR
  writeFileSync(file, '{')
  const believer = open()
  const { key, signature } = says()
  assert.equal(believer.verify(key, 'said', signature), false)
  believer.heard(owner.changes())
  assert.ok(believer.verify(key, 'said', signature))
})

test('announcements are asked for at once when a strange key is named, else rarely', async () => {
  const { clock, owner, believer, passes, change } = aPair()
  let asked = 0
  let isUp = false
  const send: Send = async () => {
    if (!isUp) return { unsent: 'the line is cut' }
    asked += 1
    return { status: 200, body: JSON.stringify({ changes: owner.changes() }) }
  }
  let elapsed = 0
  const { step } = openKeyWatch(believer, { send, elapsed: () => elapsed })
  const pass = async (ms: number) => {
    elapsed += ms
    clock.now += ms
    await step()
  }
  await pass(0)
  change()
  await pass(HOUR)
  assert.equal(asked, 0, 'what is lost is asked for again')
  isUp = true
  await pass(MINUTE)
  assert.deepEqual([asked, passes()], [1, true])
  await pass(MINUTE)
  assert.equal(asked, 1)
  clock.now += 40 * DAY
  change()
  clock.now += HOUR
  assert.equal(passes(), false)
  await pass(3000)
  assert.deepEqual([asked, passes()], [2, true])
})
