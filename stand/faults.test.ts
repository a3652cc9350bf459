import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Faults, type FaultWish, standApi, switchName } from '#core/api/stand.ts'
import { HOUR } from '#core/time.ts'
import { openClock } from '#services/runtime/clock.ts'
import { clockOffsetPath, openFaults } from './faults.ts'
import { openPulledDevice } from './pulled-device.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-faults-'))
after(() => rmSync(root, { recursive: true, force: true }))
let folders = 0

const none: Faults = {
  'sko.unplugged': { on: false },
  'sko.answer-lost': { count: 0 },
  'sko.request-lost': { count: 0 },
  'internet.down': { on: false },
  'operator.down': { on: false },
  'billing.down': { on: false },
  'bank.answer-lost': { count: 0 },
  'bank.request-lost': { count: 0 },
  'bank.decline': { code: null },
  'billing.state': { state: 'ok' },
  'printer.no-paper': { on: false },
  clock: { advanceHours: 0 },
}

/** Faults over a new data folder with one device; `again` opens them as a restarted stand does. */
function opened() {
  const data = join(root, String(++folders))
  mkdirSync(join(data, 'sko', 'keys'), { recursive: true })
  const key = join(data, 'sko', 'keys', 'AVQ1.pem')
  writeFileSync(key, 'the only key')
  let changes = 0
  const again = () =>
    openFaults(data, {
      device: openPulledDevice(data, 'AVQ1'),
      changed: () => void changes++,
    })
  return { data, key, faults: again(), again, changes: () => changes }
}

/** A fault as the contract reads it; the field that is wrong, when one is. */
function wish(name: string, body: object): FaultWish | string {
  const read = standApi.fault.input.safeParse({ ...body, name })
  return read.success ? read.data : String(read.error.issues[0]?.path.join('.'))
}
const set = ({ set }: ReturnType<typeof openFaults>, name: string, body: object) => {
  const wished = wish(name, body)
  return typeof wished === 'string' ? assert.fail(wished) : set(wished)
}

test('a fault takes its own fields and no other', () => {
  for (const [name, body, field] of [
    ['sko.on-fire', { on: true }, 'name'],
    ['bank.decline', {}, 'code'],
    ['bank.decline', { code: '777' }, 'code'],
    ...(['000', '001', '002', '006', '400', '501', '911', '913', '923'] as const).map(
      (code) => ['bank.decline', { code }, 'code'] as const,
    ),
    ['bank.decline', { on: true }, 'on'],
    ['bank.answer-lost', { code: '126' }, 'code'],
    ['sko.unplugged', {}, 'on'],
    ['sko.unplugged', { on: 1 }, 'on'],
    ['sko.unplugged', { count: 1 }, 'count'],
    ['internet.down', { on: true, since: 5 }, 'since'],
    ['sko.answer-lost', { on: true }, 'on'],
    ['sko.answer-lost', { count: -1 }, 'count'],
    ['sko.request-lost', { count: 1.5 }, 'count'],
    ['clock', {}, 'advanceHours'],
    ['clock', { advanceHours: -1 }, 'advanceHours'],
    ['clock', { advanceHours: '1' }, 'advanceHours'],
    ['clock', { advanceSeconds: 1e12 }, 'advanceSeconds'],
  ] as const) {
    assert.equal(wish(name, body), field, `${name} ${JSON.stringify(body)}`)
  }
})

test('each switch is turned on and off by itself, and outlives the stand', () => {
  const { faults, again, changes } = opened()
  assert.deepEqual(faults.bodies(), none)
  for (const [place, name] of switchName.options.entries()) {
    set(faults, name, { on: true })
    set(faults, name, { on: true })
    assert.deepEqual(faults.bodies(), { ...none, [name]: { on: true } })
    assert.ok(faults.isOn(name))
    assert.deepEqual(again().bodies(), faults.bodies())
    set(faults, name, { on: false })
    assert.deepEqual(faults.bodies(), none)
    assert.equal(changes(), 3 * (place + 1))
  }
})

test('how it stands with billing is wished, arranged by somebody else, and kept', () => {
  const { faults, again } = opened()
  assert.deepEqual(faults.billing(), { state: 'ok', told: false }, 'a shop begins in good order')
  set(faults, 'billing.state', { state: 'ending' })
  assert.deepEqual(again().billing(), { state: 'ending', told: false })
  faults.billingIs('ending')
  assert.deepEqual(again().billing(), { state: 'ending', told: true })
  assert.deepEqual(again().bodies(), { ...none, 'billing.state': { state: 'ending' } })
  faults.reset()
  assert.deepEqual(faults.billing(), { state: 'ok', told: false })
  faults.billingIs('ok')
  faults.reset()
  assert.deepEqual(faults.billing(), { state: 'ok', told: true }, 'nothing is to be arranged')
})

