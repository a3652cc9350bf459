import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isUnp } from '#core/document/unp.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { openPulledDevice } from '../pulled-device.ts'
import { prepareByHand, prepareDemo } from './enrolment.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-enrolment-'))
after(() => rmSync(data, { recursive: true, force: true }))
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

test('two devices are enrolled, and only the till’s asks for a credential', () => {
  const made = prepareByHand(data)
  const [till, free] = read(made.byHand.devices)
  assert.equal(till.serial, made.tillDevice)
  assert.equal(till.credentialSha256, sha256(readFileSync(made.byHand.credential, 'utf8')))
  assert.equal(free.credentialSha256, undefined)
  assert.ok(isUnp(till.unp))
})

test('the operator knows the public half of each device’s key', () => {
  const { operatorSeed } = prepareByHand(data)
  for (const { serial, publicKey } of read(operatorSeed).devices) {
    const pem = readFileSync(join(data, 'sko', 'keys', `${serial}.pem`), 'utf8')
    const own = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' })
    assert.equal(publicKey, own)
  }
})

test('a second preparation changes nothing', () => {
  const before = prepareByHand(data)
  const texts = [before.byHand.devices, before.byHand.credential, before.operatorSeed].map((path) =>
    readFileSync(path, 'utf8'),
  )
  const again = prepareByHand(data)
  assert.deepEqual(
    [again.byHand.devices, again.byHand.credential, again.operatorSeed].map((path) =>
      readFileSync(path, 'utf8'),
    ),
    texts,
  )
})

test('secrets are readable by their owner alone', () => {
  const { byHand, tillDevice } = prepareByHand(data)
  assert.equal(statSync(byHand.credential).mode & 0o777, 0o600)
  assert.equal(statSync(join(data, 'sko', 'keys', `${tillDevice}.pem`)).mode & 0o777, 0o600)
  assert.equal(statSync(data).mode & 0o777, 0o700)
})

test('a device pulled out keeps its key: no new one is made in its place', () => {
  const { operatorSeed, tillDevice } = prepareByHand(data)
  const before = readFileSync(operatorSeed, 'utf8')
  const key = join(data, 'sko', 'keys', `${tillDevice}.pem`)
  renameSync(key, `${key}.away`)
  prepareByHand(data)
  assert.equal(readFileSync(operatorSeed, 'utf8'), before)
  assert.throws(() => statSync(key))
  renameSync(`${key}.away`, key)
})

test('a device pulled out by the stand is known by its key, even to a new operator', () => {
  const { operatorSeed, tillDevice } = prepareByHand(data)
  const before = readFileSync(operatorSeed, 'utf8')
  const device = openPulledDevice(data, tillDevice)
  device.pullOut()
  rmSync(operatorSeed)
  prepareByHand(data)
  assert.equal(readFileSync(operatorSeed, 'utf8'), before)
  assert.ok(device.isPulledOut())
  device.plugIn()
  prepareByHand(data)
  assert.equal(readFileSync(operatorSeed, 'utf8'), before)
})

test('a folder of a version before goes on by its lists', () => {
  const before = prepareByHand(data)
  const text = readFileSync(before.operatorSeed, 'utf8')
  assert.deepEqual(prepareDemo(data), before)
  assert.equal(readFileSync(before.operatorSeed, 'utf8'), text)
})

test('a new folder has no keys, no secret and no device at the operator', (t) => {
  const empty = mkdtempSync(join(tmpdir(), 'zpos-enrolment-'))
  t.after(() => rmSync(empty, { recursive: true, force: true }))
  const { byHand, operatorSeed, serials, tillDevice } = prepareDemo(empty)
  assert.equal(byHand, null)
  assert.deepEqual(read(operatorSeed).devices, [])
  assert.equal(serials[0], tillDevice)
  assert.deepEqual(readdirSync(join(empty, 'sko')), [])
  assert.deepEqual(readdirSync(join(empty, 'register')), ['terminal-key'])
})