test('a device pulled out is its key file gone, and the same file comes back', () => {
  const { faults, again, key } = opened()
  set(faults, 'sko.unplugged', { on: true })
  assert.ok(!existsSync(key))
  const restarted = again()
  assert.ok(restarted.isOn('sko.unplugged'))
  set(restarted, 'sko.unplugged', { on: true })
  set(restarted, 'sko.unplugged', { on: false })
  assert.equal(readFileSync(key, 'utf8'), 'the only key')
})

test('a count is spent one at a time, and what is spent stays spent', () => {
  const { faults, again } = opened()
  set(faults, 'sko.answer-lost', { count: 2 })
  assert.ok(!faults.spend('sko.request-lost'))
  assert.ok(faults.spend('sko.answer-lost'))
  const restarted = again()
  assert.deepEqual(restarted.bodies(), { ...none, 'sko.answer-lost': { count: 1 } })
  assert.ok(restarted.spend('sko.answer-lost'))
  assert.ok(!restarted.spend('sko.answer-lost'))
  assert.deepEqual(again().bodies(), none)
  set(restarted, 'bank.answer-lost', { count: 1 })
  assert.ok(!restarted.spend('sko.answer-lost'))
  assert.ok(restarted.spend('bank.answer-lost'))
  set(restarted, 'sko.answer-lost', { count: 5 })
  set(restarted, 'sko.answer-lost', { count: 0 })
  assert.ok(!restarted.spend('sko.answer-lost'))
})

test('what the bank is to decline is told once, and afterwards the bank is believed', () => {
  const { faults, again, data } = opened()
  assert.deepEqual(faults.decline(), { code: null, told: true })
  set(faults, 'bank.decline', { code: '126' })
  assert.deepEqual(again().decline(), { code: '126', told: false })
  faults.declineIs('126')
  assert.deepEqual(faults.bodies(), { ...none, 'bank.decline': { code: '126' } })
  assert.deepEqual(again().decline(), { code: '126', told: true })
  faults.declineIs(null)
  assert.deepEqual(faults.bodies(), none)
  faults.reset()
  assert.ok(faults.decline().told, 'there is nothing to take back')
  set(faults, 'bank.decline', { code: '116' })
  faults.reset()
  assert.deepEqual(again().decline(), { code: null, told: false })
  // As a stand before it wrote them.
  const old = { on: ['operator.down'], left: { 'sko.answer-lost': 2, 'sko.request-lost': 0 } }
  writeFileSync(join(data, 'stand', 'faults.json'), JSON.stringify({ ...old, clockFrom: 0 }))
  const kept = { 'operator.down': { on: true }, 'sko.answer-lost': { count: 2 } }
  assert.deepEqual(again().bodies(), { ...none, ...kept })
})

test('the clock goes forward by what is added, and every process reads it', () => {
  const { data, faults, again } = opened()
  const { now } = openClock(clockOffsetPath(data))
  const lead = () => Math.round((now() - Date.now()) / 1000)
  set(faults, 'clock', { advanceHours: 25 })
  set(faults, 'clock', { advanceHours: 1, advanceSeconds: 61 })
  assert.equal(lead(), 26 * 3600 + 61)
  const ahead = { ...none, clock: { advanceHours: 26, advanceSeconds: 61 } }
  assert.deepEqual(faults.bodies(), ahead)
  assert.deepEqual(again().bodies(), ahead)
})

test('a kept code that is no refusal any more is taken back alone', () => {
  const { data, faults, again } = opened()
  set(faults, 'internet.down', { on: true })
  set(faults, 'bank.decline', { code: '126' })
  const path = join(data, 'stand', 'faults.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"126"', '"911"'))
  const restarted = again()
  assert.ok(restarted.isOn('internet.down'))
  assert.deepEqual(restarted.decline(), { code: null, told: false })
})

test('a reset takes all faults away and leaves the time that was reached (0011)', () => {
  const { data, faults, again, key } = opened()
  for (const name of switchName.options) set(faults, name, { on: true })
  set(faults, 'sko.answer-lost', { count: 3 })
  set(faults, 'bank.request-lost', { count: 3 })
  set(faults, 'bank.decline', { code: '126' })
  set(faults, 'clock', { advanceHours: 25 })
  faults.reset()
  assert.deepEqual(faults.bodies(), none)
  assert.deepEqual(again().bodies(), none)
  assert.ok(existsSync(key))
  assert.equal(readFileSync(clockOffsetPath(data), 'utf8'), String(25 * HOUR))
  const restarted = again()
  set(restarted, 'clock', { advanceHours: 2 })
  assert.deepEqual(restarted.bodies().clock, { advanceHours: 2 })
  assert.equal(readFileSync(clockOffsetPath(data), 'utf8'), String(27 * HOUR))
})

test('a clock that would leave the century stays where it is', () => {
  const { faults } = opened()
  const decade = { advanceHours: 87_600 }
  for (let passed = 0; passed < 10; passed++) {
    assert.equal(set(faults, 'clock', decade).kind, 'done')
  }
  const before = faults.bodies()
  const refused = set(faults, 'clock', decade)
  assert.ok(refused.kind === 'invalid' && refused.field === 'advanceHours')
  assert.deepEqual(faults.bodies(), before)
})
